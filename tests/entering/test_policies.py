"""C1: every address, every role, every method, held to the policy that the address declares."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from kb.domain.people import PUBLIC, Person
from kb.domain.permissions import LOG_IN
from kb.domain.policies import EVERYONE, HALFWAY
from kb.domain.workflow import Role
from kb.web.policies import policy_of
from tests.accounts import EMAILS, Hand, a_hand, an_account, runtime_of
from tests.addresses import addresses, filled_in

ROLES = (Role.COORDINATOR, Role.REVIEWER, Role.MINISTRY, Role.ADMINISTRATOR)


def undeclared(app: Flask) -> list[str]:
    return [
        f"{method} {rule}" for rule, method in addresses(app) if policy_of(app, rule.endpoint, method) is None
    ]


@pytest.fixture
def hands(app, ticking) -> dict[Role | None, Hand]:
    """A browser for the public, and one for each role that has logged in."""
    hands: dict[Role | None, Hand] = {None: a_hand(app, ticking)}
    for role in ROLES:
        an_account(runtime_of(app), role)
        hands[role] = a_hand(app, ticking)
        assert hands[role].log_in(EMAILS[role]).status_code == 303
    return hands


def test_c1_every_address_declares_who_may_use_it(app):
    assert undeclared(app) == []


def test_c1_an_address_that_declares_nothing_is_found_and_refused(app):
    app.add_url_rule("/vergeten", "forgotten", lambda: "open voor iedereen", methods=["GET", "POST"])
    assert undeclared(app) == ["GET /vergeten", "POST /vergeten"]
    assert app.test_client().get("/vergeten").status_code == 403


def test_c1_an_open_part_is_open_for_reading_only(app):
    app.add_url_rule("/zoeken-wijzigen", "public.change", lambda: "x", methods=["GET", "POST"])
    assert policy_of(app, "public.change", "GET") == EVERYONE
    assert undeclared(app) == ["POST /zoeken-wijzigen"]


def test_c1_c26_every_role_gets_what_the_policies_say_and_no_change_without_a_token(app, hands):
    wrong = [
        f"{role or 'publiek'}: {method} {rule} gave {answer}"
        for rule, method in addresses(app)
        for role, hand in hands.items()
        if (answer := _answer(hand, filled_in(app, rule), method))
        not in _expected(app, rule, method, Person(1, role) if role else PUBLIC)
        and (role is None or not rule.rule.endswith("/uitloggen"))
    ]
    assert wrong == []


def _answer(hand: Hand, path: str, method: str) -> str:
    answer = hand.client.open(path, method=method, buffered=True)
    if answer.status_code in (302, 303) and "/inloggen" in answer.location:
        return "log in"
    if method != "GET" and answer.status_code == 200 and "/inloggen" in answer.text:
        return "log in"
    return str(answer.status_code)


def _expected(app: Flask, rule: Rule, method: str, person: Person) -> set[str]:
    declared = policy_of(app, rule.endpoint, method)
    is_machine = rule.rule.startswith("/api/")
    if rule.rule == "/oai":
        # The protocol wants both methods, and its own errors with status 200; it changes nothing.
        return {"200"}
    if is_machine and declared != EVERYONE:
        # A session opens nothing for programs; tests/api/test_keys.py has the matrix of their keys.
        return {"401"}
    if rule.endpoint.endswith("following.end_mails"):
        # A mail program sends it without a form; this address has no secret that we know.
        return {"404"}
    if declared == HALFWAY and not person.is_known:
        return {"log in"}
    answer = declared.admits(person)
    if not answer:
        return {"log in"} if answer == LOG_IN else {"403"}
    if declared == HALFWAY:
        # Whoever came in has a second factor already.
        return {"302", "400", "403"}
    if method == "GET":
        # What does not exist is not found; some addresses lead on, and some ask for more in the address.
        return {"200", "301", "302", "303", "308", "400", "404", "422", "503"}
    return {"400"}


def test_a_machine_asks_without_a_form_token(app):
    answer = app.test_client().post(
        "/api/v1/bewijs/effect", json={"measure": "rr", "a": 3, "n1": 40, "c": 6, "n2": 38}
    )
    assert answer.status_code == 200


def test_c1_the_matrix_has_many_addresses_and_all_kinds_of_policy(app):
    policies = {policy_of(app, rule.endpoint, method) for rule, method in addresses(app)}
    assert len(addresses(app)) > 60
    assert {EVERYONE, HALFWAY} < policies
