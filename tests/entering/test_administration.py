"""What administrators do with people, what they see in the audit trail, and what others do not get."""

import re

import pytest
from sqlalchemy import select

from kb.domain.people import SYSTEM
from kb.domain.workflow import Role
from kb.services import auditing, mailing
from kb.services.auditing import Asked
from kb.storage.people import person_row
from kb.storage.people_tables import PersonRow, SessionRow
from kb.storage.tables import AuditRow
from tests.accounts import EMAILS, PASSWORD, a_hand, an_account, letters_of, link_in

ADMIN = EMAILS[Role.ADMINISTRATOR]
REVIEWER = EMAILS[Role.REVIEWER]


@pytest.fixture
def ada(runtime, hand):
    """An administrator who logged in."""
    an_account(runtime, Role.ADMINISTRATOR, name="Ada Beheer")
    hand.log_in(ADMIN)
    return hand


@pytest.fixture
def caro(runtime, app, ticking):
    """A reviewer who logged in, with her number."""
    person_id = an_account(runtime, Role.REVIEWER, name="Caro Redactie")
    hand = a_hand(app, ticking)
    hand.log_in(REVIEWER)
    return hand, person_id


def _do(ada, person_id: int, deed: str, **fields: object):
    page = f"/beheer/gebruikers/{person_id}"
    return ada.send(f"{page}/{deed}" if deed else page, fields, page=page)


def test_somebody_is_invited_and_gets_a_mail(ada, runtime, app, ticking):
    fields = {"naam": "Jan", "email": "jan@example.nl", "rol": "coordinator", "regios": ["AM05", "PV23"]}
    answer = ada.send("/beheer/gebruikers/nieuw", {**fields, "taal": "en"})
    assert "Twente" in ada.get(answer.location).text
    mailing.deliver(runtime.work, runtime.post)
    (letter,) = letters_of(runtime)
    assert link_in(letter).startswith("/en/uitnodiging/")
    newcomer = a_hand(app, ticking)
    assert newcomer.send(link_in(letter), {"wachtwoord": PASSWORD}).location == "/en/tweede-factor"


def test_an_invitation_with_mistakes_comes_back_as_it_was_filled_in(ada):
    fields = {"naam": "", "email": "jan", "rol": "coordinator", "regios": ["AM05"], "taal": "en"}
    answer = ada.send("/beheer/gebruikers/nieuw", fields)
    assert answer.status_code == 422
    assert 'href="#naam"' in answer.text
    assert 'href="#email"' in answer.text
    assert re.search(r'value="AM05" checked', answer.text)
    assert re.search(r'value="en" checked', answer.text)


def test_a_forged_role_is_refused(ada, caro, runtime):
    _, person_id = caro
    for role in ("systeem", "publiek", "keizer", ""):
        assert _do(ada, person_id, "", rol=role).status_code == 422
    with runtime.work() as work:
        assert person_row(work.session, person_id).role == "redactie"


def test_c6_another_role_ends_the_sessions_and_other_regions_work_at_once(ada, caro, runtime):
    reviewer, person_id = caro
    assert reviewer.get("/redactie").status_code == 200
    _do(ada, person_id, "", rol="coordinator", regios=["AM05"])
    assert reviewer.get("/mijn").status_code == 303
    reviewer.clock.forward(seconds=30)
    reviewer.log_in(REVIEWER)
    assert reviewer.get("/redactie").status_code == 403
    _do(ada, person_id, "", rol="coordinator", regios=["AM29"])
    assert reviewer.get("/mijn/account").status_code == 200
    assert "Twente" not in reviewer.get("/mijn/account").text


def test_somebody_is_let_go_and_let_back_in(ada, caro):
    reviewer, person_id = caro
    _do(ada, person_id, "uitzetten")
    assert reviewer.get("/mijn").status_code == 303
    reviewer.clock.forward(seconds=30)
    assert reviewer.log_in(REVIEWER).status_code == 422
    _do(ada, person_id, "aanzetten")
    assert reviewer.log_in(REVIEWER).status_code == 303


def test_a_lost_telephone_is_replaced_at_the_next_log_in(ada, caro):
    reviewer, person_id = caro
    _do(ada, person_id, "tweede-factor")
    assert reviewer.get("/mijn").status_code == 303
    assert reviewer.log_in(REVIEWER, secret=None).location == "/tweede-factor"
    assert "/tweede-factor/code.svg" in reviewer.get("/tweede-factor").text


def test_after_erasing_nothing_says_who_it_was(ada, caro, runtime):
    reviewer, person_id = caro
    _do(ada, person_id, "wissen")
    assert reviewer.get("/mijn").status_code == 303
    with runtime.work() as work:
        row = person_row(work.session, person_id)
        assert (row.email, row.password_hash, row.totp_secret) == (None, None, None)
        assert "Caro" not in str([vars(each) for each in work.session.scalars(select(PersonRow))])
    assert "Caro" not in ada.get("/beheer/logboek").text
    again = ada.send(f"/beheer/gebruikers/{person_id}/aanzetten", page="/beheer/gebruikers/nieuw")
    assert again.status_code == 403


def test_nobody_locks_the_portal_from_inside(ada, runtime):
    with runtime.work() as work:
        own_id = work.session.scalar(select(PersonRow.id).where(PersonRow.email == ADMIN))
    assert _do(ada, own_id, "uitzetten").status_code == 403
    assert _do(ada, own_id, "wissen").status_code == 403
    assert _do(ada, own_id, "", rol="ministerie").status_code == 403
    assert ada.get("/beheer").status_code == 200


def test_a_person_who_does_not_exist_is_not_found(ada):
    for deed in ("", "/uitzetten", "/wissen", "/tweede-factor", "/wachtwoord"):
        path = f"/beheer/gebruikers/999{deed}"
        assert ada.send(path, {"rol": "redactie"}, page="/beheer/gebruikers/nieuw").status_code == 404


def test_others_get_nothing_of_people_by_any_number(caro, ada, runtime):
    """Numbers of accounts are easy to guess; that must be of no use."""
    reviewer, person_id = caro
    for path in ("", "/nieuw", f"/{person_id}", "/1", "/999"):
        answer = reviewer.get(f"/beheer/gebruikers{path}")
        assert (answer.status_code, ADMIN in answer.text) == (403, False)


def test_c37_the_trail_tells_who_what_when_and_from_where(ada, caro, runtime):
    _, person_id = caro
    _do(ada, person_id, "uitzetten")
    with runtime.work() as work:
        row = work.session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
    assert (row.action, row.object_kind, row.object_key) == ("account uitzetten", "persoon", str(person_id))
    assert (row.result, row.origin, row.actor.split(":")[0]) == ("gelukt", "web 127.0.0.1", "persoon")
    page = ada.get("/beheer/logboek").text
    assert "Ada Beheer" in page
    assert "Caro Redactie" in page


def test_c37_denials_and_failed_log_ins_are_in_the_trail(ada, caro, app, ticking):
    reviewer, _ = caro
    reviewer.get("/beheer/logboek")
    stranger = a_hand(app, ticking)
    stranger.log_in(REVIEWER, "a wrong password")
    stranger.log_in("niemand@example.nl", "a wrong password")
    refused = ada.get("/beheer/logboek?resultaat=geweigerd").text
    assert "GET /beheer/logboek" in refused
    failed = ada.get("/beheer/logboek?resultaat=mislukt").text
    assert failed.count("inloggen</td>") == 2
    assert "niemand@example.nl" not in failed
    assert "a wrong password" not in failed


SEARCHES = {
    "wie=caro": True,
    "wie=redactie@example.nl": True,
    "wie=Ada": False,
    "wie=niemand": False,
    "q=Caro": True,
    "q=127.0.0.1": True,
    "q=10.0.0.1": False,
    "handeling=inloggen": True,
    "handeling=uitloggen": False,
    "resultaat=gelukt": True,
    "resultaat=mislukt": False,
    "vanaf=2026-03-02&tot=2026-03-02": True,
    "vanaf=2026-03-03": False,
    "tot=2026-03-01": False,
    "vanaf=gisteren&voor=-1": True,
    "q=%25": False,
}


def test_the_trail_is_searched(ada, caro):
    found = {
        asked: "Caro Redactie" in ada.get(f"/beheer/logboek?{asked}").text.partition("<tbody>")[2]
        for asked in SEARCHES
    }
    assert found == SEARCHES


def test_a_long_trail_is_read_page_by_page(ada, runtime):
    with runtime.work(writing=True) as work:
        for number in range(120):
            auditing.note(work, SYSTEM.actor, "proef", "ding", f"nummer {number}")
    seen, path = [], "/beheer/logboek?handeling=proef"
    while path:
        page = ada.get(path).text
        seen += re.findall(r"ding nummer (\d+)<", page)
        older = re.search(r'<nav class="pager"[^>]*><a href="([^"]+)"', page)
        path = older[1].replace("&amp;", "&") if older else ""
    assert seen == [str(number) for number in reversed(range(120))]


def test_the_whole_trail_is_checked_on_the_page(ada, runtime):
    assert "Elke regel volgt uit de vorige" in ada.get("/beheer/logboek?controle=ja").text
    with runtime.work(writing=True) as work:
        work.session.delete(work.session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first())
    assert "klopt niet bij regel" in ada.get("/beheer/logboek?controle=ja").text


def test_c25_no_line_of_the_trail_is_forged_by_a_line_end(runtime):
    with runtime.work(writing=True) as work:
        auditing.note(work, "publiek", "proef", "ding", "een\ntwee", details="drie\r\nvier\x1b[0m")
    with runtime.work() as work:
        entry = auditing.look_up(work, SYSTEM, Asked()).entries[0]
    assert (entry.object_key, entry.details) == ("een twee", "drie  vier [0m")


def test_the_list_of_rights_names_who_should_be_looked_at(ada, caro, runtime):
    an_account(runtime, Role.COORDINATOR, with_factor=False, name="Zonder Code")
    ada.clock.forward(minutes=10)
    page = ada.get("/beheer/rechten").text
    assert re.search(r"Zonder Code.*?nog geen code van de telefoon", page, re.DOTALL)
    for name in ("Ada Beheer", "Caro Redactie"):
        assert name in page


def test_the_list_of_rights_holds_every_address_with_what_each_role_may(ada):
    page = ada.get("/beheer/rechten/adressen").text
    row = re.search(r"<tr><th[^>]*><code>POST /beheer/gebruikers/&lt;int:person_id&gt;</code>.*?</tr>", page)[
        0
    ]
    assert re.findall(r"<td>([^<]*)</td>", row)[-5:] == ["–", "–", "–", "–", "ja"]
    row = re.search(r"<tr><th[^>]*><code>POST /api/v1/initiatieven</code>.*?</tr>", page)[0]
    assert "een sleutel voor: initiatieven beginnen" in row
    row = re.search(r"<tr><th[^>]*><code>GET /zoeken</code>.*?</tr>", page)[0]
    assert re.findall(r"<td>([^<]*)</td>", row)[-5:] == ["ja"] * 5


def test_c8_a_new_password_by_an_administrator_is_chosen_by_the_person(ada, caro, runtime):
    reviewer, person_id = caro
    _do(ada, person_id, "wachtwoord")
    mailing.deliver(runtime.work, runtime.post)
    (letter,) = letters_of(runtime)
    assert reviewer.get("/mijn").status_code == 303
    reviewer.clock.forward(seconds=30)
    assert reviewer.log_in(REVIEWER).status_code == 422
    assert reviewer.send(link_in(letter), {"wachtwoord": "vier tafels boven de zee"}).status_code == 303
    with runtime.work() as work:
        assert len(work.session.scalars(select(SessionRow)).all()) == 2
