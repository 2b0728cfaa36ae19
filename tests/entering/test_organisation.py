"""Logging in with the organisation's own log-in, against a real provider on this machine."""

import sys
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import select

from kb.app import create_app
from kb.domain.people import SYSTEM
from kb.domain.workflow import Role
from kb.runtime import RETURN_PATH, Runtime
from kb.services import accounts, invitations
from kb.services.invitations import Newcomer
from kb.settings import Settings, SettingsError
from kb.storage.people import person_row
from kb.storage.people_tables import PersonRow, SessionRow
from kb.storage.tables import AuditRow
from tests.accounts import Hand, a_hand, an_account, code, runtime_of
from tests.oidc_provider import CLIENT_ID, SECRET, Misbehaviour, Provider, serve

JAN = "jan@example.nl"
BASE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def served():
    with pytest.MonkeyPatch.context() as patch:
        # The library of the provider insists on https unless told that this is a test.
        patch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
        with serve(Provider(BASE + RETURN_PATH)) as provider:
            yield provider


@pytest.fixture
def provider(served):
    served.user = type(served.user)()
    served.misbehaviour = Misbehaviour()
    served.codes.clear()
    return served


@pytest.fixture
def settings(empty_dir: Path, provider) -> Settings:
    return Settings(
        data_dir=empty_dir,
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=SECRET,
        oidc_name="ROC van Twente",
    )


@pytest.fixture
def app(settings, ticking):
    # A signature tells the real time, so the portal's clock must too.
    ticking.now = ticking.now.fromtimestamp(int(time.time()), ticking.now.tzinfo)
    app = create_app(settings, clock=ticking)
    app.testing = True
    yield app
    runtime_of(app).close()


def _ask(hand: Hand, onward: str = "") -> str:
    """The address of the provider that the button leads to."""
    answer = hand.get("/inloggen/organisatie" + (f"?next={onward}" if onward else ""))
    assert answer.status_code == 303, answer.text
    return answer.location


def _at_provider(address: str) -> str:
    """Where the provider sends the browser back to."""
    return httpx.get(address).headers["Location"].removeprefix(BASE)


def _log_in(hand: Hand, onward: str = ""):
    return hand.get(_at_provider(_ask(hand, onward)))


def _invited(runtime: Runtime, role: Role = Role.MINISTRY) -> int:
    regions = ("AM05",) if role is Role.COORDINATOR else ()
    with runtime.work(writing=True) as work:
        return invitations.invite(work, SYSTEM, Newcomer(JAN, "Jan", role, regions))[0]


def _number_of_sessions(runtime: Runtime) -> int:
    with runtime.work() as work:
        return len(work.session.scalars(select(SessionRow)).all())


def test_who_was_invited_comes_in_without_a_password_here(runtime, hand, provider):
    person_id = _invited(runtime)
    assert "ROC van Twente" in hand.get("/inloggen").text
    assert _log_in(hand, "/mijn/sessies").location == "/mijn/sessies"
    assert JAN in hand.get("/mijn/account").text
    with runtime.work() as work:
        row = person_row(work.session, person_id)
        assert (row.password_hash, len(row.oidc_subject)) == (None, 64)


def test_the_question_carries_what_keeps_others_out(hand, provider):
    asked = {name: values[0] for name, values in parse_qs(urlsplit(_ask(hand)).query).items()}
    assert asked["redirect_uri"] == BASE + RETURN_PATH
    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"] == "openid email profile"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43


def test_c13_our_second_factor_is_asked_unless_theirs_was_used(runtime, hand, app, ticking, provider):
    an_account(runtime, Role.REVIEWER, email=JAN)
    assert _log_in(hand).location == "/tweede-factor"
    assert hand.get("/redactie").status_code == 303
    assert hand.send("/tweede-factor", {"code": code(ticking.now)}).status_code == 303
    assert hand.get("/redactie").status_code == 200
    provider.user.amr = ["pwd", "mfa"]
    other = a_hand(app, ticking)
    _log_in(other)
    assert other.get("/redactie").status_code == 200


def test_a_writer_without_telephone_sets_one_up(runtime, hand, provider):
    _invited(runtime, Role.COORDINATOR)
    assert _log_in(hand).location == "/tweede-factor"
    assert "/tweede-factor/code.svg" in hand.get("/tweede-factor").text


def test_somebody_who_was_not_invited_stays_out(runtime, hand, provider):
    answer = _log_in(hand)
    assert answer.status_code == 403
    assert "geen account" in answer.text
    assert _number_of_sessions(runtime) == 0
    with runtime.work() as work:
        row = work.session.scalars(
            select(AuditRow).where(AuditRow.action == "inloggen bij organisatie")
        ).one()
    assert (row.result, JAN in str(vars(row))) == ("mislukt", False)


def test_an_address_that_the_provider_did_not_check_is_worth_nothing(runtime, hand, provider):
    an_account(runtime, Role.ADMINISTRATOR, email=JAN)
    provider.user.email_verified = False
    assert _log_in(hand).status_code == 403
    assert _number_of_sessions(runtime) == 0


def test_afterwards_the_number_at_the_provider_counts_and_not_the_address(
    runtime, hand, app, ticking, provider
):
    person_id = _invited(runtime)
    _log_in(hand)
    provider.user.email = "jan.nieuw@example.nl"
    other = a_hand(app, ticking)
    assert _log_in(other).status_code == 303
    # Somebody else who gets the old address later is not Jan.
    provider.user = replace(provider.user, id="u-18", email=JAN)
    assert _log_in(a_hand(app, ticking)).status_code == 403
    with runtime.work() as work:
        assert work.session.scalars(select(PersonRow.id)).all() == [person_id]


def test_c8_who_was_disabled_stays_out(runtime, hand, app, ticking, provider):
    person_id = _invited(runtime)
    _log_in(hand)
    with runtime.work(writing=True) as work:
        accounts.disable(work, SYSTEM, person_id)
    assert hand.get("/mijn/account").status_code == 303
    assert _log_in(a_hand(app, ticking)).status_code == 403


def test_c7_there_is_a_new_session_after_it(runtime, hand, provider):
    _invited(runtime)
    address = _ask(hand)
    before = hand.client.get_cookie("kb").value
    hand.get(_at_provider(address))
    assert hand.client.get_cookie("kb").value != before


def test_an_answer_that_nobody_asked_for_is_refused(runtime, hand, app, ticking, provider):
    """Somebody lures us to their own answer, so that we work in their account."""
    _invited(runtime)
    back = _at_provider(_ask(hand))
    victim = a_hand(app, ticking)
    assert victim.get(back).status_code == 400
    _ask(victim)
    assert victim.get(back).status_code == 400
    assert _number_of_sessions(runtime) == 0


def test_an_answer_works_once(runtime, hand, provider):
    _invited(runtime)
    back = _at_provider(_ask(hand))
    assert hand.get(back).status_code == 303
    assert hand.get(back).status_code == 400


@pytest.mark.parametrize(
    "misbehaviour",
    [
        Misbehaviour(claims={"iss": "https://evil.example"}),
        Misbehaviour(claims={"aud": "another-portal"}),
        Misbehaviour(claims={"nonce": "of another question"}),
        Misbehaviour(claims={"exp": 1_600_000_000}),
        Misbehaviour(claims={"at_hash": "x"}),
        Misbehaviour(other_key=True),
    ],
    ids=["another provider", "for others", "another question", "too old", "another token", "another key"],
)
def test_an_answer_that_cannot_be_trusted_lets_nobody_in(runtime, hand, provider, misbehaviour):
    _invited(runtime)
    provider.misbehaviour = misbehaviour
    answer = _log_in(hand)
    assert answer.status_code == 403
    assert "vertrouwen" in answer.text
    assert _number_of_sessions(runtime) == 0


def test_who_says_no_at_the_provider_is_told(runtime, hand, provider):
    _invited(runtime)
    provider.misbehaviour = Misbehaviour(refuses=True)
    answer = _log_in(hand)
    assert answer.status_code == 403
    assert "niet ingelogd bij uw organisatie" in answer.text


def test_a_code_of_somebody_else_is_no_use_without_the_secret_of_the_question(
    runtime, hand, app, ticking, provider
):
    _invited(runtime)
    stolen = parse_qs(urlsplit(_at_provider(_ask(hand))).query)["code"][0]
    thief = a_hand(app, ticking)
    state = parse_qs(urlsplit(_ask(thief)).query)["state"][0]
    assert thief.get(f"{RETURN_PATH}?code={stolen}&state={state}").status_code == 403
    assert _number_of_sessions(runtime) == 0


def test_a_provider_with_another_name_is_not_ours(hand, provider):
    provider.misbehaviour = Misbehaviour(name="https://evil.example")
    answer = hand.get("/inloggen/organisatie")
    assert answer.status_code == 503
    assert "antwoordt niet" in answer.text


def test_the_way_back_keeps_the_language_and_only_our_own_pages(runtime, hand, provider):
    _invited(runtime)
    answer = hand.get("/en/inloggen/organisatie?next=https://evil.example/")
    assert hand.get(_at_provider(answer.location)).location.startswith("/en/mijn")


def test_without_a_provider_there_is_no_button_and_no_address(tmp_path, ticking):
    app = create_app(Settings(data_dir=tmp_path / "zonder"), clock=ticking)
    assert "inloggen/organisatie" not in app.test_client().get("/inloggen").text
    assert app.test_client().get("/inloggen/organisatie").status_code == 404
    runtime_of(app).close()


def test_a_provider_that_does_not_answer_leaves_the_password(tmp_path, ticking):
    settings = Settings(data_dir=tmp_path / "stil", oidc_issuer="http://127.0.0.1:9", oidc_client_id="x")
    app = create_app(settings, clock=ticking)
    answer = app.test_client().get("/inloggen/organisatie")
    assert answer.status_code == 503
    assert 'name="wachtwoord"' in answer.text
    runtime_of(app).close()


def test_without_the_libraries_the_settings_say_what_to_install(settings, monkeypatch):
    monkeypatch.delitem(sys.modules, "kb.services.provider", raising=False)
    monkeypatch.setitem(sys.modules, "authlib.oidc.core", None)
    with pytest.raises(SettingsError, match="KB_OIDC_ISSUER"):
        Runtime(settings)


def test_text_that_was_being_written_survives_this_log_in_too(runtime, hand, app, ticking, provider):
    """The log-in opens in another tab of the same browser; the page with the text stays."""
    _invited(runtime)
    own = {"headers": {"Sec-Fetch-Site": "same-origin"}}
    lost = hand.client.post("/mijn/account", data={"notitie": "Een lange tekst"}, **own)
    assert 'target="_blank"' in lost.text
    stale = hand.token("/inloggen")
    fields = {"csrf_token": stale, "next": "/mijn/account", "kept": '[["notitie", "Een lange tekst"]]'}
    assert "Een lange tekst" in hand.client.post("/inloggen/verder", data=fields, **own).text
    _log_in(hand)
    page = hand.client.post("/inloggen/verder", data=fields, **own)
    assert 'name="notitie" value="Een lange tekst"' in page.text
    assert 'action="/mijn/account"' in page.text
