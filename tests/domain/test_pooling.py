"""Pooling against published figures, other libraries, and what must always hold."""

import warnings
from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import optimize, stats
from statsmodels.stats.meta_analysis import combine_effects

from kb.domain.statistics.effects import Counts, log_risk_ratio
from kb.domain.statistics.heterogeneity import spread
from kb.domain.statistics.pooling import Method, egger, leave_one_out, pool, sensitivity, subgroups

with warnings.catch_warnings():
    # PyMARE leaves a file open while it is imported.
    warnings.simplefilter("ignore", ResourceWarning)
    from pymare import Dataset
    from pymare.estimators import DerSimonianLaird, VarianceBasedLikelihoodEstimator

# Colditz 1994: cases and others, vaccinated and not.
BCG = [
    (4, 119, 11, 128),
    (6, 300, 29, 274),
    (3, 228, 11, 209),
    (62, 13536, 248, 12619),
    (33, 5036, 47, 5761),
    (180, 1361, 372, 1079),
    (8, 2537, 10, 619),
    (505, 87886, 499, 87892),
    (29, 7470, 45, 7232),
    (17, 1699, 65, 1600),
    (186, 50448, 141, 27197),
    (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
]
ALLOCATION = (
    ["random"] * 2 + ["random", "random", "alternate", "alternate"] + ["random"] * 3 + ["systematic"] * 4
)
EFFECTS = [log_risk_ratio(Counts(a, a + b, c, c + d)) for a, b, c, d in BCG]
YI = [effect.yi for effect in EFFECTS]
VI = [effect.vi for effect in EFFECTS]

CASES = {
    "bcg": (YI, VI),
    "two that differ": ([0.1, 0.9], [0.02, 0.05]),
    "two that agree": ([0.1, 0.2], [0.02, 0.05]),
    "three": ([0.1, 0.5, -0.2], [0.02, 0.01, 0.03]),
    "nothing between them": ([0.1, 0.12, 0.11, 0.09, 0.1], [0.02, 0.05, 0.01, 0.02, 0.03]),
    "identical": ([0.3, 0.3, 0.3], [0.1, 0.2, 0.3]),
    "extremely different": ([-40.0, 0.0, 55.0, 3.0], [1e-4, 1e-3, 2e-4, 1.0]),
    "very uneven weights": ([0.2, 0.1, 0.4, 0.3], [1e-6, 1.0, 10.0, 0.5]),
    "empty cells": (
        [log_risk_ratio(Counts(*cells)).yi for cells in [(0, 20, 4, 20), (3, 40, 9, 38), (20, 20, 15, 20)]],
        [log_risk_ratio(Counts(*cells)).vi for cells in [(0, 20, 4, 20), (3, 40, 9, 38), (20, 20, 15, 20)]],
    ),
}
each_case = pytest.mark.parametrize(("yi", "vi"), CASES.values(), ids=CASES.keys())


def test_the_bcg_trials_give_the_figures_of_metafor():
    result = pool(YI, VI)
    assert result.k == 13
    assert result.estimate == pytest.approx(-0.7145323, abs=1e-6)
    assert result.se == pytest.approx(0.1797815, abs=1e-6)
    assert result.tau2 == pytest.approx(0.3132433, abs=1e-5)
    assert result.i2 == pytest.approx(92.22139, abs=1e-4)
    assert result.tau2_ci == pytest.approx((0.1197, 1.1115), abs=5e-5)
    assert (result.q, result.q_df) == (pytest.approx(152.2330, abs=5e-5), 12)


def test_the_bcg_trials_by_the_other_estimators():
    others = sensitivity(YI, VI)
    assert others[Method.DL].tau2 == pytest.approx(0.3087603, abs=1e-6)
    assert others[Method.DL].estimate == pytest.approx(-0.7141172, abs=1e-6)
    assert others[Method.PM].tau2 == pytest.approx(0.3180682, abs=1e-5)
    common = pool(YI, VI, Method.EE)
    assert (common.estimate, common.se) == pytest.approx((-0.4302852, 0.0404987), abs=1e-6)
    assert exp(common.estimate) == pytest.approx(0.650, abs=5e-4)


@each_case
def test_paule_mandel_agrees_with_statsmodels(yi, vi):
    # Their iteration answers 0 when rounding takes it past the root, so it may stop a little early.
    theirs = combine_effects(np.array(yi), np.array(vi), method_re="iterated", atol=1e-5, maxiter=1000)
    ours = pool(yi, vi, Method.PM)
    assert ours.tau2 == pytest.approx(max(0.0, theirs.tau2), rel=1e-5, abs=1e-9)
    assert ours.estimate == pytest.approx(theirs.mean_effect_re, abs=1e-5)
    assert ours.tau2 == 0 or spread(yi, vi, ours.tau2) == pytest.approx(len(yi) - 1, rel=1e-9)


@each_case
def test_dersimonian_laird_agrees_with_pymare_and_is_truncated(yi, vi):
    found = DerSimonianLaird().fit_dataset(Dataset(np.array(yi), np.array(vi))).summary().tau2
    ours = pool(yi, vi, Method.DL)
    assert ours.tau2 == pytest.approx(max(0.0, float(np.squeeze(found))), rel=1e-9, abs=1e-12)


@each_case
def test_reml_is_not_beaten_by_pymare_or_by_a_bounded_search(yi, vi):
    ours = pool(yi, vi)
    highest = _likelihood(yi, vi, ours.tau2)
    theirs = VarianceBasedLikelihoodEstimator(method="REML").fit_dataset(Dataset(np.array(yi), np.array(vi)))
    pymare = float(np.squeeze(theirs.summary().tau2))
    searched = optimize.minimize_scalar(
        lambda tau2: -_likelihood(yi, vi, tau2), bounds=(0, 4 * ours.tau2 + 1), method="bounded"
    )
    assert highest >= _likelihood(yi, vi, pymare) - 1e-10
    assert highest >= -searched.fun - 1e-10
    assert ours.tau2 == pytest.approx(pymare, rel=2e-3, abs=1e-4)


def _likelihood(yi, vi, tau2):
    w = 1 / (np.array(vi) + tau2)
    mean = np.sum(w * yi) / np.sum(w)
    return 0.5 * (np.sum(np.log(w)) - np.log(np.sum(w)) - np.sum(w * (np.array(yi) - mean) ** 2))


@pytest.mark.parametrize("vi", [[0.01] * 2, [0.2] * 3, [0.05] * 7])
def test_with_equal_variances_reml_and_paule_mandel_have_a_closed_form(vi):
    yi = [0.1, 0.9, -0.4, 0.3, 0.2, 0.0, 0.7][: len(vi)]
    expected = max(0.0, np.var(yi, ddof=1) - vi[0])
    assert pool(yi, vi).tau2 == pytest.approx(expected, abs=1e-10)
    assert pool(yi, vi, Method.PM).tau2 == pytest.approx(expected, abs=1e-10)


@each_case
def test_the_interval_is_hartung_knapps_and_never_too_narrow(yi, vi):
    result = pool(yi, vi)
    df = len(yi) - 1
    scale = max(1.0, spread(yi, vi, result.tau2) / df)
    half = stats.t.ppf(0.975, df) * sqrt(1 / sum(1 / (v + result.tau2) for v in vi)) * sqrt(scale)
    assert result.ci == pytest.approx((result.estimate - half, result.estimate + half), rel=1e-9)
    common = pool(yi, vi, Method.EE)
    assert result.ci.hi - result.ci.lo >= common.ci.hi - common.ci.lo - 1e-12


@each_case
def test_a_common_effect_has_a_plain_interval(yi, vi):
    result = pool(yi, vi, Method.EE)
    half = stats.norm.ppf(0.975) * result.se
    assert result.ci == pytest.approx((result.estimate - half, result.estimate + half))
    assert (result.tau2, result.i2, result.tau2_ci, result.pi) == (0.0, 0.0, None, None)


@each_case
@pytest.mark.parametrize("method", [Method.REML, Method.DL, Method.PM])
def test_heterogeneity_is_told_from_tau2(yi, vi, method):
    result, w = pool(yi, vi, method), [1 / v for v in vi]
    typical = (len(yi) - 1) * sum(w) / (sum(w) ** 2 - sum(x * x for x in w))
    assert result.i2 == pytest.approx(100 * result.tau2 / (result.tau2 + typical), rel=1e-6)
    assert result.q_p == pytest.approx(stats.chi2.sf(result.q, len(yi) - 1), rel=1e-9)


@each_case
def test_the_ends_of_the_tau2_interval_have_the_right_spread(yi, vi):
    df = len(yi) - 1
    for end, chance in zip(pool(yi, vi).tau2_ci, (0.975, 0.025), strict=True):
        target = stats.chi2.ppf(chance, df)
        if end > 0:
            assert spread(yi, vi, end) == pytest.approx(target, rel=1e-8)
        else:
            assert spread(yi, vi) <= target


@pytest.mark.parametrize(("k", "shown"), [(4, False), (5, True), (13, True)])
def test_a_prediction_interval_is_shown_from_five_studies(k, shown):
    result = pool(YI[:k], VI[:k])
    assert (result.pi is not None) is shown
    if result.pi is not None:
        scale = max(1.0, spread(YI[:k], VI[:k], result.tau2) / (k - 1))
        half = stats.t.ppf(0.975, k - 1) * sqrt(result.tau2 + result.se**2 * scale)
        assert result.pi == pytest.approx((result.estimate - half, result.estimate + half))


def test_each_study_is_left_out_in_turn():
    without = leave_one_out(YI, VI)
    assert [result.k for result in without] == [12] * 13
    assert without[0] == pool(YI[1:], VI[1:])
    assert without[12] == pool(YI[:12], VI[:12])


def test_egger_needs_ten_studies_and_is_a_plain_regression():
    assert egger(YI[:9], VI[:9]) is None
    result = egger(YI, VI)
    line = stats.linregress([1 / sqrt(v) for v in VI], [y / sqrt(v) for y, v in zip(YI, VI, strict=True)])
    assert (result.intercept, result.se) == pytest.approx((line.intercept, line.intercept_stderr))
    assert result.p == pytest.approx(2 * stats.t.sf(abs(line.intercept / line.intercept_stderr), 11))


def test_subgroups_need_two_groups_of_three():
    assert subgroups(YI[:5], VI[:5], ["a", "a", "a", "b", "b"]) is None
    found = subgroups(YI, VI, ALLOCATION)
    assert list(found.groups) == ["random", "systematic"]
    random = [i for i, name in enumerate(ALLOCATION) if name == "random"]
    assert found.groups["random"] == pool([YI[i] for i in random], [VI[i] for i in random])
    first, second = found.groups.values()
    apart = (first.estimate - second.estimate) ** 2 / (first.se**2 + second.se**2)
    assert (found.q_between, found.df) == (pytest.approx(apart), 1)


@pytest.mark.parametrize(("yi", "vi"), [([0.1], [0.1]), ([0.1, 0.2], [0.1]), ([0.1, 0.2], [0.1, 0.0])])
def test_too_little_cannot_be_pooled(yi, vi):
    with pytest.raises(ValueError, match="two estimates"):
        pool(yi, vi)


STUDIES = st.lists(st.tuples(st.floats(-3, 3), st.floats(-12, 3).map(exp)), min_size=2, max_size=12)


@given(STUDIES, st.sampled_from(Method))
def test_the_estimate_lies_among_the_studies_and_within_its_interval(studies, method):
    yi, vi = zip(*studies, strict=True)
    result = pool(yi, vi, method)
    assert min(yi) - 1e-9 <= result.estimate <= max(yi) + 1e-9
    assert result.ci.lo <= result.estimate <= result.ci.hi
    assert result.tau2 >= 0
    assert 0 <= result.i2 <= 100


@given(STUDIES, st.floats(-50, 50), st.floats(0.1, 10))
def test_another_origin_and_unit_change_nothing_else(studies, origin, unit):
    yi, vi = zip(*studies, strict=True)
    assume(max(yi) - min(yi) > 1e-3)
    plain, moved = pool(yi, vi), pool([origin + unit * y for y in yi], [unit * unit * v for v in vi])
    assume(_is_peaked(yi, vi, plain.tau2))
    assert moved.estimate == pytest.approx(origin + unit * plain.estimate, abs=1e-4 * unit)


def _is_peaked(yi, vi, tau2):
    """Leaves out the rare data with two equal peaks, where rounding chooses."""
    grid = [0.0, *(exp(log(1e-9) + i * 0.4) for i in range(60))]
    best = _likelihood(yi, vi, tau2)
    return all(
        abs(other - tau2) < 0.5 * tau2 + 1e-6 or _likelihood(yi, vi, other) < best - 1e-6 for other in grid
    )
