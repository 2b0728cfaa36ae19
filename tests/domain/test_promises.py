"""Promises: kept, late, and fixed once they are public."""

from dataclasses import replace
from datetime import date

import pytest

from kb.domain.content import Effect, MeasureKind, Measurement, Metric, PlannedMeasure, Study
from kb.domain.evidence import Design
from kb.domain.promises import broken, keeping_locks, locked, promises_of
from tests.builders import a_content

TODAY = date(2026, 3, 2)
PROMISE = PlannedMeasure("uitval", "10% (nu 20%)", due_date="2025-01-31")
FIGURE = Measurement("Uitval", "12%", "uitval", MeasureKind.OUTCOME, year=2025)
STUDY = Study("s", "Onderzoek", Design.RCT, effects=(Effect("uitval", Metric.RD),))


def _state(promise: PlannedMeasure = PROMISE, **content: object) -> tuple[bool, int | None]:
    (found,) = promises_of(a_content(promises=(promise,), **content), TODAY)
    return found.is_kept, found.months_late


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({}, (False, 14)),
        ({"measurements": (FIGURE,)}, (True, None)),
        ({"measurements": (replace(FIGURE, year=2024),)}, (False, 14)),
        ({"measurements": (replace(FIGURE, year=None),)}, (False, 14)),
        ({"measurements": (replace(FIGURE, indicator="uurloon"),)}, (False, 14)),
        ({"studies": (STUDY,)}, (True, None)),
    ],
)
def test_a_promise_is_kept_by_a_figure_of_that_year_or_by_a_study(content, expected):
    assert _state(**content) == expected


@pytest.mark.parametrize(
    ("due", "late"), [("2026-03-02", None), ("2026-03-01", 0), ("2025-02-28", 13), ("", None)]
)
def test_a_promise_is_late_from_the_day_after(due, late):
    assert _state(replace(PROMISE, due_date=due)) == (False, late)


def test_what_becomes_public_is_fixed_from_that_day_and_stays_so():
    public = locked(a_content(promises=(PROMISE, replace(PROMISE, locked_at="2024-05-01"))), TODAY)
    assert [each.locked_at for each in public.promises] == ["2026-03-02", "2024-05-01"]
    assert locked(public, date(2030, 1, 1)) == public


def test_a_new_version_keeps_the_day_and_cannot_invent_one():
    public = locked(a_content(promises=(PROMISE,)), TODAY)
    forged = replace(PROMISE, target="0%", locked_at="2019-01-01")
    after = keeping_locks(public, a_content(promises=(PROMISE, forged)))
    assert [each.locked_at for each in after.promises] == ["2026-03-02", ""]
    assert keeping_locks(None, a_content(promises=(forged,))).promises[0].locked_at == ""


def test_only_a_fixed_promise_can_be_broken():
    draft, other = a_content(promises=(PROMISE,)), a_content(promises=(replace(PROMISE, target="5%"),))
    public = locked(draft, TODAY)
    assert broken(draft, other) == ()
    assert broken(public, other) == public.promises
    assert broken(public, a_content()) == public.promises
    assert broken(public, a_content(promises=(replace(PROMISE, target="5%"), PROMISE))) == ()
