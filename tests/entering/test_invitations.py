"""From an invitation to an account that works, and the links in mails."""

import re

import pyotp
import pytest
from sqlalchemy import func, select

from kb.domain.people import SYSTEM
from kb.domain.problems import Denied, Invalid, NotFound
from kb.domain.workflow import Role
from kb.services import accounts, invitations, resetting
from kb.services.invitations import Newcomer
from kb.services.links import Purpose
from kb.storage.people_tables import LinkRow, MailRow, PersonRow, RecoveryCode, ResetRequest
from kb.storage.tables import AuditRow
from tests.accounts import EMAILS, PASSWORD, a_hand, an_account, letters_of, link_in

JAN = Newcomer("Jan@Example.nl", "Jan Jansen", Role.COORDINATOR, ("AM05",))


def _invite(runtime, newcomer: Newcomer = JAN) -> str:
    with runtime.work(writing=True) as work:
        invitations.invite(work, SYSTEM, newcomer)
    resetting.send_mail(runtime.work, runtime.post)
    return link_in(letters_of(runtime)[-1])


def _enrol(hand) -> str:
    """Reads the key from the page as somebody without a camera does."""
    page = hand.get("/tweede-factor").text
    return re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")


def test_from_the_mail_to_the_desk(runtime, hand, ticking):
    link = _invite(runtime)
    assert "Jan Jansen" in hand.get(link).text
    assert hand.send(link, {"wachtwoord": PASSWORD}).location == "/tweede-factor"
    secret = _enrol(hand)
    picture = hand.get("/tweede-factor/code.svg")
    assert (picture.mimetype, picture.status_code) == ("image/svg+xml", 200)
    done = hand.send("/tweede-factor", {"code": pyotp.TOTP(secret).at(ticking.now)})
    codes = re.findall(r"<code>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</code>", done.text)
    assert len(codes) == 10
    assert "Jan Jansen" in hand.get("/mijn/account").text
    assert hand.get("/tweede-factor/code.svg").status_code == 403


def test_a_recovery_code_opens_once(runtime, hand, app, ticking):
    link = _invite(runtime)
    hand.send(link, {"wachtwoord": PASSWORD})
    done = hand.send("/tweede-factor", {"code": pyotp.TOTP(_enrol(hand)).at(ticking.now)})
    code = re.search(r"<code>([a-z2-9-]{14})</code>", done.text)[1]
    first, second = a_hand(app, ticking), a_hand(app, ticking)
    for each, status in ((first, 303), (second, 422)):
        each.log_in("jan@example.nl", secret=None)
        assert each.send("/tweede-factor", {"code": code.upper()}).status_code == status
    assert "9" in first.get("/herstelcodes").text


def test_c15_a_link_works_once_and_for_an_hour(runtime, hand, ticking):
    link = _invite(runtime)
    assert hand.send(link, {"wachtwoord": "te kort"}).status_code == 422
    hand.send(link, {"wachtwoord": PASSWORD})
    assert hand.get(link).status_code == 404
    assert "werkt één keer" in hand.get(link).text
    with runtime.work(writing=True) as work:
        token = invitations.invite(work, SYSTEM, Newcomer("piet@example.nl", "Piet", Role.REVIEWER))[1]
    ticking.forward(minutes=61)
    late = f"/uitnodiging/{token}"
    assert "te oud" in hand.get(late).text
    assert hand.send(f"{late}/opnieuw", page=late).status_code == 200
    resetting.send_mail(runtime.work, runtime.post)
    assert "piet@example.nl" in letters_of(runtime)[-1]
    assert hand.send(link_in(letters_of(runtime)[-1]), {"wachtwoord": PASSWORD}).status_code == 303


def test_c15_links_sessions_codes_and_mail_are_unreadable_in_the_database(runtime, hand, ticking):
    with runtime.work(writing=True) as work:
        _, token = invitations.invite(work, SYSTEM, JAN)
    hand.send(f"/uitnodiging/{token}", {"wachtwoord": PASSWORD})
    secret = _enrol(hand)
    done = hand.send("/tweede-factor", {"code": pyotp.TOTP(secret).at(ticking.now)})
    code = re.search(r"<code>([a-z2-9-]{14})</code>", done.text)[1].replace("-", "")
    with runtime.work() as work:
        rows = [
            work.session.scalars(select(table)).all() for table in (LinkRow, MailRow, PersonRow, RecoveryCode)
        ]
        kept = " ".join(str(vars(row)) for table in rows for row in table)
    assert "$argon2id$" in kept
    assert not any(hidden in kept for hidden in (token, PASSWORD, secret, code))


def test_a_reset_is_asked_mailed_and_used(runtime, hand, ticking):
    an_account(runtime, Role.REVIEWER)
    asked = [
        hand.send("/wachtwoord-vergeten", {"email": email})
        for email in (EMAILS[Role.REVIEWER].upper(), "niemand@example.nl")
    ]
    assert {answer.location for answer in asked} == {"/wachtwoord-vergeten/verstuurd"}
    resetting.send_mail(runtime.work, runtime.post)
    (letter,) = letters_of(runtime)
    link = link_in(letter)
    assert hand.send(link, {"wachtwoord": "vier tafels boven de zee"}).location == "/tweede-factor"
    resetting.send_mail(runtime.work, runtime.post)
    assert "gewijzigd" in letters_of(runtime)[-1]
    hand.send("/uitloggen", page="/tweede-factor")
    assert hand.log_in(EMAILS[Role.REVIEWER], PASSWORD).status_code == 422
    ticking.forward(seconds=30)
    assert hand.log_in(EMAILS[Role.REVIEWER], "vier tafels boven de zee").status_code == 303


def test_c12_who_asks_is_written_down_alike_whether_there_is_an_account_or_not(runtime, hand):
    """The answer is made afterwards, so the time that the page takes tells nobody anything."""
    disabled = an_account(runtime, Role.MINISTRY)
    an_account(runtime, Role.REVIEWER)
    with runtime.work(writing=True) as work:
        accounts.disable(work, SYSTEM, disabled)
        before = work.session.scalar(select(func.count(AuditRow.id)))
    for email in (EMAILS[Role.REVIEWER], EMAILS[Role.MINISTRY], "niemand@example.nl"):
        hand.send("/wachtwoord-vergeten", {"email": email})
    with runtime.work() as work:
        kept = [vars(row) for row in work.session.scalars(select(ResetRequest))]
        assert work.session.scalar(select(func.count(AuditRow.id))) == before
        assert not work.session.scalars(select(MailRow)).all()
    assert len(kept) == 3
    assert "example.nl" not in str(kept)
    assert resetting.send_mail(runtime.work, runtime.post) == 1
    with runtime.work() as work:
        asked = select(AuditRow).where(AuditRow.action == resetting.ASK).order_by(AuditRow.id)
        rows = [(row.result, row.origin) for row in work.session.scalars(asked)]
        assert not work.session.scalars(select(ResetRequest)).all()
    assert rows == [(result, "web 127.0.0.1") for result in ("gelukt", "mislukt", "mislukt")]


def test_the_newest_link_is_the_only_one_that_works(runtime, hand):
    person_id = an_account(runtime, Role.REVIEWER)
    with runtime.work(writing=True) as work:
        first = invitations.reset_by_hand(work, SYSTEM, person_id, mailed=False)
        second = invitations.reset_by_hand(work, SYSTEM, person_id, mailed=False)
    assert hand.get(f"/wachtwoord/{first}").status_code == 404
    assert hand.get(f"/wachtwoord/{second}").status_code == 200


def test_a_link_for_one_purpose_is_no_use_for_another(runtime, hand):
    person_id = an_account(runtime, Role.REVIEWER)
    with runtime.work(writing=True) as work:
        token = invitations.reset_by_hand(work, SYSTEM, person_id, mailed=False)
    assert hand.get(f"/uitnodiging/{token}").status_code == 404
    assert hand.get(f"/eerste-start/{token}").status_code == 404


def test_a_mail_leads_to_the_address_of_the_settings_whatever_the_request_says(runtime, hand):
    an_account(runtime, Role.REVIEWER)
    fields = {"email": EMAILS[Role.REVIEWER]}
    hand.send("/wachtwoord-vergeten", fields, headers={"X-Forwarded-Host": "evil.example"})
    resetting.send_mail(runtime.work, runtime.post)
    assert "http://127.0.0.1:8000/wachtwoord/" in letters_of(runtime)[0]


def test_the_first_administrator_is_made_once(runtime, hand, app, ticking):
    with runtime.work(writing=True) as work:
        token = invitations.offer_set_up(work)
    fields = {"naam": "Ada", "email": "ada@example.nl", "wachtwoord": "kort"}
    refused = hand.send(f"/eerste-start/{token}", fields)
    assert (refused.status_code, "ada@example.nl" in refused.text) == (422, True)
    made = hand.send(f"/eerste-start/{token}", {**fields, "wachtwoord": PASSWORD})
    assert made.location == "/tweede-factor"
    hand.send("/tweede-factor", {"code": pyotp.TOTP(_enrol(hand)).at(ticking.now)})
    assert hand.get("/beheer").status_code == 200
    with runtime.work(writing=True) as work:
        assert invitations.offer_set_up(work) is None
    assert a_hand(app, ticking).get(f"/eerste-start/{token}").status_code == 404


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"email": "geen adres"}, ["email"]),
        ({"email": "x@example.nl\nBcc: y@example.nl"}, ["email"]),
        ({"name": ""}, ["naam"]),
        ({"role": Role.PUBLIC}, ["rol"]),
        ({"role": Role.SYSTEM}, ["rol"]),
        ({"regions": ()}, ["regios"]),
        ({"regions": ("AM99",)}, ["regios"]),
        ({"language": "fr", "name": "x" * 121}, ["naam", "taal"]),
    ],
)
def test_an_invitation_that_does_not_fit_says_everything_at_once(runtime, changes, fields):
    from dataclasses import replace

    with pytest.raises(Invalid) as refused, runtime.work(writing=True) as work:
        invitations.invite(work, SYSTEM, replace(JAN, **changes))
    assert [error.field for error in refused.value.errors] == fields


def test_an_address_has_one_account_whatever_its_capitals(runtime):
    _invite(runtime)
    with pytest.raises(Invalid, match="already"):
        _invite(runtime, Newcomer("JAN@example.NL", "Nog een Jan", Role.MINISTRY))


def test_of_two_who_use_a_link_at_once_one_gets_in(runtime):
    with runtime.work(writing=True) as work:
        _, token = invitations.invite(work, SYSTEM, JAN)
    with runtime.work(writing=True) as work:
        invitations.accept(work, token, Purpose.INVITATION, PASSWORD, device="")
    with pytest.raises(NotFound), runtime.work(writing=True) as work:
        invitations.accept(work, token, Purpose.INVITATION, PASSWORD, device="")


def test_a_disabled_account_cannot_be_reset(runtime):
    person_id = an_account(runtime, Role.REVIEWER)
    with runtime.work(writing=True) as work:
        accounts.disable(work, SYSTEM, person_id)
        with pytest.raises(Denied):
            invitations.reset_by_hand(work, SYSTEM, person_id)
