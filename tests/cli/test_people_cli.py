"""`kb user`, `kb audit`, `kb mail` and `kb remind` as an administrator types them."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from kb.app import create_app
from kb.cli.main import COMMANDS
from kb.cli.people import offer_set_up
from kb.domain.content import Study
from kb.domain.evidence import Design
from kb.domain.workflow import Role
from kb.runtime import Runtime
from kb.settings import Settings
from kb.storage.people import person_row_by_email
from kb.storage.tables import AuditRow
from tests.accounts import Clock, a_hand, an_account
from tests.builders import a_content
from tests.conftest import NOW
from tests.initiatives import publish

KB = {command.name: command for command in COMMANDS}
JAN = "jan@example.nl"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("KB_DATA_DIR", str(tmp_path / "var"))
    return Settings(data_dir=tmp_path / "var")


@pytest.fixture
def kb(settings: Settings):
    def run(*arguments: str):
        return CliRunner().invoke(KB[arguments[0]], arguments[1:], catch_exceptions=False)

    run("init")
    return run


@pytest.fixture
def runtime(settings: Settings, kb):
    """The same database, on a clock of before the commands."""
    runtime = Runtime(settings, clock=Clock(NOW))
    yield runtime
    runtime.close()


def _link(output: str) -> str:
    return re.search(r"http://127.0.0.1:8000(/\S+/[\w-]{40,})", output)[1]


def test_an_account_is_made_disabled_and_listed(kb):
    made = kb("user", "create", JAN, "--name", "Jan", "--region", "AM05")
    assert _link(made.output).startswith("/uitnodiging/")
    assert "jan@example.nl  regiocoördinator  AM05  Jan\n" in kb("user", "list").output
    assert kb("user", "disable", "JAN@example.nl").exit_code == 0
    assert "uitgezet" in kb("user", "list").output


def test_the_link_that_is_shown_lets_somebody_in(kb, settings):
    link = _link(kb("user", "create", JAN, "--name", "Jan", "--role", "redactie").output)
    app = create_app(settings)
    hand = a_hand(app, Clock(NOW))
    assert hand.send(link, {"wachtwoord": "drie stoelen onder water"}).location == "/tweede-factor"


def test_a_reset_ends_the_password_and_shows_a_link(kb, runtime):
    an_account(runtime, Role.REVIEWER, email=JAN)
    done = kb("user", "reset", JAN, "--second-factor")
    assert _link(done.output).startswith("/wachtwoord/")
    with runtime.work() as work:
        row = person_row_by_email(work.session, JAN)
        assert (row.password_hash, row.totp_secret) == (None, None)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("create", "geen adres", "--name", "Jan", "--region", "AM05"), "email: "),
        (("create", JAN, "--name", "Jan"), "regios: "),
        (("create", JAN, "--name", "Jan", "--region", "XX"), "XX"),
        (("disable", "niemand@example.nl"), "niemand@example.nl"),
        (("reset", "niemand@example.nl"), "niemand@example.nl"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(kb, arguments, complaint):
    done = kb("user", *arguments)
    assert done.exit_code == 2
    assert complaint in done.output


def test_the_last_administrator_stays(kb, runtime):
    an_account(runtime, Role.ADMINISTRATOR, email=JAN)
    done = kb("user", "disable", JAN)
    assert (done.exit_code, "laatste beheerder" in done.output) == (2, True)


def test_a_start_without_administrator_offers_an_address_until_there_is_one(runtime, capsys):
    offer_set_up(runtime)
    assert _link(capsys.readouterr().out).startswith("/eerste-start/")
    an_account(runtime, Role.ADMINISTRATOR)
    offer_set_up(runtime)
    assert capsys.readouterr().out == ""


def test_remind_mails_once_and_says_how_many(kb, runtime, settings):
    an_account(runtime, Role.REVIEWER, email=JAN)
    runtime.clock.forward(days=-3000)
    publish(runtime, a_content())
    assert "1 persoon, aan 1 onderwerp" in kb("remind").output
    assert len(list((settings.data_dir / "mail").glob("*.eml"))) == 1
    assert "0 mensen" in kb("remind").output
    assert len(list((settings.data_dir / "mail").glob("*.eml"))) == 1


def test_once_a_day_verdicts_and_mails_are_done_and_a_second_time_does_nothing(kb, runtime, settings):
    an_account(runtime, Role.REVIEWER, email=JAN)
    study = Study("s", "Voor en na", Design.PREPOST, analysed_t=80, end_year=2017)
    runtime.clock.forward(days=-3000)
    publish(runtime, a_content(studies=(study,)))
    first, second = kb("daily").output, kb("daily").output
    assert "1 persoon, aan 1 onderwerp" in first
    assert "1 oordeel opnieuw afgeleid" in first
    assert "0 mensen" in second
    assert "0 oordelen opnieuw afgeleid" in second
    assert len(list((settings.data_dir / "mail").glob("*.eml"))) == 1


def test_the_trail_is_checked_and_its_newest_hash_can_be_kept_elsewhere(kb, runtime):
    an_account(runtime, Role.REVIEWER, email=JAN)
    kb("user", "disable", JAN)
    sound = kb("audit", "verify")
    kept = re.search(r"[0-9a-f]{64}", sound.output)[0]
    kb("user", "reset", JAN)
    assert kb("audit", "verify", "--contains", kept).exit_code == 0
    strange = kb("audit", "verify", "--contains", "0" * 64)
    assert (strange.exit_code, "opnieuw geschreven" in strange.output) == (1, True)
    with runtime.work(writing=True) as work:
        work.session.delete(work.session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first())
    broken = kb("audit", "verify")
    assert (broken.exit_code, "klopt niet bij regel" in broken.output) == (1, True)
