"""How far a chance that two differ could lie from the truth: drawn again and again from what there is."""

from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
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
FEW = 100
# So many members are drawn at once; a larger group adds blocks of them.
BLOCK = 1_000

K = TypeVar("K", bound=Hashable)
Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Counts = npt.NDArray[np.uint8]
# Of the kinds and how heavy each is in each draw: the weight of all pairs that differ, in each draw.
Differing = Callable[[Sequence[K], Singles], Floats]


def interval_of_chance(kinds: Sequence[Sequence[K]], differing: Differing[K]) -> Interval | None:
    """The 95% interval of the chance that two members differ; each gives the kinds that it counts in.

    None below five members, or where every draw says the same: nothing varied, which is no certainty.
    """
    if len(kinds) < ENOUGH_TO_DRAW:
        return None
    found = chances(kinds, differing)
    if not len(found) or np.ptp(found) == 0:
        return None
    low, high = np.quantile(found, (LOW, HIGH))
    return Interval(float(low), float(high))


def chances(kinds: Sequence[Sequence[K]], differing: Differing[K]) -> Floats:
    """The chance in each draw; a draw of one and the same member is left out.

    A pair of one member drawn twice is no pair, or every draw would find too much that is alike.

    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - 7 MB in each worker, for one page

    names = tuple(dict.fromkeys(kind for each in kinds for kind in each))
    places = {name: place for place, name in enumerate(names)}
    columns = [places[kind] for each in kinds for kind in each]
    sizes = np.array([len(each) for each in kinds], dtype=np.float32)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    members = csr_array((np.ones(len(columns), np.float32), columns, starts), (len(kinds), len(places)))
    times = _times(len(kinds)).astype(np.float32)
    weights: Singles = (members.T @ times.T).T
    pairs = weights.sum(axis=1, dtype=np.float64) ** 2 - (times**2 @ sizes).astype(np.float64)
    different = differing(names, weights)
    found: Floats = different[pairs > 0] / pairs[pairs > 0]
    return found


def unequal(_names: Sequence[K], weights: Singles) -> Floats:
    """Two kinds differ unless they are the same one."""
    exact = weights.astype(np.float64)
    found: Floats = exact.sum(axis=1) ** 2 - (exact**2).sum(axis=1)
    return found


def disjoint(names: Sequence[frozenset[str]], weights: Singles) -> Floats:
    """Two sets differ when they have nothing in common."""
    apart = np.array([[one.isdisjoint(other) for other in names] for one in names], dtype=np.float32)
    found: Floats = ((weights @ apart) * weights).sum(axis=1, dtype=np.float64)
    return found


def _times(members: int) -> Counts:
    """How often each member comes along in each draw.

    Of few as many are drawn as there are. Of many each comes along on its own, after Poisson with mean 1:
    that is what the first comes to (Hanley and MacGibbon 2006, Comput Methods Programs Biomed 83:57-62), and
    one set of draws serves every group, which is several times as fast.
    """
    if members <= FEW:
        even = np.full(members, 1 / members)
        return np.random.default_rng(SEED).multinomial(members, even, size=DRAWS).astype(np.uint8)
    blocks = [_block(number) for number in range(-(-members // BLOCK))]
    return np.concatenate(blocks, axis=1)[:, :members]


@lru_cache(maxsize=32)
def _block(number: int) -> Counts:
    return np.random.default_rng((SEED, number)).poisson(1, (DRAWS, BLOCK)).astype(np.uint8)
