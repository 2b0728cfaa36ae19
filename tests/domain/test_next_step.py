"""What is missing for the next trede."""

import pytest

from kb.domain.evidence import Baseline, Design, Interval, Level, StudyAnswers
from kb.domain.next_step import Action, Gap, next_step
from tests.builders import study_answers, verdict_answers

STRONG = study_answers()
ELSEWHERE = study_answers(region="AM06")
WEAK = study_answers(design=Design.PREPOST)


def _step(*studies: StudyAnswers, **changes: object) -> tuple[Level, list[Action]]:
    step = next_step(verdict_answers(*studies, **changes))
    return step.level, [missing.action for missing in step.missing]


@pytest.mark.parametrize(
    ("studies", "changes", "level", "actions"),
    [
        ((), {"described": False, "theory": False}, 1, [Action.DESCRIBE]),
        ((STRONG,), {"described": False}, 4, [Action.DESCRIBE]),
        ((), {"theory": False}, 2, [Action.EXPLAIN]),
        ((), {}, 3, [Action.MEASURE]),
        ((WEAK,), {}, 4, [Action.COMPARE]),
        ((WEAK,), {"theory": False}, 4, [Action.EXPLAIN, Action.COMPARE]),
        ((STRONG,), {"theory": False}, 4, [Action.EXPLAIN]),
        ((study_answers(report_public=False),), {}, 4, [Action.PUBLISH_REPORT]),
        ((STRONG, ELSEWHERE), {"overdue_promise_months": 13}, 4, [Action.KEEP_PROMISE]),
        ((STRONG,), {}, 5, [Action.COMPARE_AGAIN, Action.OTHER_PLACE]),
        ((STRONG, STRONG), {}, 5, [Action.OTHER_PLACE]),
        ((STRONG, study_answers(ci=Interval(-0.2, -0.1), region="X")), {}, 5, [Action.EXPLAIN_DIFFERENCES]),
        (
            (study_answers(design=Design.DID, n_t=40, n_c=40, independent=False, followup_months=None),),
            {},
            5,
            [
                Action.COMPARE_AGAIN,
                Action.OTHER_PLACE,
                Action.STRONGER_DESIGN,
                Action.MORE_PEOPLE,
                Action.INDEPENDENT,
                Action.FOLLOW_UP,
            ],
        ),
    ],
)
def test_each_level_names_what_the_next_one_still_needs(studies, changes, level, actions):
    assert _step(*studies, **changes) == (Level(level), actions)


def test_at_the_top_there_is_no_next_step():
    assert next_step(verdict_answers(STRONG, ELSEWHERE)) is None


def test_a_step_tells_how_many_people_a_comparison_takes():
    assert next_step(verdict_answers(WEAK)).people_per_group == 97
    assert next_step(verdict_answers(WEAK), shares=(0.10, 0.15)).people_per_group == 686


@pytest.mark.parametrize(
    ("study", "answers"),
    [
        ({"baseline": Baseline.NO, "attrition_low": False}, ("attrition_low",)),
        ({"multi_cluster": None}, ("multi_cluster",)),
        ({"design": Design.DID, "n_c": 20}, ("n_c",)),
        ({"design": Design.DID, "baseline": Baseline.UNKNOWN, "n_t": None}, ("baseline", "n_t")),
    ],
)
def test_a_study_that_falls_short_names_the_answers_that_hold_it_back(study, answers):
    assert next_step(verdict_answers(study_answers(**study))).gaps == (Gap(0, answers),)


def test_a_before_and_after_study_names_what_would_make_it_count():
    step = next_step(
        verdict_answers(study_answers(design=Design.PREPOST, response=0.4, same_instrument=None))
    )
    assert step.gaps == (Gap(0, ("same_instrument", "response")),)


def test_a_design_that_can_never_count_has_no_gap():
    assert next_step(verdict_answers(study_answers(design=Design.OUTPUT))).gaps == ()
