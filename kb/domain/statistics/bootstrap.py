"""How far a chance that two differ could lie from the truth: drawn again and again from what there is."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from kb.domain.evidence import Interval

# Below this many initiatives a draw says nothing about others.
ENOUGH_TO_DRAW = 5
DRAWS = 1_000
# The same draws each time: a figure may not change by looking again.
SEED = 2022
LOW, HIGH = 0.025, 0.975

K = TypeVar("K", bound=Hashable)
Floats = npt.NDArray[np.float64]


def interval_of_chance(kinds: Sequence[Sequence[K]], differs: Callable[[K, K], bool]) -> Interval | None:
    """The 95% interval of the chance that two members differ; each gives the kinds that it counts in.

    None below five members, or where every draw says the same: nothing varied, which is no certainty.
    """
    if len(kinds) < ENOUGH_TO_DRAW:
        return None
    found = chances(kinds, differs)
    if not len(found) or np.ptp(found) == 0:
        return None
    low, high = np.quantile(found, (LOW, HIGH))
    return Interval(float(low), float(high))


def chances(kinds: Sequence[Sequence[K]], differs: Callable[[K, K], bool], draws: int = DRAWS) -> Floats:
    """The chance in each draw; a draw of one and the same member is left out.

    A pair of one member drawn twice is no pair, or every draw would find too much that is alike.
    """
    names = list(dict.fromkeys(kind for each in kinds for kind in each))
    members = np.array([[name in each for name in names] for each in kinds], dtype=float)
    apart = np.array([[differs(one, other) for other in names] for one in names], dtype=float)
    even = np.full(len(kinds), 1 / len(kinds))
    times = np.random.default_rng(SEED).multinomial(len(kinds), even, size=draws).astype(float)
    weights = times @ members
    pairs = weights.sum(axis=1) ** 2 - times**2 @ members.sum(axis=1)
    different = ((weights @ apart) * weights).sum(axis=1)
    found: Floats = different[pairs > 0] / pairs[pairs > 0]
    return found
