"""How much the true effects differ between studies: the estimators of tau² and its interval."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from math import fsum, log

from kb.domain.statistics.distributions import chi2_quantile
from kb.domain.statistics.solving import crossing, falling_root

Numbers = Sequence[float]

# How many values of tau² are tried in every factor of ten before the peaks are pinned down.
TRIES_PER_DECADE = 8


def weights(vi: Numbers, tau2: float = 0.0) -> list[float]:
    return [1 / (v + tau2) for v in vi]


def weighted_mean(yi: Numbers, w: Numbers) -> float:
    return fsum(y * weight for y, weight in zip(yi, w, strict=True)) / fsum(w)


def spread(yi: Numbers, vi: Numbers, tau2: float = 0.0) -> float:
    """The weighted squares around the mean: Cochran's Q at tau² = 0, and it falls as tau² grows."""
    w = weights(vi, tau2)
    mean = weighted_mean(yi, w)
    return fsum(weight * (y - mean) * (y - mean) for y, weight in zip(yi, w, strict=True))


def typical_variance(vi: Numbers) -> float:
    """s² of Higgins and Thompson, that I² sets tau² against."""
    w = weights(vi)
    return (len(vi) - 1) * fsum(w) / _scale(w)


def dersimonian_laird(yi: Numbers, vi: Numbers) -> float:
    """Truncated at zero, which some libraries forget."""
    w = weights(vi)
    return max(0.0, (spread(yi, vi) - (len(yi) - 1)) * fsum(w) / _scale(w))


def paule_mandel(yi: Numbers, vi: Numbers) -> float:
    return _where_spread_is(len(yi) - 1, yi, vi)


def reml(yi: Numbers, vi: Numbers) -> float:
    """The highest peak of the restricted likelihood at or above zero."""
    grid = _grid(yi, vi)
    slopes = [_reml_slope(yi, vi, tau2) for tau2 in grid]
    peaks = [
        crossing(lambda tau2: _reml_slope(yi, vi, tau2), low, high)
        for low, high, up, down in zip(grid, grid[1:], slopes, slopes[1:], strict=False)
        if up > 0 >= down
    ]
    # At zero the likelihood peaks too when it falls from there.
    candidates = peaks if slopes[0] > 0 else [0.0, *peaks]
    return max(candidates, key=lambda tau2: _reml_likelihood(yi, vi, tau2), default=grid[-1])


def q_profile(yi: Numbers, vi: Numbers) -> tuple[float, float]:
    """The 95% interval of tau²: the values that make the observed spread neither too large nor too small."""
    df = len(yi) - 1
    return _where_spread_is(chi2_quantile(0.975, df), yi, vi), _where_spread_is(
        chi2_quantile(0.025, df), yi, vi
    )


def _common(_yi: Numbers, _vi: Numbers) -> float:
    """One true effect: nothing differs."""
    return 0.0


ESTIMATORS: dict[str, Callable[[Numbers, Numbers], float]] = {
    "REML": reml,
    "DL": dersimonian_laird,
    "PM": paule_mandel,
    "EE": _common,
}


def _where_spread_is(target: float, yi: Numbers, vi: Numbers) -> float:
    if spread(yi, vi) <= target:
        return 0.0
    return falling_root(lambda tau2: spread(yi, vi, tau2) - target, high=max(vi))


def _scale(w: Numbers) -> float:
    """(Σw)² - Σw², as twice the sum of all products, so that one heavy study does not cancel the rest."""
    return 2 * fsum(weight * before for weight, before in zip(w[1:], accumulate(w), strict=False))


def _grid(yi: Numbers, vi: Numbers) -> list[float]:
    """From zero to where no peak can lie any more, denser near zero."""
    k = len(yi)
    top = 1.01 * k / (k - 1) * ((max(yi) - min(yi)) ** 2 + max(vi) / k)
    bottom = min(*vi, top) * 1e-6
    steps = max(1, round(TRIES_PER_DECADE * log(top / bottom, 10)))
    return [0.0, *(bottom * (top / bottom) ** (step / steps) for step in range(steps + 1))]


def _reml_slope(yi: Numbers, vi: Numbers, tau2: float) -> float:
    w = weights(vi, tau2)
    mean, total = weighted_mean(yi, w), fsum(w)
    fit = fsum((weight * (y - mean)) ** 2 for y, weight in zip(yi, w, strict=True))
    return fit - _scale(w) / total


def _reml_likelihood(yi: Numbers, vi: Numbers, tau2: float) -> float:
    w = weights(vi, tau2)
    return (fsum(map(log, w)) - log(fsum(w)) - spread(yi, vi, tau2)) / 2
