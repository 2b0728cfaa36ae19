"""What readers see of an effect: positive is better, per 100 people where the outcome counts people."""

from dataclasses import replace

import pytest

from kb.domain.answers import Yardstick
from kb.domain.content import Effect, Metric, PlannedMeasure, Study
from kb.domain.evidence import Design, Direction, Step
from kb.domain.telling import only_voice, told_effect, told_effects
from tests.builders import a_content

MORE = Effect("instroom", Metric.RD, events_t=60, n_t=120, events_c=40, n_c=118)
LESS = replace(MORE, indicator="uitval")
YARDSTICKS = {"uitval": Yardstick(higher_is_better=False), "instroom": Yardstick()}
STUDY = Study("s", "Onderzoek", Design.RCT, effects=(MORE, Effect("instroom", Metric.RD), LESS))


def _told(**changes: object):
    return told_effect(STUDY, replace(MORE, **changes), YARDSTICKS)


def test_a_difference_of_shares_is_told_per_100():
    told = _told()
    assert told.per_100 == pytest.approx(16.1, abs=0.01)
    assert told.per_100_interval == pytest.approx((3.55, 27.97), abs=0.05)
    assert told.direction is Direction.FAVOURABLE


def test_where_less_is_better_the_sign_turns():
    told = told_effect(STUDY, LESS, YARDSTICKS)
    assert told.per_100 == pytest.approx(-16.1, abs=0.01)
    assert told.per_100_interval.lo < told.per_100 < told.per_100_interval.hi < 0
    assert told.direction is Direction.UNFAVOURABLE


@pytest.mark.parametrize("metric", [Metric.RR, Metric.OR])
def test_a_ratio_is_told_per_100_from_the_share_without_the_initiative(metric):
    told = _told(metric=metric)
    assert told.per_100 == pytest.approx(16.1, abs=0.01)
    assert told.per_100_interval.lo < told.per_100 < told.per_100_interval.hi


def test_without_a_share_to_begin_from_a_ratio_counts_nobody():
    told = _told(metric=Metric.RR, events_t=None, events_c=None, estimate=0.4, ci_low=0.1, ci_high=0.7)
    assert (told.per_100, told.per_100_interval, told.estimate) == (None, None, 0.4)


def test_a_score_counts_nobody():
    told = _told(metric=Metric.SMD, estimate=0.3, ci_low=0.1, ci_high=0.5)
    assert told.per_100 is None


@pytest.mark.parametrize(
    ("metric", "low", "direction"),
    [
        (Metric.RD, (0.001, 0.029), Direction.FAVOURABLE_SMALL),
        (Metric.RD, (0.001, 0.031), Direction.FAVOURABLE),
        (Metric.SMD, (0.01, 0.09), Direction.FAVOURABLE_SMALL),
        (Metric.SMD, (0.01, 0.11), Direction.FAVOURABLE),
        (Metric.RR, (0.001, 0.002), Direction.FAVOURABLE),
    ],
)
def test_what_matters_is_3_points_or_a_tenth_of_a_deviation_where_the_indicator_has_none(
    metric, low, direction
):
    effect = Effect("x", metric, estimate=low[0], ci_low=low[0], ci_high=low[1])
    for yardstick in (Yardstick(), Yardstick(sesoi=0.5, metric=Metric.MD)):
        assert told_effect(STUDY, effect, {"x": yardstick}).direction is direction


@pytest.mark.parametrize(
    ("design", "compared"),
    [(Design.RCT, True), (Design.BENCHMARK, True), (Design.PREPOST, False), (Design.ITS, False)],
)
def test_a_study_without_comparison_tells_a_change(design, compared):
    assert told_effect(replace(STUDY, design=design), MORE, YARDSTICKS).compared is compared


def test_an_effect_without_uncertainty_keeps_its_place():
    assert [told and told.indicator for told in told_effects(STUDY, YARDSTICKS)] == [
        "instroom",
        None,
        "uitval",
    ]


def _speaking(*positions: int) -> list[Step]:
    return [Step("direction.study.gunstig", True, ((f"studies.{n}.ci", (0.0, 1.0)),)) for n in positions]


def test_the_direction_has_numbers_where_one_study_speaks():
    content = a_content(studies=(replace(STUDY, key="a", effects=()), STUDY))
    assert only_voice(content, YARDSTICKS, _speaking(1)).indicator == "instroom"
    assert only_voice(content, YARDSTICKS, _speaking(0)) is None
    assert only_voice(content, YARDSTICKS, _speaking(0, 1)) is None
    assert only_voice(content, YARDSTICKS, []) is None


def test_the_promised_outcome_speaks_for_its_study():
    content = a_content(studies=(STUDY,), promises=(PlannedMeasure("uitval", "5%"),))
    assert only_voice(content, YARDSTICKS, _speaking(0)).indicator == "uitval"
