"""Logging in and out: the password, the code, and what ends a session."""

import pytest
from sqlalchemy import select

from kb.domain.people import SYSTEM
from kb.domain.workflow import Role
from kb.services import accounts, invitations
from kb.storage.people_tables import SessionRow
from kb.storage.tables import AuditRow
from tests.accounts import EMAILS, PASSWORD, a_hand, an_account, code

REVIEWER = EMAILS[Role.REVIEWER]


def _audited(runtime, action: str) -> list[str]:
    with runtime.work() as work:
        rows = work.session.scalars(select(AuditRow).where(AuditRow.action == action))
        return [f"{row.actor} {row.result}" for row in rows]


def test_password_and_code_lead_in(runtime, hand):
    person_id = an_account(runtime, Role.REVIEWER)
    assert hand.log_in(REVIEWER).status_code == 303
    page = hand.get("/mijn/account")
    assert page.status_code == 200
    assert REVIEWER in page.text
    assert _audited(runtime, "inloggen") == [f"persoon:{person_id} gelukt"]


def test_c13_the_password_alone_leads_nowhere(runtime, hand):
    an_account(runtime, Role.REVIEWER)
    answer = hand.log_in(REVIEWER, secret=None)
    assert answer.location == "/tweede-factor"
    refused = hand.get("/mijn/account")
    assert (refused.status_code, refused.location) == (303, "/inloggen?next=%2Fmijn%2Faccount")


def test_c13_a_code_works_once(runtime, app, ticking):
    an_account(runtime, Role.REVIEWER)
    first, second = a_hand(app, ticking), a_hand(app, ticking)
    first.log_in(REVIEWER)
    assert second.log_in(REVIEWER).status_code == 422
    ticking.forward(seconds=30)
    assert second.log_in(REVIEWER).status_code == 303


def test_a_ministry_needs_no_second_factor(runtime, hand):
    an_account(runtime, Role.MINISTRY, with_factor=False)
    assert hand.log_in(EMAILS[Role.MINISTRY], secret=None).status_code == 303
    assert hand.get("/mijn/account").status_code == 200


def test_c12_unknown_disabled_and_wrong_get_the_same_answer(runtime, hand):
    an_account(runtime, Role.REVIEWER)
    disabled = an_account(runtime, Role.MINISTRY)
    with runtime.work(writing=True) as work:
        accounts.disable(work, SYSTEM, disabled)
    answers = [
        hand.send("/inloggen", {"email": email, "wachtwoord": password})
        for email, password in (
            ("nobody@example.nl", PASSWORD),
            (REVIEWER, "another password"),
            (EMAILS[Role.MINISTRY], PASSWORD),
        )
    ]
    texts = {
        answer.text.replace(email, "")
        for answer, email in zip(answers, ("nobody@example.nl", REVIEWER, EMAILS[Role.MINISTRY]), strict=True)
    }
    bare = {text[: text.index("csrf_token")] for text in texts}
    assert {answer.status_code for answer in answers} == {422}
    assert len(bare) == 1
    assert _audited(runtime, "inloggen") == ["publiek mislukt"] * 3


def test_c11_the_count_comes_before_the_hash(runtime, hand, ticking):
    an_account(runtime, Role.REVIEWER)
    for _ in range(10):
        assert hand.log_in(REVIEWER, "a wrong password").status_code == 422
    refused = hand.log_in(REVIEWER)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "900")
    ticking.forward(minutes=16)
    assert hand.log_in(REVIEWER).status_code == 303


def test_c11_codes_are_counted_too(runtime, hand, ticking):
    an_account(runtime, Role.REVIEWER)
    hand.log_in(REVIEWER, secret=None)
    for _ in range(5):
        assert hand.send("/tweede-factor", {"code": "000000"}).status_code == 422
    assert hand.send("/tweede-factor", {"code": code(ticking.now)}).status_code == 429


def test_c7_a_log_in_gets_a_new_session_and_the_old_one_is_dead(runtime, hand, app):
    an_account(runtime, Role.REVIEWER)
    hand.send("/inloggen", {"email": REVIEWER, "wachtwoord": PASSWORD})
    halfway = hand.client.get_cookie("kb").value
    hand.send("/tweede-factor", {"code": code(hand.clock.now)})
    complete = hand.client.get_cookie("kb").value
    assert complete != halfway
    thief = app.test_client()
    thief.set_cookie("kb", halfway)
    assert thief.get("/mijn/account").status_code == 303
    assert thief.get("/tweede-factor").location == "/inloggen"


def test_c8_logging_out_ends_the_session_on_the_server(runtime, hand, app):
    an_account(runtime, Role.REVIEWER)
    hand.log_in(REVIEWER)
    kept = hand.client.get_cookie("kb").value
    hand.send("/uitloggen", page="/mijn/account")
    thief = app.test_client()
    thief.set_cookie("kb", kept)
    assert thief.get("/mijn/account").status_code == 303
    with runtime.work() as work:
        assert not work.session.scalars(select(SessionRow)).all()


def test_c8_logging_out_ends_the_sessions_on_other_devices_too(runtime, hand, app, ticking):
    an_account(runtime, Role.REVIEWER)
    hand.log_in(REVIEWER)
    telephone = a_hand(app, ticking)
    ticking.forward(seconds=30)
    telephone.log_in(REVIEWER)
    telephone.send("/uitloggen", page="/mijn/account")
    assert hand.get("/mijn/account").status_code == 303


def test_c8_who_has_only_the_password_logs_nobody_out(runtime, hand, app, ticking):
    an_account(runtime, Role.REVIEWER)
    hand.log_in(REVIEWER)
    thief = a_hand(app, ticking)
    thief.log_in(REVIEWER, secret=None)
    thief.send("/uitloggen", page="/tweede-factor")
    assert thief.get("/tweede-factor").status_code == 302
    assert hand.get("/mijn/account").status_code == 200


def test_c8_c6_disabling_works_at_the_next_request(runtime, hand):
    person_id = an_account(runtime, Role.REVIEWER)
    hand.log_in(REVIEWER)
    with runtime.work(writing=True) as work:
        accounts.disable(work, SYSTEM, person_id)
    assert hand.get("/mijn/account").status_code == 303


def test_c8_a_new_password_ends_the_other_sessions(runtime, hand, app, ticking):
    an_account(runtime, Role.REVIEWER)
    other = a_hand(app, ticking)
    other.log_in(REVIEWER)
    ticking.forward(seconds=30)
    hand.log_in(REVIEWER)
    fields = {"huidig": PASSWORD, "wachtwoord": "vier tafels boven de zee"}
    assert hand.send("/mijn/account", fields).status_code == 200
    assert hand.get("/mijn/account").status_code == 200
    assert other.get("/mijn/account").status_code == 303


def test_c8_a_reset_by_an_administrator_ends_everything(runtime, hand):
    person_id = an_account(runtime, Role.REVIEWER)
    hand.log_in(REVIEWER)
    with runtime.work(writing=True) as work:
        invitations.reset_by_hand(work, SYSTEM, person_id)
    assert hand.get("/mijn/account").status_code == 303
    assert hand.log_in(REVIEWER).status_code == 422


@pytest.mark.parametrize(
    ("role", "minutes", "is_in"),
    [
        (Role.REVIEWER, 29, True),
        (Role.REVIEWER, 31, False),
        (Role.ADMINISTRATOR, 31, False),
        (Role.COORDINATOR, 7 * 60, True),
        (Role.COORDINATOR, 9 * 60, False),
    ],
)
def test_c9_a_session_that_is_not_used_ends(runtime, hand, ticking, role, minutes, is_in):
    an_account(runtime, role)
    hand.log_in(EMAILS[role])
    ticking.forward(minutes=minutes)
    assert (hand.get("/mijn/account").status_code == 200) is is_in


def test_c9_no_session_lasts_over_twelve_hours(runtime, hand, ticking):
    an_account(runtime, Role.REVIEWER)
    hand.log_in(REVIEWER)
    for _ in range(35):
        ticking.forward(minutes=20)
        assert hand.get("/mijn/account").status_code == 200
    ticking.forward(minutes=25)
    assert hand.get("/mijn/account").status_code == 303


def test_c9_own_sessions_are_listed_and_ended_one_by_one(runtime, hand, app, ticking):
    an_account(runtime, Role.REVIEWER)
    other = a_hand(app, ticking)
    other.client.environ_base["HTTP_USER_AGENT"] = "Oude telefoon <script>"
    linux = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0"
    hand.client.environ_base["HTTP_USER_AGENT"] = linux
    other.log_in(REVIEWER)
    ticking.forward(seconds=30)
    hand.log_in(REVIEWER)
    page = hand.get("/mijn/sessies").text
    assert "Oude telefoon &lt;script&gt;" in page
    assert "Edge op Linux" in page
    with runtime.work() as work:
        session_id = work.session.scalar(select(SessionRow.id).order_by(SessionRow.id))
    hand.send(f"/mijn/sessies/{session_id}/beeindigen", page="/mijn/sessies")
    assert other.get("/mijn/account").status_code == 303
    assert hand.get("/mijn/account").status_code == 200


def test_the_session_of_somebody_else_is_not_found(runtime, hand, app, ticking):
    an_account(runtime, Role.REVIEWER)
    an_account(runtime, Role.COORDINATOR)
    victim = a_hand(app, ticking)
    victim.log_in(EMAILS[Role.COORDINATOR])
    with runtime.work() as work:
        session_id = work.session.scalar(select(SessionRow.id))
    hand.log_in(REVIEWER)
    assert hand.send(f"/mijn/sessies/{session_id}/beeindigen", page="/mijn/account").status_code == 404
    assert victim.get("/mijn/account").status_code == 200


@pytest.mark.parametrize(
    ("onward", "arrived"),
    [
        ("/mijn/sessies", "/mijn/sessies"),
        ("/zoeken?q=techniek", "/zoeken?q=techniek"),
        ("https://evil.example/mijn", "/mijn/account"),
        ("//evil.example", "/mijn/account"),
        ("/\\evil.example", "/mijn/account"),
        ("/nergens", "/mijn/account"),
        ("javascript:alert(1)", "/mijn/account"),
    ],
)
def test_after_logging_in_only_our_own_pages_follow(runtime, hand, onward, arrived):
    an_account(runtime, Role.MINISTRY, with_factor=False)
    answer = hand.send("/inloggen", {"email": EMAILS[Role.MINISTRY], "wachtwoord": PASSWORD, "next": onward})
    assert answer.location in (arrived, "/mijn" if arrived == "/mijn/account" else arrived)


def test_c26_a_form_without_its_token_does_nothing(runtime, hand):
    an_account(runtime, Role.REVIEWER)
    answer = hand.client.post("/inloggen", data={"email": REVIEWER, "wachtwoord": PASSWORD})
    assert answer.status_code == 400
    assert "formulier" in answer.text
    hand.log_in(REVIEWER)
    assert hand.client.post("/uitloggen").status_code == 400
    assert hand.get("/mijn/account").status_code == 200


def test_c26_a_token_of_before_the_log_in_is_worth_nothing_after_it(runtime, hand):
    an_account(runtime, Role.MINISTRY, with_factor=False)
    old = hand.token("/inloggen")
    hand.log_in(EMAILS[Role.MINISTRY], secret=None)
    assert hand.client.post("/uitloggen", data={"csrf_token": old}).status_code == 400


def test_text_survives_a_lost_session(runtime, hand):
    an_account(runtime, Role.REVIEWER)
    hand.log_in(REVIEWER)
    hand.clock.forward(hours=1)
    lost = hand.client.post(
        "/mijn/account",
        data={"csrf_token": "x", "huidig": PASSWORD, "notitie": 'Een lange "tekst" <b>'},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert "uw tekst" in lost.text
    kept = _hidden(lost.text, "kept")
    assert PASSWORD not in kept
    fields = {"email": REVIEWER, "wachtwoord": PASSWORD, "next": "/mijn/account", "kept": kept}
    step = hand.send("/inloggen", fields)
    fields = {"code": code(hand.clock.now), "next": "/mijn/account", "kept": _hidden(step.text, "kept")}
    page = hand.send("/tweede-factor", fields)
    assert _hidden(page.text, "notitie") == 'Een lange "tekst" <b>'
    assert 'action="/mijn/account"' in page.text


def test_a_form_from_another_site_is_not_carried_through_the_log_in(hand):
    page = hand.client.post(
        "/mijn/account", data={"notitie": "van elders"}, headers={"Origin": "https://evil.example"}
    )
    assert "van elders" not in page.text


OWN = {"Sec-Fetch-Site": "same-origin"}


def test_a_long_text_survives_a_lost_session_whole(runtime, hand):
    an_account(runtime, Role.MINISTRY, with_factor=False)
    text = "Een regel met \u2018aanhaling\u2019 & <haken>, \u00e9\u00e9n per alinea.\r\n" * 2_500
    lost = hand.client.post("/mijn/account", data={"notitie": text}, headers=OWN)
    fields = {"email": EMAILS[Role.MINISTRY], "wachtwoord": PASSWORD, "next": "/mijn/account"}
    page = hand.send("/inloggen", {**fields, "kept": _hidden(lost.text, "kept")})
    assert len(text) > 120_000
    assert _hidden(page.text, "notitie") == text


def test_after_a_log_in_in_another_tab_the_text_of_this_one_comes_back(runtime, hand):
    """Its token is of the session before."""
    an_account(runtime, Role.MINISTRY, with_factor=False)
    stale = hand.token("/inloggen")
    hand.log_in(EMAILS[Role.MINISTRY], secret=None)
    typed = {"csrf_token": stale, "huidig": PASSWORD, "notitie": "Nog niet bewaard"}
    page = hand.client.post("/mijn/account", data=typed, headers=OWN)
    assert page.status_code == 400
    assert _hidden(page.text, "notitie") == "Nog niet bewaard"
    assert PASSWORD not in page.text
    fresh = _hidden(page.text, "csrf_token")
    assert hand.client.post("/mijn/account", data={"csrf_token": fresh}).status_code == 422


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_c26_a_form_of_another_site_is_not_given_back_for_confirmation(runtime, hand, headers):
    an_account(runtime, Role.MINISTRY, with_factor=False)
    hand.log_in(EMAILS[Role.MINISTRY], secret=None)
    page = hand.client.post("/mijn/account", data={"notitie": "van elders"}, headers=headers)
    assert page.status_code == 400
    assert "van elders" not in page.text


def _hidden(page: str, name: str) -> str:
    import html
    import re

    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    assert found, page
    return html.unescape(found[1])
