"""Effect sizes: the difference between two groups, how uncertain it is, and what it means for 100 people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import exp, fsum, lgamma, log, sqrt

from kb.domain.evidence import Interval
from kb.domain.statistics.distributions import normal_quantile

Z95 = normal_quantile(0.975)
# Outcomes of one study hang together; this is how much when nobody measured it.
RHO = 0.6
# Added to every cell of a table that has an empty one, so that its logarithm exists.
CONTINUITY = 0.5
SMALLEST_SPREAD = 1e-12
# Of a larger logarithm the ratio itself is no number any more.
LARGEST_LOG = 700.0
# Above this the difference of two log-gammas loses more than the series does.
MANY_DEGREES = 10_000


@dataclass(frozen=True, slots=True)
class Means:
    """Mean, standard deviation and number of people of both groups; the first is the initiative's."""

    m1: float
    sd1: float
    n1: int
    m2: float
    sd2: float
    n2: int

    @property
    def can_be_compared(self) -> bool:
        """One person has no spread, and without any spread a standardised difference has no end."""
        return min(self.n1, self.n2) >= 2 and max(self.sd1, self.sd2) >= SMALLEST_SPREAD


@dataclass(frozen=True, slots=True)
class Counts:
    """Events and people of both groups: a of n1 in the initiative's, c of n2 in the other."""

    a: float
    n1: float
    c: float
    n2: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups and the metric to compare them by: smd or md for means, rd, rr or or for counts."""

    metric: str
    groups: Means | Counts


@dataclass(frozen=True, slots=True)
class EffectSize:
    """An estimate with its variance and 95% interval; ratios are on the log scale, `rd` is a share."""

    yi: float
    vi: float
    ci: Interval
    metric: str


def effect_of(comparison: Comparison) -> EffectSize:
    if isinstance(comparison.groups, Means):
        return OF_MEANS[comparison.metric](comparison.groups)
    return OF_COUNTS[comparison.metric](comparison.groups)


def hedges_g(means: Means) -> EffectSize:
    df = means.n1 + means.n2 - 2
    pooled = sqrt(((means.n1 - 1) * means.sd1**2 + (means.n2 - 1) * means.sd2**2) / df)
    g = small_sample_correction(df) * (means.m1 - means.m2) / pooled
    return _wald(g, 1 / means.n1 + 1 / means.n2 + g**2 / (2 * (means.n1 + means.n2)), "smd")


def small_sample_correction(df: float) -> float:
    """J, exact; without it small studies look a little too good."""
    if df > MANY_DEGREES:
        return 1 - 3 / (4 * df) - 7 / (32 * df**2)
    return exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)


def mean_difference(means: Means) -> EffectSize:
    return _wald(means.m1 - means.m2, means.sd1**2 / means.n1 + means.sd2**2 / means.n2, "md")


def risk_difference(counts: Counts) -> EffectSize:
    """Difference of shares with Newcombe's interval, which stays within -1..1 and stands empty cells."""
    p1, p2 = counts.a / counts.n1, counts.c / counts.n2
    low1, high1 = wilson(counts.a, counts.n1)
    low2, high2 = wilson(counts.c, counts.n2)
    difference = p1 - p2
    low = difference - sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
    high = difference + sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)
    variance = p1 * (1 - p1) / counts.n1 + p2 * (1 - p2) / counts.n2
    return EffectSize(difference, variance, Interval(low, high), "rd")


def wilson(events: float, n: float) -> Interval:
    """The 95% score interval of one share."""
    share, z2 = events / n, Z95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n**2))
    return Interval(centre - half, centre + half)


def log_risk_ratio(counts: Counts) -> EffectSize:
    a, n1, c, n2 = _filled(counts)
    return _wald(log(a / n1) - log(c / n2), 1 / a - 1 / n1 + 1 / c - 1 / n2, "rr")


def log_odds_ratio(counts: Counts) -> EffectSize:
    a, n1, c, n2 = _filled(counts)
    b, d = n1 - a, n2 - c
    return _wald(log(a / b) - log(c / d), 1 / a + 1 / b + 1 / c + 1 / d, "or")


OF_MEANS: dict[str, Callable[[Means], EffectSize]] = {"smd": hedges_g, "md": mean_difference}
OF_COUNTS: dict[str, Callable[[Counts], EffectSize]] = {
    "rd": risk_difference,
    "rr": log_risk_ratio,
    "or": log_odds_ratio,
}


def difference_in_differences(t1: EffectSize, t0: EffectSize, c1: EffectSize, c0: EffectSize) -> EffectSize:
    """(t1 - t0) - (c1 - c0) of four independent figures; their variances add."""
    yi = (t1.yi - t0.yi) - (c1.yi - c0.yi)
    return _wald(yi, fsum(one.vi for one in (t1, t0, c1, c0)), t1.metric)


def for_clusters(effect: EffectSize, *, size: float, icc: float) -> EffectSize:
    """People of one class or company resemble each other, so they tell less than as many loose people."""
    design_effect = 1 + (size - 1) * icc
    stretch = sqrt(design_effect)
    low, high = (effect.yi + (end - effect.yi) * stretch for end in effect.ci)
    return replace(effect, vi=effect.vi * design_effect, ci=Interval(low, high))


def combined_outcomes(effects: Sequence[EffectSize], rho: float = RHO) -> EffectSize:
    """Several outcomes of one study as one: their mean, its variance by the correlation between them."""
    count = len(effects)
    errors = [sqrt(effect.vi) for effect in effects]
    squares = fsum(effect.vi for effect in effects)
    variance = (squares + rho * (fsum(errors) ** 2 - squares)) / count**2
    return _wald(fsum(effect.yi for effect in effects) / count, variance, effects[0].metric)


def more_of_every_100(value: float, metric: str, baseline_risk: float) -> float:
    """How many more of every 100 people, where without the initiative this share has the outcome."""
    if metric == "rd":
        return 100 * value
    if metric == "rr":
        return 100 * (min(1.0, baseline_risk * exp(min(value, LARGEST_LOG))) - baseline_risk)
    if metric == "or":
        odds = baseline_risk / (1 - baseline_risk) * exp(min(value, LARGEST_LOG))
        return 100 * (odds / (1 + odds) - baseline_risk)
    raise ValueError(f"{metric} does not count people")


def _filled(counts: Counts) -> tuple[float, float, float, float]:
    cells = (counts.a, counts.n1 - counts.a, counts.c, counts.n2 - counts.c)
    extra = CONTINUITY if 0 in cells else 0.0
    return counts.a + extra, counts.n1 + 2 * extra, counts.c + extra, counts.n2 + 2 * extra


def _wald(yi: float, vi: float, metric: str) -> EffectSize:
    half = Z95 * sqrt(vi)
    return EffectSize(yi, vi, Interval(yi - half, yi + half), metric)
