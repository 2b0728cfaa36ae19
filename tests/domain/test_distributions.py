"""Our own distributions agree with scipy's."""

import pytest
from scipy import stats

from kb.domain.statistics.distributions import (
    chi2_quantile,
    chi2_sf,
    normal_cdf,
    normal_quantile,
    t_cdf,
    t_power,
    t_quantile,
    t_sf,
)

DEGREES = [1, 2, 3, 4, 5, 7, 12, 30, 100, 999]
CHANCES = [0.001, 0.025, 0.05, 0.4, 0.5, 0.6, 0.95, 0.975, 0.9999]
PLACES = [-30.0, -3.0, -0.5, 0.0, 0.01, 0.3, 1.0, 2.0, 5.0, 20.0, 100.0]
CLOSE = {"rel": 1e-10, "abs": 1e-12}


@pytest.mark.parametrize("x", PLACES)
def test_normal_chance(x):
    assert normal_cdf(x) == pytest.approx(stats.norm.cdf(x), **CLOSE)


@pytest.mark.parametrize("p", CHANCES)
def test_normal_quantile(p):
    assert normal_quantile(p) == pytest.approx(stats.norm.ppf(p), **CLOSE)


@pytest.mark.parametrize("df", DEGREES)
@pytest.mark.parametrize("x", PLACES)
def test_t_chances(x, df):
    assert t_cdf(x, df) == pytest.approx(stats.t.cdf(x, df), **CLOSE)
    assert t_sf(x, df) == pytest.approx(stats.t.sf(x, df), **CLOSE)


@pytest.mark.parametrize("df", DEGREES)
@pytest.mark.parametrize("p", CHANCES)
def test_t_quantile(p, df):
    assert t_quantile(p, df) == pytest.approx(stats.t.ppf(p, df), **CLOSE)


@pytest.mark.parametrize("df", DEGREES)
@pytest.mark.parametrize("x", [0.0, 1e-6, 0.5, 3.0, 20.0, 152.2, 1000.0])
def test_chi_square_chance(x, df):
    assert chi2_sf(x, df) == pytest.approx(stats.chi2.sf(x, df), **CLOSE)


@pytest.mark.parametrize("df", DEGREES)
@pytest.mark.parametrize("p", CHANCES)
def test_chi_square_quantile(p, df):
    assert chi2_quantile(p, df) == pytest.approx(stats.chi2.ppf(p, df), **CLOSE)


@pytest.mark.parametrize("df", [2, 4, 10, 62, 126, 1000, 20_000])
@pytest.mark.parametrize("shift", [0.5, 1.0, 2.8, 5.0])
def test_chance_of_a_noncentral_t(shift, df):
    critical = stats.t.ppf(0.975, df)
    outside = stats.nct.sf(critical, df, shift) + stats.nct.cdf(-critical, df, shift)
    assert t_power(shift, df, critical) == pytest.approx(outside, abs=1e-10)
