"""How scattered initiatives are within one recommendation, region and year; never a league table."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import exp, fsum, log

from kb.domain.evidence import Interval
from kb.domain.statistics.bootstrap import disjoint, interval_of_chance, unequal
from kb.domain.statistics.effects import wilson

CROWDED_FROM = 3


@dataclass(frozen=True, slots=True)
class Member:
    """One initiative as it counts here: its approaches, its indicators, whether anyone evaluated it."""

    approaches: frozenset[str] = frozenset()
    indicators: frozenset[str] = frozenset()
    evaluated: bool = False
    measured: bool = False


class Spot(StrEnum):
    """A place on the map of recommendations by region."""

    WHITE = "white"
    CROWDED = "crowded"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Fragmentation:
    """The figures of one cell; None where too little is known to tell.

    `different_approach` is the chance that two initiatives use different approaches, `nothing_in_common`
    that two share no indicator (meetversnippering). Initiatives of which no approach or indicator is known
    stay out of those figures and are counted apart. The intervals are of 95%: drawn again and again for both
    chances, Wilson's for the share that was evaluated.
    """

    initiatives: int
    approaches: int
    without_approach: int
    without_indicator: int
    different_approach: float | None
    different_approach_ci: Interval | None
    effective_by_share: float | None
    effective_by_entropy: float | None
    single_share: float | None
    initiatives_per_approach: float | None
    nothing_in_common: float | None
    nothing_in_common_ci: Interval | None
    evaluated_share: float | None
    evaluated_share_ci: Interval | None
    spot: Spot


def fragmentation(members: Sequence[Member]) -> Fragmentation:
    counts = Counter(approach for member in members for approach in member.approaches)
    sizes = list(counts.values())
    with_approach = sum(bool(member.approaches) for member in members)
    evaluated = sum(member.evaluated for member in members)
    return Fragmentation(
        initiatives=len(members),
        approaches=len(sizes),
        without_approach=len(members) - with_approach,
        without_indicator=sum(not member.indicators for member in members),
        different_approach=chance_of_different(sizes),
        different_approach_ci=_approach_interval(members),
        effective_by_share=effective_by_share(sizes),
        effective_by_entropy=effective_by_entropy(sizes),
        single_share=sizes.count(1) / len(sizes) if sizes else None,
        initiatives_per_approach=with_approach / len(sizes) if sizes else None,
        nothing_in_common=chance_of_nothing_shared(member.indicators for member in members),
        nothing_in_common_ci=_indicator_interval(members),
        evaluated_share=evaluated / len(members) if members else None,
        evaluated_share_ci=wilson(evaluated, len(members)) if members else None,
        spot=spot(members),
    )


def chance_of_different(sizes: Sequence[int]) -> float | None:
    """1 - Σn(n-1) / (N(N-1)): Gini-Simpson without bias; None below two."""
    total = sum(sizes)
    if total < 2:
        return None
    return 1 - sum(n * (n - 1) for n in sizes) / (total * (total - 1))


def effective_by_share(sizes: Sequence[int]) -> float | None:
    """1/HHI: as many approaches of equal size would be as concentrated."""
    total = sum(sizes)
    return 1 / fsum((n / total) ** 2 for n in sizes) if total else None


def effective_by_entropy(sizes: Sequence[int]) -> float | None:
    """exp(H): the same, with more ear for the small ones."""
    total = sum(sizes)
    return exp(-fsum(n / total * log(n / total) for n in sizes if n)) if total else None


def chance_of_nothing_shared(sets: Iterable[frozenset[str]]) -> float | None:
    """The chance that two of these share nothing; empty sets stay out, None below two."""
    kinds = Counter(one for one in sets if one)
    total = sum(kinds.values())
    if total < 2:
        return None
    apart = sum(n * m for (one, n), (other, m) in combinations(kinds.items(), 2) if one.isdisjoint(other))
    return 2 * apart / (total * (total - 1))


def spot(members: Sequence[Member]) -> Spot:
    """White without initiatives; crowded with three or more by three or more approaches, none measured."""
    if not members:
        return Spot.WHITE
    approaches = {approach for member in members for approach in member.approaches}
    many = len(members) >= CROWDED_FROM and len(approaches) >= CROWDED_FROM
    return Spot.CROWDED if many and not any(member.measured for member in members) else Spot.NEITHER


def _approach_interval(members: Iterable[Member]) -> Interval | None:
    known = [sorted(member.approaches) for member in members if member.approaches]
    return interval_of_chance(known, unequal)


def _indicator_interval(members: Iterable[Member]) -> Interval | None:
    known = [[member.indicators] for member in members if member.indicators]
    return interval_of_chance(known, disjoint)
