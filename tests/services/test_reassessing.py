"""Verdicts derived anew: only where the rules or the answers changed, and with a trail."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select, text, update

from kb.domain.content import Approach, Content, Effect, Metric, Study, Theory
from kb.domain.evidence import Baseline, Design
from kb.domain.search import Search
from kb.runtime import Runtime
from kb.services import insight, reassessing, seeding
from kb.settings import Settings
from kb.storage.changes import newest_sequence
from kb.storage.public_tables import VerdictRow
from kb.storage.verdicts import verdicts_of
from tests.accounts import Clock
from tests.builders import a_content
from tests.conftest import NOW

THEORY = Theory("te weinig keuze", "zelf doen", "meer keuze", ("https://example.org/bron",))
LESSONS = Approach("techlessen", "Techlessen", theory=THEORY)
LABS = Approach("techlabs", "Techlabs")


@dataclass(frozen=True)
class Given:
    slug: str
    content: Content

    @property
    def source_key(self) -> str:
        return f"test:{self.slug}"


def a_trial(key: str, events: int, place: str) -> Study:
    """A strong public study of 200 people per arm, 60 of whom chose technology without the lessons."""
    return Study(
        key=key,
        title=f"Proef {key}",
        design=Design.RCT,
        units_t=4,
        units_c=4,
        assigned_t=200,
        assigned_c=200,
        analysed_t=200,
        analysed_c=200,
        baseline=Baseline.EQUAL,
        independent=True,
        report_public=True,
        report_url=f"https://example.org/{key}",
        implementer=place,
        region="AM05",
        level="vo-vmbo",
        end_year=2025,
        follow_up_months=12,
        effects=(
            Effect("profielkeuze-techniek-vmbo", Metric.RD, events_t=events, n_t=200, events_c=60, n_c=200),
        ),
    )


def place(name: str, *events: int, approaches: tuple[str, ...] = ("techlessen",)) -> Given:
    studies = tuple(a_trial(f"{name}-{number}", each, name) for number, each in enumerate(events))
    content = a_content(
        name,
        goal="Meer keuze",
        audience="Leerlingen",
        activities="Lessen",
        requirements="Een lokaal",
        contact_url="https://example.org/",
        approaches=approaches,
        studies=studies,
    )
    return Given(name, content)


def seed(runtime, *given: Given) -> None:
    with runtime.work(writing=True) as work:
        seeding.seed(work, given, (LESSONS, LABS))


def reassess(runtime):
    with runtime.work(writing=True) as work:
        return reassessing.reassess(work)


def approach_verdict(runtime, key: int = 1):
    with runtime.work() as work:
        return verdicts_of(work.session, key).get("aanpak")


def pooled_steps(verdict) -> list[str]:
    return [step.rule for step in verdict.trace if step.rule.startswith("direction.pooled")]


def test_three_good_studies_of_an_approach_are_pooled_for_its_verdict(runtime):
    seed(runtime, place("almelo", 90), place("borne", 95), place("delden", 85))
    verdict = approach_verdict(runtime)
    assert (int(verdict.level), verdict.direction, verdict.places) == (5, "gunstig", 3)
    assert pooled_steps(verdict)


def test_two_studies_of_an_approach_are_not_pooled(runtime):
    seed(runtime, place("almelo", 90), place("borne", 95))
    assert not pooled_steps(approach_verdict(runtime))


def test_one_report_in_two_records_is_about_the_same_people(runtime):
    twice = place("borne", 95)
    same = [Given(f"plek-{n}", twice.content) for n in range(3)]
    seed(runtime, *same)
    assert not pooled_steps(approach_verdict(runtime))


def test_nothing_changed_means_nothing_is_written(runtime):
    seed(runtime, place("almelo", 90), place("borne", approaches=("techlessen", "techlabs")))
    assert reassess(runtime) == ()


@pytest.mark.parametrize(("key", "axis"), [(1, "hier"), (2, "aanpak")])
def test_a_verdict_of_older_rules_is_derived_anew_and_recorded(runtime, key, axis):
    seed(runtime, place("almelo", 90), place("borne"))
    with runtime.work(writing=True) as work:
        before = newest_sequence(work.session)
        work.session.execute(
            update(VerdictRow)
            .where(VerdictRow.initiative_id == key, VerdictRow.axis == axis)
            .values(rule_version="0.9", trede=1)
        )
    (changed,) = reassess(runtime)
    assert (changed.axis, changed.rule_versions) == (axis, ("0.9", "1.0"))
    assert changed.is_other_label
    with runtime.work() as work:
        assert newest_sequence(work.session) == before + 1
        newest = text("select action, details from audit order by id desc limit 1")
        action, details = work.session.execute(newest).one()
        versions = set(work.session.scalars(select(VerdictRow.rule_version)))
    assert action == "herberekend"
    assert "0.9 -> 1.0" in details
    assert versions == {"1.0"}


def test_who_carries_out_two_approaches_shows_the_strongest(runtime):
    other = place("borne", approaches=("techlabs", "techlessen"))
    seed(runtime, place("almelo", 90), other)
    assert int(approach_verdict(runtime, 2).level) == 4


def test_research_that_became_old_is_flagged_and_leaves_the_map(empty_dir):
    clock = Clock(NOW)
    runtime = Runtime(Settings(data_dir=empty_dir), clock=clock)
    runtime.prepare()
    seed(runtime, place("almelo", 90))
    assert _measured_in_the_map(runtime) == (1, 0)
    clock.forward(days=6 * 366)
    changed = [each for each in reassess(runtime) if each.axis == "hier"]
    assert [each.after for each in changed] == ["trede 4, gunstig, verouderd"]
    assert _measured_in_the_map(runtime) == (0, 1)
    runtime.close()


def _measured_in_the_map(runtime) -> tuple[int, int]:
    with runtime.work() as work:
        cell = insight.gap_map(work, Search()).cells["3", "vo"]
    return cell.measured, cell.older
