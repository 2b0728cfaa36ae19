"""C16: keys are long, kept as a hash, made for something, and never do more than their owner may."""

import re

import pytest
from sqlalchemy import select, text

from kb.domain.people import Person
from kb.domain.policies import EVERYONE
from kb.domain.scopes import Scope
from kb.domain.workflow import Role
from kb.services import accounts
from kb.storage.people import person_row
from kb.storage.tables import AuditRow
from kb.storage.token_tables import TokenRow
from kb.web.policies import policy_of
from tests.accounts import EMAILS, a_hand, an_account, runtime_of
from tests.api.keys import Program, a_key

HERE = "/initiatieven/nergens/werkversie"
ROLES = (Role.COORDINATOR, Role.REVIEWER)


def machine_addresses(app):
    """Everything under the API that is not for everyone."""
    return [
        (rule.rule.removeprefix("/api/v1").replace("<slug>", "nergens"), method, policy)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1")
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
        if (policy := policy_of(app, rule.endpoint, method)) != EVERYONE
    ]


@pytest.fixture
def owner(app) -> int:
    return an_account(runtime_of(app))


def test_c1_every_address_that_is_not_for_everyone_says_what_a_key_must_be_made_for(app):
    asked = machine_addresses(app)
    assert len(asked) >= 5
    assert all(policy.scope is not None for _path, _method, policy in asked)
    assert {policy.scope for _path, _method, policy in asked} == set(Scope)


@pytest.mark.parametrize("role", ROLES)
def test_c1_each_scope_opens_its_own_addresses_and_no_other(app, role):
    person = an_account(runtime_of(app), role)
    programs = {scope: Program(app, a_key(app, person, scope)) for scope in Scope}
    wrong = [
        f"{scope.value}: {method} {path} gave {status}"
        for path, method, policy in machine_addresses(app)
        for scope, program in programs.items()
        if ((status := program.ask(method, path).status_code) == 403) != (scope is not policy.scope)
    ]
    assert wrong == []


def test_c1_without_a_key_nothing_opens_whoever_is_logged_in(app, ticking):
    for role in (Role.COORDINATOR, Role.REVIEWER, Role.ADMINISTRATOR):
        an_account(runtime_of(app), role)
        hand = a_hand(app, ticking)
        hand.log_in(EMAILS[role])
        for path, method, _policy in machine_addresses(app):
            answer = hand.client.open(f"/api/v1{path}", method=method)
            assert answer.status_code == 401
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic YTpi",
        "Bearer " + "a" * 100_000,
        "Bearer \xff",
        "bearer ibt_ x",
    ],
)
def test_what_is_no_key_is_401(app, header):
    answer = app.test_client().get(f"/api/v1{HERE}", headers={"Authorization": header})
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")


def test_c16_a_key_has_256_random_bits_and_only_its_hash_is_kept(app, owner):
    key = a_key(app, owner)
    assert re.fullmatch(r"ibt_[\w-]{43}", key)
    with runtime_of(app).work() as work:
        row = work.session.scalar(select(TokenRow))
        tables = work.session.execute(text("SELECT name FROM sqlite_master WHERE type='table'")).scalars()
        kept = "".join(str(work.session.execute(text(f"SELECT * FROM {name}")).all()) for name in tables)
    assert len(row.token_hash) == 64
    assert key not in kept


def test_c16_a_key_ends_by_itself(app, owner, ticking):
    program = Program(app, a_key(app, owner, days=30))
    assert program.ask("GET", HERE).status_code == 404
    ticking.forward(days=30, seconds=1)
    assert program.ask("GET", HERE).status_code == 401


def test_c16_the_last_use_is_kept(app, owner, ticking):
    program = Program(app, a_key(app, owner))
    ticking.forward(hours=1)
    program.ask("GET", HERE)
    with runtime_of(app).work() as work:
        assert work.session.scalar(select(TokenRow.last_used_at)) == ticking.now


def test_c6_a_key_dies_with_the_account_and_follows_its_rights_at_once(app, owner):
    program = Program(app, a_key(app, owner))
    assert program.draft().status_code == 201
    with runtime_of(app).work(writing=True) as work:
        row = person_row(work.session, owner)
        row.role = Role.MINISTRY.value
    assert program.draft().status_code == 403
    with runtime_of(app).work(writing=True) as work:
        row = person_row(work.session, owner)
        row.role = Role.COORDINATOR.value
        row.disabled_at = work.now
    assert program.draft().status_code == 401


def test_a_forgotten_person_leaves_no_keys(app, owner):
    a_key(app, owner)
    boss = Person(99, Role.ADMINISTRATOR)
    an_account(runtime_of(app), Role.ADMINISTRATOR)
    with runtime_of(app).work(writing=True) as work:
        accounts.erase(work, boss, owner)
    with runtime_of(app).work() as work:
        assert work.session.scalar(select(TokenRow)) is None


def test_c37_the_trail_says_which_key_did_it_and_what_was_refused(app, owner):
    Program(app, a_key(app, owner, Scope.WRITE)).draft()
    Program(app, a_key(app, owner, Scope.LOOK)).draft()
    with runtime_of(app).work() as work:
        rows = [(row.action, row.origin, row.actor) for row in work.session.scalars(select(AuditRow))]
    assert ("aanmaken", "api 127.0.0.1 sleutel:1", f"persoon:{owner}") in rows
    assert ("geweigerd", "api 127.0.0.1 sleutel:2", f"persoon:{owner}") in rows
    assert [action for action, _, _ in rows].count("sleutel maken") == 2


def test_a_coordinator_makes_a_key_at_the_desk_sees_it_once_and_revokes_it(app, ticking, owner):
    hand = a_hand(app, ticking)
    hand.log_in(EMAILS[Role.COORDINATOR])
    given = {"naam": "jaarcijfers", "rechten": ["schrijven", "lezen"], "dagen": "90"}
    page = hand.send("/mijn/sleutels", given)
    (key,) = set(re.findall(r"ibt_[\w-]{43}", page.text))
    assert Program(app, key).draft().status_code == 201
    shown = hand.get("/mijn/sleutels").text
    assert "jaarcijfers" in shown
    assert key not in shown
    assert hand.send("/mijn/sleutels/1/intrekken", page="/mijn/sleutels").status_code == 303
    assert Program(app, key).draft().status_code == 401


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"naam": "", "rechten": "lezen", "dagen": "30"}, "Zeg waar u hem voor gebruikt."),
        ({"naam": "x", "dagen": "30"}, "Kies minstens één recht."),
        ({"naam": "x", "rechten": "alles", "dagen": "30"}, "Kies minstens één recht."),
        ({"naam": "x", "rechten": "lezen", "dagen": "99999"}, "Kies hoe lang de sleutel werkt."),
        ({"naam": "x" * 81, "rechten": "lezen", "dagen": "30"}, "Hoogstens 80 tekens."),
    ],
)
def test_a_form_that_is_not_right_says_so_and_keeps_what_was_filled_in(app, ticking, owner, given, sentence):
    hand = a_hand(app, ticking)
    hand.log_in(EMAILS[Role.COORDINATOR])
    page = hand.send("/mijn/sleutels", given)
    assert page.status_code == 422
    assert sentence in page.text
    assert f'value="{given["naam"]}"' in page.text


def test_nobody_revokes_the_key_of_another(app, ticking, owner):
    key = a_key(app, owner)
    an_account(runtime_of(app), Role.REVIEWER)
    hand = a_hand(app, ticking)
    hand.log_in(EMAILS[Role.REVIEWER])
    assert hand.send("/mijn/sleutels/1/intrekken", page="/mijn/sleutels").status_code == 404
    assert Program(app, key).draft().status_code == 201
