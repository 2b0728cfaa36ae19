"""How far the figures of fragmentation could lie from the truth: drawn again and again from what there is."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from random import Random
from typing import TypeVar

from kb.domain.evidence import Interval

# Below this many initiatives a draw says nothing about others.
ENOUGH_TO_DRAW = 5
DRAWS = 1_000
SEED = 2022
LOW, HIGH = 0.025, 0.975

K = TypeVar("K", bound=Hashable)


def interval_of_chance(
    kinds: Sequence[Sequence[K]], differs: Callable[[K, K], bool], *, draws: int = DRAWS
) -> Interval | None:
    """The 95% interval of the chance that two initiatives differ; each gives the kinds that it counts in.

    The same input gives the same interval. None below five initiatives, or where every draw says the same:
    nothing varied, which is no certainty. A pair of one initiative drawn twice is left out, or every draw
    would find too much that is alike.
    """
    if len(kinds) < ENOUGH_TO_DRAW:
        return None
    # The same draws each time: a figure may not change by looking again.
    random = Random(SEED)  # noqa: S311
    found = sorted(chances(kinds, differs, random, draws))
    return _middle(found) if found and found[0] < found[-1] else None


def chances(
    kinds: Sequence[Sequence[K]], differs: Callable[[K, K], bool], random: Random, draws: int
) -> Iterator[float]:
    apart = _pairs_apart({kind for each in kinds for kind in each}, differs)
    for _ in range(draws):
        times = Counter(random.choices(range(len(kinds)), k=len(kinds)))
        weights: Counter[K] = Counter()
        twice = 0
        for index, number in times.items():
            for kind in kinds[index]:
                weights[kind] += number
                twice += number * number
        pairs = weights.total() ** 2 - twice
        if pairs:
            yield 2 * sum(weights[one] * weights[other] for one, other in apart) / pairs


def _pairs_apart(kinds: Iterable[K], differs: Callable[[K, K], bool]) -> list[tuple[K, K]]:
    return [(one, other) for one, other in combinations(kinds, 2) if differs(one, other)]


def _middle(ordered: Sequence[float]) -> Interval:
    last = len(ordered) - 1
    return Interval(ordered[round(LOW * last)], ordered[round(HIGH * last)])
