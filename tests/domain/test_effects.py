"""Effect sizes against published and hand-made figures."""

from math import exp, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import gammaln
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from kb.domain.evidence import Interval
from kb.domain.statistics.effects import (
    Counts,
    EffectSize,
    Means,
    combined_outcomes,
    difference_in_differences,
    for_clusters,
    hedges_g,
    log_odds_ratio,
    log_risk_ratio,
    mean_difference,
    more_of_every_100,
    risk_difference,
    small_sample_correction,
    wilson,
)


def test_hedges_g_of_a_small_study():
    effect = hedges_g(Means(m1=7.0, sd1=2.0, n1=10, m2=5.0, sd2=2.0, n2=10))
    g = small_sample_correction(18) * 1.0
    assert effect.yi == pytest.approx(g)
    assert effect.vi == pytest.approx(0.2 + g**2 / 40)
    assert effect.ci.lo == pytest.approx(g - 1.959963984540054 * sqrt(effect.vi))


@pytest.mark.parametrize("df", [2, 3, 18, 100, 9_999, 10_001, 200_000])
def test_the_small_sample_correction_is_exact(df):
    exact = exp(gammaln(df / 2) - gammaln((df - 1) / 2) - log(df / 2) / 2)
    assert small_sample_correction(df) == pytest.approx(exact, abs=1e-9)


def test_the_sign_says_who_did_better():
    assert hedges_g(Means(5, 2, 20, 7, 2, 20)).yi < 0
    assert mean_difference(Means(5, 2, 20, 7, 2, 20)).yi == -2


def test_mean_difference():
    effect = mean_difference(Means(m1=10, sd1=3, n1=25, m2=8, sd2=4, n2=36))
    assert (effect.yi, effect.vi) == pytest.approx((2, 9 / 25 + 16 / 36))


# Newcombe 1998, table II, method 10: the published examples.
NEWCOMBE = [
    ((56, 70, 48, 80), (0.0524, 0.3339)),
    ((9, 10, 3, 10), (0.1705, 0.8090)),
    ((10, 10, 0, 20), (0.6791, 1.0000)),
    ((10, 10, 0, 10), (0.6075, 1.0000)),
    ((5, 56, 0, 29), (-0.0381, 0.1926)),
    ((0, 10, 0, 20), (-0.1611, 0.2775)),
    ((0, 10, 0, 10), (-0.2775, 0.2775)),
]


@pytest.mark.parametrize(("cells", "expected"), NEWCOMBE)
def test_the_interval_of_a_risk_difference_is_newcombes(cells, expected):
    assert risk_difference(Counts(*cells)).ci == pytest.approx(expected, abs=5e-5)


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_newcombe_and_wilson_agree_with_statsmodels(n1, n2, data):
    a, c = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    low, high = confint_proportions_2indep(a, n1, c, n2, method="newcomb", compare="diff")
    effect = risk_difference(Counts(a, n1, c, n2))
    assert effect.ci == pytest.approx((low, high), abs=1e-10)
    assert effect.ci.lo - 1e-12 <= effect.yi <= effect.ci.hi + 1e-12
    assert wilson(a, n1) == pytest.approx(proportion_confint(a, n1, method="wilson"), abs=1e-10)


def test_risk_difference_is_a_share():
    effect = risk_difference(Counts(30, 100, 20, 100))
    assert (effect.yi, effect.vi) == pytest.approx((0.10, 0.0021 + 0.0016))


def test_log_risk_ratio_of_the_first_bcg_trial():
    effect = log_risk_ratio(Counts(4, 123, 11, 139))
    assert (effect.yi, effect.vi) == pytest.approx((-0.8893113, 0.3255848), abs=1e-7)


def test_log_odds_ratio_of_the_first_bcg_trial():
    effect = log_odds_ratio(Counts(4, 123, 11, 139))
    assert (effect.yi, effect.vi) == pytest.approx((-0.9386941, 0.3571250), abs=1e-7)


@pytest.mark.parametrize("cells", [(0, 20, 5, 20), (20, 20, 5, 20), (5, 20, 0, 20), (5, 20, 20, 20)])
def test_half_is_added_to_every_cell_where_one_is_empty(cells):
    a, n1, c, n2 = cells
    ratio, odds = log_risk_ratio(Counts(*cells)), log_odds_ratio(Counts(*cells))
    a, b, c, d = a + 0.5, n1 - a + 0.5, c + 0.5, n2 - c + 0.5
    assert ratio.yi == pytest.approx(log(a / (a + b)) - log(c / (c + d)))
    assert ratio.vi == pytest.approx(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
    assert odds.yi == pytest.approx(log(a * d / (b * c)))
    assert odds.vi == pytest.approx(1 / a + 1 / b + 1 / c + 1 / d)


def test_full_cells_stay_as_they_are():
    assert log_odds_ratio(Counts(10, 20, 5, 20)).yi == pytest.approx(log(3))


def _effect(yi: float, vi: float) -> EffectSize:
    return EffectSize(yi, vi, Interval(yi - 1.96 * sqrt(vi), yi + 1.96 * sqrt(vi)), "rd")


def test_a_difference_in_differences_adds_the_variances():
    effect = difference_in_differences(
        _effect(0.50, 0.01), _effect(0.40, 0.02), _effect(0.30, 0.03), _effect(0.28, 0.04)
    )
    assert (effect.yi, effect.vi) == pytest.approx((0.08, 0.10))


def test_people_in_clusters_count_for_less():
    effect = for_clusters(_effect(0.1, 0.01), size=21, icc=0.1)
    assert effect.vi == pytest.approx(0.03)
    assert effect.ci.hi - effect.yi == pytest.approx(1.96 * sqrt(0.03))
    assert for_clusters(_effect(0.1, 0.01), size=1, icc=0.1).vi == 0.01


def test_outcomes_of_one_study_are_combined_before_pooling():
    effect = combined_outcomes([_effect(0.2, 0.04), _effect(0.4, 0.09)])
    assert effect.yi == pytest.approx(0.3)
    assert effect.vi == pytest.approx((0.04 + 0.09 + 2 * 0.6 * 0.2 * 0.3) / 4)
    assert combined_outcomes([_effect(0.2, 0.04)]).vi == pytest.approx(0.04)


@pytest.mark.parametrize(
    ("value", "metric", "baseline", "expected"),
    [
        (0.05, "rd", 0.4, 5),
        (log(1.5), "rr", 0.2, 10),
        (log(3), "rr", 0.5, 50),
        (log(2), "or", 0.5, 100 / 6),
        (log(0.5), "rr", 0.2, -10),
    ],
)
def test_readers_see_how_many_more_of_every_100(value, metric, baseline, expected):
    assert more_of_every_100(value, metric, baseline) == pytest.approx(expected)


def test_a_mean_does_not_count_people():
    with pytest.raises(ValueError, match="does not count people"):
        more_of_every_100(0.2, "smd", 0.4)


@pytest.mark.parametrize("means", [Means(1, 0, 9, 2, 0, 9), Means(1, 1, 1, 2, 1, 9), Means(1, 1, 0, 2, 1, 9)])
def test_groups_without_spread_cannot_be_compared(means):
    assert not means.can_be_compared
    assert Means(1, 0, 2, 2, 1, 2).can_be_compared
