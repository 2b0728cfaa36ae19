"""Following: saved searches that mail only what changed, and lists that can be shared."""

import email
import email.policy
import re
from urllib.parse import urlsplit

import pytest

from kb.domain.following import Difference, Rhythm, difference, is_due
from kb.domain.people import Person
from kb.domain.workflow import Role
from kb.schemas.search import read_query
from kb.services import following, reviewing
from tests.accounts import EMAILS, a_hand, an_account, letters_of, runtime_of
from tests.conftest import NOW

SIX = "aanbeveling=6"


def test_what_is_new_changed_and_gone():
    found = difference({"a": 1, "b": 1, "c": 2}, {"b": 2, "c": 2, "d": 1})
    assert found == Difference(new=("d",), changed=("b",), gone=("a",))
    assert not difference({"a": 1}, {"a": 1})


@pytest.mark.parametrize(
    ("rhythm", "hours", "due"),
    [
        (Rhythm.NEVER, 10_000, False),
        (Rhythm.DAILY, 22, False),
        (Rhythm.DAILY, 23, True),
        (Rhythm.WEEKLY, 6 * 24, False),
        (Rhythm.WEEKLY, 7 * 24, True),
    ],
)
def test_when_a_mail_may_come(rhythm, hours, due, ticking):
    ticking.forward(hours=hours)
    assert is_due(rhythm, NOW, ticking.now) is due


def _digest(app) -> int:
    from urllib.parse import parse_qsl

    from kb.services import mailing

    runtime = runtime_of(app)
    with runtime.work(writing=True) as work:
        number = following.digest(work, lambda query: read_query(parse_qsl(query), work.vocabulary))
    mailing.deliver(runtime.work, runtime.post)
    return number


def _withdraw_one(app, query: str) -> str:
    reviewer = Person(an_account(runtime_of(app), Role.REVIEWER), Role.REVIEWER)
    slug = app.test_client().get(f"/api/v1/initiatieven?{query}").get_json()["items"][0]["slug"]
    with runtime_of(app).work(writing=True) as work:
        reviewing.withdraw(work, reviewer, slug, reason="Gestopt.")
    return slug


def _follow(ministry, rhythm: str = "dagelijks"):
    fields = {"zoekopdracht": SIX, "naam": "Arbeidsvoorwaarden", "ritme": rhythm}
    return ministry.send("/mijn/volgen/nieuw", fields, page=f"/mijn/volgen/nieuw?{SIX}")


def test_a_mail_comes_when_something_changed_and_only_then(app, ministry, ticking):
    assert _follow(ministry).status_code == 303
    assert "Arbeidsvoorwaarden" in ministry.get("/mijn/volgen").text
    ticking.forward(days=1)
    assert _digest(app) == 0
    slug = _withdraw_one(app, SIX)
    assert _digest(app) == 0, "not before a day has gone by"
    ticking.forward(days=1)
    assert _digest(app) == 1
    ticking.forward(days=1)
    assert _digest(app) == 0, "never twice for the same thing"
    letter = letters_of(runtime_of(app))[-1]
    assert "Niet meer gevonden" in letter
    assert slug in letter


def test_one_click_in_the_mail_ends_the_mails_without_logging_in(app, ministry, ticking):
    _follow(ministry)
    _withdraw_one(app, SIX)
    ticking.forward(days=1)
    _digest(app)
    address = re.search(r"https?://\S+/opzeggen/\S+", letters_of(runtime_of(app))[-1])[0]
    stranger = a_hand(app, ticking)
    path = urlsplit(address).path
    assert "Arbeidsvoorwaarden" in stranger.get(path).text
    assert "U krijgt geen mails meer" in stranger.send(path).text
    with runtime_of(app).work() as work:
        assert following.name_behind(work, 1, path.rpartition("/")[2]) == "Arbeidsvoorwaarden"
    ministry.log_in(EMAILS[Role.MINISTRY])
    assert 'value="nooit" selected' in ministry.get("/mijn/volgen").text
    assert stranger.get(path[:-1] + "x").status_code == 404


def test_a_mail_program_ends_the_mails_with_one_click(app, ministry, ticking):
    _follow(ministry)
    _withdraw_one(app, SIX)
    ticking.forward(days=1)
    _digest(app)
    newest = max(
        (runtime_of(app).settings.data_dir / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns
    )
    mail = email.message_from_bytes(newest.read_bytes(), policy=email.policy.default)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(mail["List-Unsubscribe"].strip("<>")).path
    answer = app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    ministry.log_in(EMAILS[Role.MINISTRY])
    assert 'value="nooit" selected' in ministry.get("/mijn/volgen").text


def test_a_search_without_a_name_keeps_what_was_chosen(ministry):
    answer = ministry.send(
        "/mijn/volgen/nieuw",
        {"zoekopdracht": SIX, "naam": " ", "ritme": "dagelijks"},
        page=f"/mijn/volgen/nieuw?{SIX}",
    )
    assert answer.status_code == 422
    assert "Geef de zoekopdracht een naam" in answer.text
    assert 'value="dagelijks" checked' in answer.text
    assert SIX in answer.text


def test_a_search_of_somebody_else_cannot_be_changed(app, ministry, ticking):
    _follow(ministry)
    an_account(runtime_of(app), Role.COORDINATOR)
    other = a_hand(app, ticking)
    other.log_in(EMAILS[Role.COORDINATOR])
    assert other.send("/mijn/volgen/1", {"doe": "weg"}, page=f"/mijn/volgen/nieuw?{SIX}").status_code == 404
    assert "Arbeidsvoorwaarden" in ministry.get("/mijn/volgen").text


def _make_list(ministry) -> str:
    slug = "beroepentuin-twente"
    fields = {"i": slug, "naam": "Voor de brief", "notitie": "Vraag cijfers op"}
    return ministry.send("/mijn/lijsten/erop", fields, page=f"/mijn/lijsten/erop?i={slug}").location


def test_a_list_has_notes_and_becomes_a_briefing_that_can_be_frozen(ministry):
    address = _make_list(ministry)
    page = ministry.get(address).text
    assert "Vraag cijfers op" in page
    ministry.send(address, {"doe": "notitie", "i": "beroepentuin-twente", "notitie": "Gebeld"})
    shown = ministry.get(f"{address}/briefing").text
    assert "Gebeld" in shown
    assert 'value="vastleggen"' in shown
    assert "Log in om" not in shown
    # No search finds what stands on a list, so no number of the map leads to one.
    assert "/zoeken?regio=" not in shown
    frozen = ministry.send(address, {"doe": "vastleggen"}).location
    assert "Gebeld" not in ministry.get(frozen).text
    assert "Gebeld" in ministry.get(f"{address}/briefing.csv").text
    assert ministry.get(f"{address}/briefing.docx").data.startswith(b"PK")
    ministry.send(address, {"doe": "eraf", "i": "beroepentuin-twente"})
    assert "Er staat nog niets op deze lijst." in ministry.get(address).text
    assert "Staat er niet meer bij" not in ministry.get(f"{frozen}/sindsdien").text


def test_a_list_is_for_oneself_until_it_is_shared(app, ministry, ticking):
    address = _make_list(ministry)
    an_account(runtime_of(app), Role.COORDINATOR)
    other = a_hand(app, ticking)
    other.log_in(EMAILS[Role.COORDINATOR])
    assert other.get(address).status_code == 404
    ministry.send(address, {"doe": "delen"})
    shown = other.get(address)
    assert shown.status_code == 200
    assert "Gooi deze lijst weg" not in shown.text
    token = other.token("/mijn/account")
    answer = other.client.post(address, data={"csrf_token": token, "doe": "weg"})
    assert answer.status_code == 404
    assert app.test_client().get(address).status_code != 404, "asks a visitor to log in first"
