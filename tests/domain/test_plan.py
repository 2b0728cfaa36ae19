"""What a group of a given size can show, and which level that can give."""

import pytest

from kb.domain.evidence import Level
from kb.domain.plan import Comparison, PlanQuestion, Scores, Shares, make_plan

YES_NO = Shares(now=0.40, hoped=0.60)
SCORE = Scores(spread=4.0, difference=2.0)


def _plan(participants: int, others: int | None = None, aim: Shares | Scores = YES_NO, **more: bool):
    return make_plan(PlanQuestion(participants, participants if others is None else others, aim, **more))


@pytest.mark.parametrize(("aim", "people"), [(YES_NO, 97), (SCORE, 64), (Scores(4.0, -2.0), 64)])
def test_a_plan_tells_how_many_people_show_the_difference(aim, people):
    plan = _plan(people, aim=aim)
    assert plan.people_per_group == people
    assert plan.is_enough
    assert not _plan(people // 2, aim=aim).is_enough


def test_the_smallest_difference_of_a_score_is_in_its_own_unit():
    assert _plan(64, aim=SCORE).smallest == pytest.approx(2.0, abs=0.01)
    assert _plan(64, aim=Scores(40.0, 20.0)).smallest == pytest.approx(20.0, abs=0.1)


def test_a_difference_of_next_to_nothing_takes_more_people_than_there_are():
    assert _plan(100, aim=Scores(spread=1e9, difference=1e-9)).people_per_group is None


@pytest.mark.parametrize(
    ("participants", "others", "aim", "more", "comparison", "level"),
    [
        (100, 100, YES_NO, {"can_draw_lots": True}, Comparison.LOTS, Level.COMPARED),
        (100, 100, YES_NO, {}, Comparison.OTHERS, Level.COMPARED),
        (100, 100, SCORE, {}, Comparison.OTHERS, Level.COMPARED),
        # Small numbers lower a study by lot to moderate, and any other comparison to weak.
        (29, 100, YES_NO, {"can_draw_lots": True}, Comparison.LOTS, Level.COMPARED),
        (29, 100, YES_NO, {}, Comparison.OTHERS, Level.MEASURED),
        (100, 29, SCORE, {}, Comparison.OTHERS, Level.MEASURED),
        # 30 people of whom 3 in 10 get there are 9 events.
        (30, 30, Shares(0.30, 0.60), {}, Comparison.OTHERS, Level.MEASURED),
        (34, 34, Shares(0.30, 0.60), {}, Comparison.OTHERS, Level.COMPARED),
        (
            100,
            100,
            YES_NO,
            {"has_comparison": False, "can_draw_lots": True},
            Comparison.BEFORE,
            Level.MEASURED,
        ),
        (29, 29, SCORE, {"has_comparison": False}, Comparison.BEFORE, Level.SUBSTANTIATED),
    ],
)
def test_a_plan_names_the_comparison_and_the_highest_level(
    participants, others, aim, more, comparison, level
):
    plan = _plan(participants, others, aim, **more)
    assert (plan.comparison, plan.level) == (comparison, level)
