"""Requests that no page of ours makes: from another region, with somebody else's numbers, without a token."""

import socket

import pytest
from sqlalchemy import func, select

from kb.domain.permissions import PERMISSIONS
from kb.domain.policies import Policy
from kb.domain.workflow import Role
from kb.storage.tables import AuditRow, InitiativeRow, Revision
from kb.web.policies import policy_of
from tests.accounts import TOKEN, Hand, a_hand, an_account
from tests.addresses import addresses, filled_in
from tests.builders import a_content
from tests.desk.filling import BASIS, QUICK, SUMMARY, complete, decide, save, submit
from tests.initiatives import publish

CHECK = "/mijn/initiatieven/techniekhub/controleren"


@pytest.fixture
def draft(anne) -> str:
    """The address of a draft of Anne, who works for Twente."""
    fields = {"titel": "Techniekhub", "plaats": "Enschede (gemeente)", "organisatie": "ROC van Twente"}
    anne.send("/mijn/initiatieven/nieuw", fields)
    return "techniekhub"


@pytest.fixture
def far(app, runtime, ticking) -> Hand:
    """A coordinator of another region who logged in."""
    an_account(runtime, email="ver@example.nl", regions=("AM29",))
    hand = a_hand(app, ticking)
    hand.log_in("ver@example.nl")
    return hand


def _deeds(app, slug: str) -> list[tuple[str, Policy]]:
    """Every address that changes something about one initiative, filled in for this one."""
    return [
        (
            filled_in(app, rule, slug=slug, section_slug="basis", number=1),
            policy_of(app, rule.endpoint, method),
        )
        for rule, method in addresses(app)
        if method == "POST" and rule.rule.startswith(("/mijn/initiatieven/<slug>", "/redactie/<slug>"))
    ]


def _state(runtime) -> tuple[object, ...]:
    """Everything that a deed could have changed."""
    with runtime.work() as work:
        rows = work.session.execute(
            select(
                InitiativeRow.slug,
                InitiativeRow.status,
                InitiativeRow.working_revision_id,
                InitiativeRow.published_revision_id,
                InitiativeRow.last_confirmed_at,
            )
        )
        return (*map(tuple, rows), work.session.scalar(select(func.count(Revision.id))))


def test_c2_a_coordinator_of_another_region_changes_nothing_by_any_address(app, runtime, draft, far):
    before = _state(runtime)
    token = far.token("/mijn/account")
    deeds = _deeds(app, draft)
    answers = {}
    for address, _policy in deeds:
        fields = {"csrf_token": token, "versie": "1", "titel": "Gekaapt", "reden": "zomaar", "waarom": "zo"}
        answer = far.client.post(address, data=fields)
        answers[address] = answer.status_code
        assert "Gekaapt" not in answer.text
    assert len(answers) > 10
    assert {address: status for address, status in answers.items() if status != 403} == {}
    assert _state(runtime) == before


def test_c2_the_refusal_says_why_and_stands_in_the_trail(runtime, draft, far):
    answer = far.get(CHECK)
    assert answer.status_code == 403
    assert "hoort niet bij een van uw regio" in answer.text
    with runtime.work() as work:
        rows = work.session.scalars(select(AuditRow).where(AuditRow.result == "geweigerd")).all()
        assert [row.object_key for row in rows] == [f"GET {CHECK}"]


def test_c26_without_its_token_no_deed_is_done_not_even_by_whoever_may(app, runtime, draft, anne, caro):
    before = _state(runtime)
    for address, declared in _deeds(app, draft):
        hand = anne if (Role.COORDINATOR, declared.needs) in PERMISSIONS else caro
        for fields in ({}, {"csrf_token": ""}, {"csrf_token": "verzonnen"}):
            answer = hand.client.post(address, data={**fields, "versie": "1"})
            assert (address, answer.status_code) == (address, 400)
            assert "formulier" in answer.text
    assert _state(runtime) == before


def test_c26_a_token_of_somebody_else_is_worth_nothing(app, runtime, draft, anne, far):
    before = _state(runtime)
    stolen = TOKEN.search(far.get("/mijn/account").text)[1]
    answer = anne.client.post("/mijn/initiatieven/techniekhub/weggooien", data={"csrf_token": stolen})
    assert answer.status_code == 400
    assert _state(runtime) == before


def test_c26_a_form_that_was_kept_over_a_log_out_says_what_to_do(runtime, draft, anne):
    kept = anne.token("/mijn/account")
    anne.send("/uitloggen", page="/mijn/account")
    anne.clock.forward(seconds=30)
    anne.log_in("coordinator@example.nl")
    answer = anne.client.post("/mijn/initiatieven/techniekhub/weggooien", data={"csrf_token": kept})
    assert answer.status_code == 400
    assert "niet meer geldig" in answer.text


def test_c3_fields_that_are_not_asked_change_nothing(runtime, draft, anne):
    """The state, the author, the day of publication and the number of another initiative."""
    other = publish(runtime, a_content("Ander initiatief"))
    page = "/mijn/initiatieven/techniekhub/basis"
    forged = {
        "status": "gepubliceerd",
        "author_id": "2",
        "published_at": "2020-01-01",
        "slug": other,
        "id": "2",
    }
    answer = anne.send(page, {"versie": "1", "titel": "Techniekhub", **forged})
    assert answer.status_code in (303, 400, 422)
    with runtime.work() as work:
        found = {row.slug: row.status for row in work.session.scalars(select(InitiativeRow))}
    assert found == {"techniekhub": "concept", other: "gepubliceerd"}


def test_c4_nobody_skips_the_reviewer(runtime, draft, anne):
    token = anne.token("/mijn/account")
    for deed in ("publiceren", "spoedcorrectie", "terugsturen"):
        answer = anne.client.post(f"/redactie/techniekhub/{deed}", data={"csrf_token": token, "versie": "1"})
        assert answer.status_code in (403, 404)
    assert anne.get("/initiatieven/techniekhub").status_code == 404


def test_c21_an_address_that_somebody_types_is_never_fetched(runtime, anne, caro):
    """Not at the start from an address, not in a section, not when it becomes public and not on a page."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/geheim"
        anne.send("/mijn/initiatieven/nieuw", {**QUICK, "website": address})
        complete(anne)
        save(anne, BASIS, titel="Techniekhub", samenvatting=SUMMARY, website=address)
        submit(anne)
        assert decide(caro, "publiceren").status_code == 303
        assert f'href="{address}"' in anne.get("/initiatieven/techniekhub").text
        listening.setblocking(False)
        with pytest.raises(BlockingIOError):
            listening.accept()


def _about_nothing(app, name: str, number: int) -> list[str]:
    """Every address that changes something about one thing, about this name and this number."""
    words = dict.fromkeys(("slug", "key", "token", "section_slug"), name)
    numbers = dict.fromkeys(("number", "person_id", "key_id", "session_id", "message_id"), number)
    return [
        filled_in(app, rule, **words | numbers | ({"key": number} if "int:key" in rule.rule else {}))
        for rule, method in addresses(app)
        if method == "POST" and rule.arguments and not rule.rule.startswith(("/api/", "/en/"))
    ]


NOTHING = [("nergens", 0), ("..", 999_999), ("%00", 2**31), ("é" * 80, 2**63), ("a" * 2_000, 10**40)]


def test_c22_names_and_numbers_of_nothing_are_refused_in_words(app, draft, anne, caro):
    """With the token of somebody who logged in: a page that says something, and never a failure."""
    for hand in (anne, caro):
        token = hand.token("/mijn/account")
        for name, number in NOTHING:
            for path in _about_nothing(app, name, number):
                answer = hand.client.post(path, data={"csrf_token": token, "antwoord": "ja", "naam": "x"})
                assert (path, answer.status_code) in [(path, each) for each in (303, 403, 404, 405, 409, 422)]
                assert answer.status_code == 303 or 'lang="nl"' in answer.text
