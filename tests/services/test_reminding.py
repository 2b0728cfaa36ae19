"""Reminders: who is mailed about what, and that it never happens twice."""

import pytest

from kb.domain.content import MeasureKind, Measurement, PlannedMeasure
from kb.domain.people import Person
from kb.domain.workflow import Role
from kb.runtime import Runtime
from kb.services import accounts, drafting, mailing, reminding, reviewing, tending
from kb.settings import Settings
from kb.storage.people import person_row
from tests.accounts import EMAILS, Clock, an_account, letters_of
from tests.builders import a_content
from tests.conftest import NOW
from tests.initiatives import AUTHOR, EDITOR, publish

COORDINATOR, REVIEWER = EMAILS[Role.COORDINATOR], EMAILS[Role.REVIEWER]
PROMISE = PlannedMeasure("instroom-mbo-techniek", "10 procent meer", due_date="2026-06-01")


@pytest.fixture
def ticking() -> Clock:
    return Clock(NOW)


@pytest.fixture
def clock(ticking):
    return ticking


def _remind(runtime: Runtime) -> list[str]:
    """Who is mailed now, in the order of their addresses, and what the mails say."""
    before = len(letters_of(runtime))
    with runtime.work(writing=True) as work:
        reminding.remind(work)
    mailing.deliver(runtime.work, runtime.post)
    return sorted(letters_of(runtime)[before:])


def _receivers(letters: list[str]) -> list[str]:
    return [letter.partition("\n")[0] for letter in letters]


def test_what_nobody_confirmed_for_a_year_is_mailed_once_to_the_coordinator(runtime, ticking):
    an_account(runtime, Role.COORDINATOR)
    an_account(runtime, Role.REVIEWER)
    publish(runtime, a_content())
    ticking.forward(days=365)
    assert _remind(runtime) == []
    ticking.forward(days=1)
    (letter,) = _remind(runtime)
    assert _receivers([letter]) == [COORDINATOR]
    assert "Techniekroute Twente: klopt dit nog?" in letter
    assert "2 maart 2026" in letter
    assert "http://127.0.0.1:8000/mijn/initiatieven/techniekroute-twente/controleren" in letter
    for _ in range(3):
        ticking.forward(days=30)
        assert _remind(runtime) == []


def test_after_a_confirmation_the_year_begins_anew(runtime, ticking):
    person_id = an_account(runtime, Role.COORDINATOR)
    slug = publish(runtime, a_content())
    ticking.forward(days=366)
    assert len(_remind(runtime)) == 1
    with runtime.work(writing=True) as work:
        tending.confirm(work, Person(person_id, Role.COORDINATOR, reach=frozenset({"AM05"})), slug)
    ticking.forward(days=300)
    assert _remind(runtime) == []
    ticking.forward(days=66)
    assert len(_remind(runtime)) == 1


def test_a_promise_is_mailed_when_it_is_nearly_due_and_when_it_is_late(runtime, ticking):
    an_account(runtime, Role.COORDINATOR)
    publish(runtime, a_content(promises=(PROMISE,)))
    assert _remind(runtime) == []
    ticking.forward(days=40)
    (due,) = _remind(runtime)
    assert "Stroomt in bij mbo-techniek moet er zijn op 1 juni 2026" in due
    assert _remind(runtime) == []
    ticking.forward(days=60)
    (late,) = _remind(runtime)
    assert "moest er zijn op 1 juni 2026" in late
    ticking.forward(days=30)
    assert _remind(runtime) == []


def test_a_promise_that_was_kept_needs_no_reminder(runtime, ticking):
    an_account(runtime, Role.COORDINATOR)
    measured = Measurement(
        "Instroom", "12 procent", kind=MeasureKind.OUTCOME, indicator=PROMISE.indicator, year=2026
    )
    publish(runtime, a_content(promises=(PROMISE,), measurements=(measured,)))
    ticking.forward(days=100)
    assert _remind(runtime) == []


def test_everything_of_one_day_stands_in_one_mail(runtime, ticking):
    an_account(runtime, Role.COORDINATOR)
    for number in range(30):
        publish(runtime, a_content(f"Techniekroute {number:02}"))
    ticking.forward(days=366)
    (letter,) = _remind(runtime)
    assert "30 onderwerpen" in letter
    assert letter.count("klopt dit nog?") == 25
    assert "En nog 5 onderwerpen." in letter
    assert _remind(runtime) == []


def test_who_started_it_is_reminded_before_the_others_of_the_region(runtime, ticking):
    owner = an_account(runtime, email="eigenaar@example.nl")
    an_account(runtime, Role.COORDINATOR)
    publish(runtime, a_content(), owner=owner)
    ticking.forward(days=366)
    assert _receivers(_remind(runtime)) == ["eigenaar@example.nl"]


def test_where_no_coordinator_is_near_the_reviewers_are_reminded(runtime, ticking):
    an_account(runtime, Role.COORDINATOR, regions=("AM29",))
    an_account(runtime, Role.REVIEWER)
    an_account(runtime, Role.MINISTRY)
    publish(runtime, a_content())
    ticking.forward(days=366)
    assert _receivers(_remind(runtime)) == [REVIEWER]


def test_somebody_whose_account_is_disabled_is_left_alone(runtime, ticking):
    person_id = an_account(runtime, Role.COORDINATOR)
    an_account(runtime, Role.REVIEWER)
    publish(runtime, a_content(), owner=person_id)
    with runtime.work(writing=True) as work:
        accounts.disable(work, Person(None, Role.SYSTEM), person_id)
    ticking.forward(days=366)
    assert _receivers(_remind(runtime)) == [REVIEWER]


def test_a_mail_is_in_the_language_of_whoever_reads_it(runtime, ticking):
    person_id = an_account(runtime, Role.COORDINATOR)
    with runtime.work(writing=True) as work:
        person_row(work.session, person_id).language = "en"
    publish(runtime, a_content())
    ticking.forward(days=366)
    (letter,) = _remind(runtime)
    assert "is it still right?" in letter
    assert "/en/mijn/initiatieven/" in letter


def test_two_that_run_at_once_mail_once(tmp_path, runtime, ticking):
    """The second one waits for the first, and finds that everybody was told."""
    an_account(runtime, Role.COORDINATOR)
    publish(runtime, a_content())
    ticking.forward(days=366)
    other = Runtime(Settings(data_dir=tmp_path), clock=ticking)
    with runtime.work(writing=True) as work:
        told = reminding.remind(work)
    with other.work(writing=True) as work:
        assert reminding.remind(work) == {}
    other.close()
    assert len(told) == 1


def test_what_is_withdrawn_or_a_draft_asks_nothing(runtime, ticking):
    an_account(runtime, Role.COORDINATOR)
    slug = publish(runtime, a_content(promises=(PROMISE,)))
    with runtime.work(writing=True) as work:
        reviewing.withdraw(work, EDITOR, slug, reason="Gestopt")
        drafting.create(work, AUTHOR, a_content("Concept", promises=(PROMISE,)))
    ticking.forward(days=400)
    assert _remind(runtime) == []
