"""The normal, t and chi-square distributions, by series and continued fractions (DLMF 6, 8.9 and 8.17)."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from math import erfc, exp, lgamma, log, sqrt
from statistics import NormalDist

from kb.domain.statistics.solving import crossing, falling_root

NORMAL = NormalDist()
PRECISION = 1e-16
# Lentz's method divides by this instead of by zero.
TINY = 1e-300
MAX_TERMS = 100_000


def normal_cdf(x: float) -> float:
    return erfc(-x / sqrt(2)) / 2


def normal_quantile(p: float) -> float:
    return NORMAL.inv_cdf(p)


def t_cdf(t: float, df: float) -> float:
    tail = _beta_share(df / 2, 0.5, df / (df + t * t)) / 2
    return 1 - tail if t > 0 else tail


def t_sf(t: float, df: float) -> float:
    """The chance of more than t, without losing it against one."""
    return t_cdf(-t, df)


@lru_cache(maxsize=512)
def t_quantile(p: float, df: float) -> float:
    if p < 0.5:
        return -t_quantile(1 - p, df)
    return falling_root(lambda t: t_sf(t, df) - (1 - p)) if p > 0.5 else 0.0


def chi2_sf(x: float, df: float) -> float:
    """The chance of more than x."""
    return _gamma_upper_share(df / 2, x / 2)


@lru_cache(maxsize=512)
def chi2_quantile(p: float, df: float) -> float:
    if p < 0.5:
        high = chi2_quantile(0.5, df)
        return crossing(lambda x: _gamma_lower_share(df / 2, x / 2) - p, 0.0, high)
    return falling_root(lambda x: chi2_sf(x, df) - (1 - p), high=df)


def t_power(shift: float, df: float, critical: float) -> float:
    """The chance that a t with noncentrality `shift` falls outside -critical..critical.

    Averages the normal chance over the spread of the standard deviation, by Simpson's rule.
    """
    width = 12 / sqrt(2 * df)
    low, high = max(0.0, 1 - width), 1 + width
    steps = 2000
    step = (high - low) / steps
    log_scale = (df / 2) * log(df / 2) - lgamma(df / 2) + log(2)

    def at(s: float) -> float:
        if s <= 0:
            return 0.0
        density = exp(log_scale + (df - 1) * log(s) - df * s * s / 2)
        return density * (normal_cdf(shift - critical * s) + normal_cdf(-shift - critical * s))

    weighted = (at(low + i * step) * (1 if i in (0, steps) else 4 if i % 2 else 2) for i in range(steps + 1))
    return sum(weighted) * step / 3


def _gamma_lower_share(a: float, x: float) -> float:
    if x <= 0:
        return 0.0
    return _gamma_series(a, x) if x < a + 1 else 1 - _gamma_fraction(a, x)


def _gamma_upper_share(a: float, x: float) -> float:
    if x <= 0:
        return 1.0
    return 1 - _gamma_series(a, x) if x < a + 1 else _gamma_fraction(a, x)


def _gamma_series(a: float, x: float) -> float:
    term = total = 1 / a
    for n in range(1, MAX_TERMS):
        term *= x / (a + n)
        total += term
        if term < total * PRECISION:
            break
    return total * exp(a * log(x) - x - lgamma(a))


def _gamma_fraction(a: float, x: float) -> float:
    def terms() -> Iterator[tuple[float, float]]:
        for n in count(1):
            yield -n * (n - a), x + 2 * n + 1 - a

    return exp(a * log(x) - x - lgamma(a)) / _continued_fraction(x + 1 - a, terms())


def _beta_share(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_share(b, a, 1 - x)

    def terms() -> Iterator[tuple[float, float]]:
        for m in count(1):
            yield -(a + m - 1) * (a + b + m - 1) * x / ((a + 2 * m - 2) * (a + 2 * m - 1)), 1.0
            yield m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1.0

    front = exp(a * log(x) + b * log(1 - x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a
    return front / _continued_fraction(1.0, terms())


def _continued_fraction(first: float, terms: Iterator[tuple[float, float]]) -> float:
    """Lentz's method: first + a1 / (b1 + a2 / (b2 + ...)) for the terms (a, b)."""
    value = c = first or TINY
    d = 0.0
    for _, (a, b) in zip(range(MAX_TERMS), terms, strict=False):
        d = 1 / (b + a * d or TINY)
        c = b + a / c or TINY
        value *= c * d
        if abs(c * d - 1) < PRECISION * 4:
            break
    return value
