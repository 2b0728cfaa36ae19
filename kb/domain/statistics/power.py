"""How many people a comparison needs, and what a group of a given size can show."""

from collections.abc import Callable
from math import ceil, sqrt

from kb.domain.statistics.distributions import normal_cdf, normal_quantile, t_power, t_quantile
from kb.domain.statistics.solving import crossing

ALPHA = 0.05
POWER = 0.80
# More than live in the Netherlands: a difference that needs more people cannot be shown.
MOST_PEOPLE = 20_000_000


def people_for_shares(p1: float, p2: float, *, power: float = POWER, alpha: float = ALPHA) -> int:
    """People in each group to see these two shares differ: normal approximation, pooled under no effect."""
    if p1 == p2:
        raise ValueError("two equal shares never differ, however many people")
    z_alpha, z_power = normal_quantile(1 - alpha / 2), normal_quantile(power)
    pooled = (p1 + p2) / 2
    spread = z_alpha * sqrt(2 * pooled * (1 - pooled)) + z_power * sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    return max(2, ceil((spread / (p1 - p2)) ** 2))


def power_for_shares(p1: float, p2: float, n1: float, n2: float, *, alpha: float = ALPHA) -> float:
    """The chance to see these two shares differ in groups of this size."""
    pooled = (n1 * p1 + n2 * p2) / (n1 + n2)
    by_luck = sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    real = sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    if real == 0:
        return float(p1 != p2)
    critical = normal_quantile(1 - alpha / 2) * by_luck
    difference = abs(p1 - p2)
    return normal_cdf((difference - critical) / real) + normal_cdf((-difference - critical) / real)


def smallest_visible_share(
    baseline: float, n1: float, n2: float, *, power: float = POWER, alpha: float = ALPHA, up: bool = True
) -> float | None:
    """The share nearest the baseline that groups of this size can tell from it; None where none can."""
    end = 1.0 if up else 0.0
    if abs(end - baseline) == 0:
        return None

    def lacking(share: float) -> float:
        return power_for_shares(share, baseline, n1, n2, alpha=alpha) - power

    return crossing(lacking, baseline, end) if lacking(end) >= 0 else None


def people_for_means(d: float, *, power: float = POWER, alpha: float = ALPHA) -> int | None:
    """People in each group to see a difference of d standard deviations by a t-test; None if too many."""
    return _fewest(lambda n: power_for_means(d, n, n, alpha=alpha) >= power)


def power_for_means(d: float, n1: int, n2: int, *, alpha: float = ALPHA) -> float:
    """The chance to see a difference of d standard deviations, exact for the t-test."""
    df = n1 + n2 - 2
    return t_power(abs(d) * sqrt(n1 * n2 / (n1 + n2)), df, t_quantile(1 - alpha / 2, df))


def smallest_visible_d(n1: int, n2: int, *, power: float = POWER, alpha: float = ALPHA) -> float:
    """The smallest difference, in standard deviations, that groups of this size can show."""
    wide = 2 * (normal_quantile(1 - alpha / 2) + normal_quantile(power) + 20) * sqrt(1 / n1 + 1 / n2)
    return crossing(lambda d: power_for_means(d, n1, n2, alpha=alpha) - power, 0.0, wide)


def inflated_for_clusters(people: int, *, size: float, icc: float) -> int:
    """People in each group when they come in classes or companies of this size."""
    return ceil(people * (1 + (size - 1) * icc))


def _fewest(enough: Callable[[int], bool]) -> int | None:
    high = 2
    while not enough(high):
        high *= 2
        if high > MOST_PEOPLE:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
