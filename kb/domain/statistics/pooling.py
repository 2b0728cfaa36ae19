"""Several studies as one figure: estimate, interval, how much they differ, what a new place may expect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, sqrt

from kb.domain.evidence import Interval
from kb.domain.statistics import heterogeneity
from kb.domain.statistics.distributions import chi2_sf, normal_quantile, t_quantile, t_sf
from kb.domain.statistics.heterogeneity import Numbers

PREDICTION_FROM = 5
EGGER_FROM = 10
SUBGROUP_FROM = 3


class Method(StrEnum):
    """How tau² is estimated; EE takes one common effect."""

    REML = "REML"
    DL = "DL"
    PM = "PM"
    EE = "EE"


@dataclass(frozen=True, slots=True)
class Estimates:
    """What each study found, with its variance, and how to take them together."""

    yi: tuple[float, ...]
    vi: tuple[float, ...]
    method: Method


@dataclass(frozen=True, slots=True)
class Pooled:
    """Studies taken together. `se` is the plain 1/√Σw; the interval has the Hartung-Knapp scale in it.

    `tau2_ci` and `pi` are None with a common effect, `pi` also below five studies. `q` is Cochran's.
    """

    k: int
    estimate: float
    se: float
    ci: Interval
    tau2: float
    tau2_ci: Interval | None
    i2: float
    q: float
    q_df: int
    q_p: float
    pi: Interval | None


@dataclass(frozen=True, slots=True)
class Egger:
    """Whether small studies report larger effects: the intercept of yi/se on 1/se."""

    intercept: float
    se: float
    t: float
    df: int
    p: float


@dataclass(frozen=True, slots=True)
class Subgroups:
    """The pooled result of each group of three studies or more, and whether they differ."""

    groups: Mapping[str, Pooled]
    q_between: float
    df: int
    p: float


def pool(yi: Numbers, vi: Numbers, method: Method = Method.REML) -> Pooled:
    """Two studies at least; the caller decides whether they may be pooled at all."""
    if len(yi) < 2 or len(yi) != len(vi) or min(vi) <= 0:
        raise ValueError("pooling takes two estimates or more, each with a variance above zero")
    tau2 = heterogeneity.ESTIMATORS[method](yi, vi)
    common = method is Method.EE
    w = heterogeneity.weights(vi, tau2)
    estimate, se, df = heterogeneity.weighted_mean(yi, w), 1 / sqrt(fsum(w)), len(yi) - 1
    # Never narrower than the plain interval: with q below 1 studies agree by luck.
    scale = 1.0 if common else max(1.0, heterogeneity.spread(yi, vi, tau2) / df)
    quantile = normal_quantile(0.975) if common else t_quantile(0.975, df)
    q = heterogeneity.spread(yi, vi)
    predicts = not common and len(yi) >= PREDICTION_FROM
    return Pooled(
        k=len(yi),
        estimate=estimate,
        se=se,
        ci=_around(estimate, quantile * se * sqrt(scale)),
        tau2=tau2,
        tau2_ci=None if common else Interval(*heterogeneity.q_profile(yi, vi)),
        i2=100 * (tau2 / (tau2 + heterogeneity.typical_variance(vi))),
        q=q,
        q_df=df,
        q_p=chi2_sf(q, df),
        pi=_around(estimate, quantile * sqrt(tau2 + se * se * scale)) if predicts else None,
    )


def pool_estimates(estimates: Estimates) -> Pooled:
    return pool(estimates.yi, estimates.vi, estimates.method)


def leave_one_out(yi: Numbers, vi: Numbers, method: Method = Method.REML) -> tuple[Pooled, ...]:
    """The result without each study in turn; three studies at least."""
    return tuple(pool(_without(yi, i), _without(vi, i), method) for i in range(len(yi)))


def sensitivity(yi: Numbers, vi: Numbers) -> Mapping[Method, Pooled]:
    """The same studies by the other estimators, to show beside REML."""
    return {method: pool(yi, vi, method) for method in (Method.DL, Method.PM)}


def egger(yi: Numbers, vi: Numbers) -> Egger | None:
    """Nothing below ten studies: it would see patterns in noise."""
    if len(yi) < EGGER_FROM:
        return None
    x = [1 / sqrt(v) for v in vi]
    z = [y / sqrt(v) for y, v in zip(yi, vi, strict=True)]
    k, mean_x, mean_z = len(x), fsum(x) / len(x), fsum(z) / len(z)
    squares = fsum((a - mean_x) ** 2 for a in x)
    if squares == 0:
        return None
    slope = fsum((a - mean_x) * (b - mean_z) for a, b in zip(x, z, strict=True)) / squares
    intercept = mean_z - slope * mean_x
    rest = fsum((b - intercept - slope * a) ** 2 for a, b in zip(x, z, strict=True)) / (k - 2)
    se = sqrt(rest * (1 / k + mean_x**2 / squares))
    t = intercept / se if se else 0.0
    return Egger(intercept, se, t, k - 2, 2 * t_sf(abs(t), k - 2))


def subgroups(
    yi: Numbers, vi: Numbers, names: Sequence[str], method: Method = Method.REML
) -> Subgroups | None:
    """Nothing unless two groups or more have three studies or more; smaller groups are left out."""
    members = {name: [i for i, other in enumerate(names) if other == name] for name in dict.fromkeys(names)}
    groups = {
        name: pool([yi[i] for i in chosen], [vi[i] for i in chosen], method)
        for name, chosen in members.items()
        if len(chosen) >= SUBGROUP_FROM
    }
    if len(groups) < 2:
        return None
    means, variances = zip(*((group.estimate, group.se**2) for group in groups.values()), strict=True)
    between = heterogeneity.spread(means, variances)
    return Subgroups(groups, between, len(groups) - 1, chi2_sf(between, len(groups) - 1))


def _around(middle: float, half: float) -> Interval:
    return Interval(middle - half, middle + half)


def _without(numbers: Numbers, index: int) -> Numbers:
    return [*numbers[:index], *numbers[index + 1 :]]
