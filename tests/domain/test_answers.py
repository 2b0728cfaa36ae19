"""From what an initiative says of its studies to the answers of the rules."""

from dataclasses import replace
from datetime import date
from math import sqrt

import pytest

from kb.domain.answers import (
    ICC,
    Yardstick,
    answers_of,
    attrition_low,
    effect_size,
    main_effect,
    study_answers,
    yardstick_of,
)
from kb.domain.candidates import candidates_of, together
from kb.domain.content import Effect, Metric, PlannedMeasure, Study, Theory
from kb.domain.evidence import Design, Interval
from kb.domain.statistics.effects import RHO
from tests.builders import a_content

EFFECT = Effect("instroom", Metric.RD, events_t=60, n_t=120, events_c=40, n_c=118)
STUDY = Study(
    "s",
    "Onderzoek",
    Design.RCT,
    units_t=2,
    units_c=2,
    assigned_t=120,
    assigned_c=118,
    analysed_t=120,
    analysed_c=118,
    effects=(EFFECT,),
)
YARDSTICKS = {
    "instroom": Yardstick(sesoi=0.05, metric=Metric.RD),
    "uitval": Yardstick(higher_is_better=False),
}


def _answers(**changes: object):
    study = replace(STUDY, **changes)
    return study_answers(study, a_content(studies=(study,)), YARDSTICKS)


@pytest.mark.parametrize(
    ("assigned", "analysed", "low"),
    [
        ((100, 100), (100, 100), True),
        ((100, 100), (70, 70), True),
        ((100, 100), (69, 70), False),
        ((100, 100), (98, 94), True),
        ((100, 100), (99, 94), False),
        ((100, 100), (94, 99), False),
        ((None, 100), (90, 90), None),
        ((100, 100), (90, None), None),
    ],
)
def test_attrition_is_low_up_to_30_in_100_and_4_points_between_the_arms(assigned, analysed, low):
    counts = {"assigned_t": assigned[0], "assigned_c": assigned[1]}
    counts |= {"analysed_t": analysed[0], "analysed_c": analysed[1]}
    assert attrition_low(replace(STUDY, **counts)) is low


@pytest.mark.parametrize(
    ("units", "several"),
    [((2, 2), True), ((1, 2), False), ((2, 1), False), ((None, 2), None), ((2, None), None)],
)
def test_two_units_in_each_arm_are_several(units, several):
    assert _answers(units_t=units[0], units_c=units[1]).multi_cluster is several


def test_the_answers_follow_the_study_and_its_effect():
    answers = _answers()
    assert (answers.n_t, answers.n_c, answers.events_min) == (120, 118, 40)
    assert (answers.ci.lo, answers.sesoi) == (pytest.approx(0.0356, abs=1e-4), 0.05)


def test_numbers_of_people_come_from_the_effect_where_the_study_has_none():
    assert _answers(analysed_t=None, analysed_c=None).n_t == 120


def test_where_less_is_better_the_interval_turns():
    turned = _answers(effects=(replace(EFFECT, indicator="uitval"),)).ci
    plain = _answers().ci
    assert turned == Interval(-plain.hi, -plain.lo)


def test_a_study_without_effect_has_no_outcome():
    answers = _answers(effects=())
    assert (answers.ci, answers.sesoi, answers.events_min) == (None, None, None)


def test_implementer_and_region_of_the_initiative_stand_in_for_those_of_the_study():
    assert (_answers().implementer, _answers().region) == ("Stichting Techniekroute", "AM05")
    assert _answers(implementer="ROC", region="AM06").region == "AM06"


def test_the_promised_outcome_comes_first_then_the_primary_then_the_first():
    primary = replace(EFFECT, indicator="uurloon", primary=True)
    study = replace(STUDY, effects=(EFFECT, primary, replace(EFFECT, indicator="uitval")))
    assert main_effect(study).indicator == "uurloon"
    assert main_effect(study, [PlannedMeasure("uitval", "5%")]).indicator == "uitval"
    assert main_effect(replace(STUDY, effects=())) is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"events_t": None, "estimate": 0.1, "ci_low": 0.0, "ci_high": 0.2}, (0.1, 0.0, 0.2)),
        ({"events_t": None, "estimate": 0.1}, None),
        ({"events_t": None}, None),
        ({"metric": Metric.SMD}, None),
        ({"metric": Metric.SMD, "mean_t": 2.0, "sd_t": 1e200, "mean_c": 1.0, "sd_c": 1e200}, None),
        ({"metric": Metric.MD, "mean_t": 2.0, "sd_t": 0.0, "mean_c": 1.0, "sd_c": 0.0}, None),
    ],
)
def test_an_effect_comes_from_its_cells_else_as_reported_else_not_at_all(changes, expected):
    size = effect_size(replace(EFFECT, **changes), STUDY)
    assert (size and (size.yi, *size.ci)) == expected


def test_where_classes_were_drawn_the_interval_grows_with_what_they_have_in_common():
    loose, drawn = effect_size(EFFECT, STUDY), replace(STUDY, design=Design.CLUSTER_RCT, units_t=4, units_c=4)
    clustered = effect_size(EFFECT, drawn)
    growth = 1 + (238 / 8 - 1) * ICC
    assert clustered.vi == pytest.approx(loose.vi * growth)
    assert clustered.ci.hi - clustered.yi == pytest.approx((loose.ci.hi - loose.yi) * sqrt(growth))


@pytest.mark.parametrize(
    "unknown", [{"units_t": None}, {"analysed_c": None}, {"units_t": 200, "units_c": 200}]
)
def test_a_cluster_of_unknown_size_leaves_the_interval_as_it_is(unknown):
    drawn = replace(STUDY, design=Design.CLUSTER_RCT, **unknown)
    assert effect_size(EFFECT, drawn) == effect_size(EFFECT, STUDY)


def test_a_reported_interval_is_taken_as_it_stands():
    reported = replace(EFFECT, events_t=None, estimate=0.1, ci_low=0.0, ci_high=0.2)
    drawn = replace(STUDY, design=Design.CLUSTER_RCT)
    assert effect_size(reported, drawn) == effect_size(reported, STUDY)


def test_several_outcomes_of_one_study_count_as_one():
    other = replace(EFFECT, events_t=50)
    study = replace(STUDY, effects=(EFFECT, other, replace(EFFECT, indicator="uitval")))
    (one,) = candidates_of("a", a_content(studies=(study,)), YARDSTICKS, lambda code: code)
    first, second = effect_size(EFFECT, STUDY), effect_size(other, STUDY)
    assert one.yi == pytest.approx((first.yi + second.yi) / 2)
    assert one.vi == pytest.approx((first.vi + second.vi + 2 * RHO * sqrt(first.vi * second.vi)) / 4)


def test_three_places_are_pooled_on_the_side_of_better():
    study = replace(STUDY, effects=(replace(EFFECT, indicator="uitval"),), baseline="equal", level="mbo")
    found = [
        candidates_of(slug, a_content(studies=(study,)), YARDSTICKS, lambda code: code) for slug in "abc"
    ]
    pooled = together([one for each in found for one in each], YARDSTICKS)
    assert pooled.poolability.obstacles == ()
    assert pooled.result.ci.hi < 0
    assert pooled.sesoi == 0.03


@pytest.mark.parametrize(
    ("details", "yardstick"),
    [
        ({"goed": "op", "sesoi": 3, "sesoi_maat": "pp"}, Yardstick(True, 0.03, Metric.RD)),
        ({"goed": "neer", "sesoi": 0.1, "sesoi_maat": "g"}, Yardstick(False, 0.1, Metric.SMD)),
        ({}, Yardstick()),
    ],
)
def test_an_indicator_says_which_way_is_better_and_what_matters(details, yardstick):
    assert yardstick_of(details) == yardstick


def test_the_theory_of_an_approach_counts_here_too():
    today, whole = date(2026, 3, 2), Theory("a", "b", "c", ("d",))
    assert not answers_of(a_content(), {}, today=today).theory
    assert answers_of(a_content(), {}, today=today, theory=True).theory
    assert answers_of(a_content(theory=whole), {}, today=today).theory
    assert not answers_of(a_content(theory=replace(whole, sources=())), {}, today=today).theory


def test_what_is_described_needs_all_five():
    whole = dict.fromkeys(("goal", "audience", "activities", "requirements", "contact_email"), "x")
    assert answers_of(a_content(**whole), {}, today=date(2026, 3, 2)).described
    for name in whole:
        assert not answers_of(a_content(**{**whole, name: ""}), {}, today=date(2026, 3, 2)).described
