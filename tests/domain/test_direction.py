"""What came out, as in docs/evidence-rules.md: one interval, several studies, a pooled result."""

from itertools import permutations

import pytest

from kb.domain.direction import classify, together
from kb.domain.evidence import Baseline, Design, Direction, Interval, PooledResult
from kb.domain.verdict import assess
from tests.builders import study_answers, verdict_answers

D = 0.03
INTERVALS = [
    ((0.01, 0.10), Direction.FAVOURABLE),
    ((0.01, 0.03), Direction.FAVOURABLE),
    ((0.005, 0.029), Direction.FAVOURABLE_SMALL),
    ((-0.10, -0.01), Direction.UNFAVOURABLE),
    ((-0.02, -0.01), Direction.UNFAVOURABLE),
    ((-0.02, 0.02), Direction.NO_DIFFERENCE),
    ((0.0, 0.02), Direction.NO_DIFFERENCE),
    ((-0.02, 0.0), Direction.NO_DIFFERENCE),
    ((-0.03, 0.02), Direction.UNCLEAR),
    ((-0.02, 0.03), Direction.UNCLEAR),
    ((-0.10, 0.10), Direction.UNCLEAR),
    ((0.0, 0.10), Direction.UNCLEAR),
]

G, GK, GEEN, ON, VAAG, WIS = (
    Direction.FAVOURABLE,
    Direction.FAVOURABLE_SMALL,
    Direction.NO_DIFFERENCE,
    Direction.UNFAVOURABLE,
    Direction.UNCLEAR,
    Direction.MIXED,
)
COMBINATIONS = [
    ((), None),
    ((G,), G),
    ((GK,), GK),
    ((GEEN,), GEEN),
    ((ON,), ON),
    ((VAAG,), VAAG),
    ((VAAG, VAAG), VAAG),
    ((G, G), G),
    ((G, GK), G),
    ((GK, GK), GK),
    ((G, GEEN), WIS),
    ((GK, GEEN), WIS),
    ((G, ON), WIS),
    ((GK, ON), WIS),
    ((ON, GEEN), WIS),
    ((G, VAAG), G),
    ((GK, VAAG, VAAG), GK),
    ((GEEN, VAAG), GEEN),
    ((ON, VAAG), ON),
    ((G, ON, VAAG), WIS),
]

WEAK = {"design": Design.PREPOST}
HARM = {"ci": Interval(-0.2, -0.1)}


@pytest.mark.parametrize(("interval", "expected"), INTERVALS)
def test_an_interval_has_one_direction(interval, expected):
    assert classify(Interval(*interval), D) is expected


@pytest.mark.parametrize(
    ("interval", "expected"), [((0.01, 0.02), G), ((-0.02, -0.01), ON), ((-0.001, 0.001), VAAG)]
)
def test_nothing_is_small_or_equal_where_nobody_said_what_matters(interval, expected):
    assert classify(Interval(*interval), None) is expected


@pytest.mark.parametrize(("directions", "expected"), COMBINATIONS)
def test_several_studies_have_one_direction_in_any_order(directions, expected):
    assert all(together(order) is expected for order in permutations(directions))


def test_weak_studies_never_outvote_a_strong_one():
    weak = [study_answers(**WEAK, **HARM)] * 3
    verdict = assess(verdict_answers(study_answers(), *weak))
    assert (verdict.direction, verdict.attributable) == (Direction.FAVOURABLE, True)


def test_weak_studies_speak_alone_but_nothing_is_put_down_to_the_initiative():
    verdict = assess(verdict_answers(study_answers(**WEAK)))
    assert (verdict.direction, verdict.attributable) == (Direction.FAVOURABLE, False)


def test_weak_studies_stay_silent_beside_a_strong_one_of_which_nobody_saw_the_outcome():
    verdict = assess(verdict_answers(study_answers(ci=None), study_answers(**WEAK)))
    assert (verdict.direction, verdict.attributable) == (None, None)


@pytest.mark.parametrize("studies", [(), (study_answers(design=Design.OUTPUT),), (study_answers(ci=None),)])
def test_without_a_study_that_speaks_there_is_no_direction(studies):
    verdict = assess(verdict_answers(*studies))
    assert (verdict.direction, verdict.attributable) == (None, None)


def test_a_study_speaks_though_its_report_is_not_public():
    assert assess(verdict_answers(study_answers(report_public=False))).direction is Direction.FAVOURABLE


POOLED = [
    (PooledResult(Interval(0.04, 0.12), D), Direction.FAVOURABLE),
    (PooledResult(Interval(0.04, 0.12), D, pi=Interval(-0.03, 0.19)), Direction.FAVOURABLE),
    (PooledResult(Interval(0.04, 0.12), D, pi=Interval(-0.031, 0.19)), Direction.FAVOURABLE_VARIES),
    (PooledResult(Interval(0.01, 0.02), D, pi=Interval(-0.04, 0.07)), Direction.FAVOURABLE_VARIES),
    (PooledResult(Interval(0.01, 0.02), D), Direction.FAVOURABLE_SMALL),
    (PooledResult(Interval(-0.2, -0.1), D, pi=Interval(-0.4, 0.1)), Direction.UNFAVOURABLE),
    (PooledResult(Interval(-0.02, 0.02), D, pi=Interval(-0.1, 0.1)), Direction.NO_DIFFERENCE),
    (PooledResult(Interval(-0.2, 0.2), D), Direction.UNCLEAR),
]


@pytest.mark.parametrize(("pool", "expected"), POOLED)
def test_a_pooled_result_speaks_for_its_studies(pool, expected):
    studies = [study_answers(), study_answers(**HARM), study_answers()]
    verdict = assess(verdict_answers(*studies, pool=pool))
    assert (verdict.direction, verdict.attributable) == (expected, True)


def test_fewer_than_three_strong_studies_are_not_pooled():
    studies = [
        study_answers(),
        study_answers(**HARM),
        study_answers(baseline=Baseline.NO, multi_cluster=False),
    ]
    assert assess(verdict_answers(*studies, pool=POOLED[0][0])).direction is Direction.MIXED
