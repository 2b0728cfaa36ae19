"""Groups of initiatives that look like one approach: by average link, where every pair counts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kb.search.similar import Lookalikes

AVERAGE_LINK = 0.35
# A heap of more than this is first parted where the likeness is least; none of that size was ever seen.
MOST_TOGETHER = 1_500
STEP = 0.05


@dataclass(frozen=True, slots=True)
class Pair:
    one: int
    other: int
    score: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """At least two initiatives, with how much they look alike on average."""

    keys: tuple[int, ...]
    score: float


def clusters(known: Lookalikes, pairs: Iterable[Pair], at_least: float = AVERAGE_LINK) -> tuple[Cluster, ...]:
    """The groups, most alike first.

    Two groups become one while the mean over all pairs between them is at least this much. Then one pair is
    at least that alike, so every group lies within a heap that hangs together by `pairs`, and only heaps are
    compared in full.
    """
    heaps = _heaps([pair for pair in pairs if pair.one in known and pair.other in known], at_least)
    found = (each for heap in heaps for each in _parted(known, heap, at_least))
    return tuple(sorted(found, key=lambda each: (-each.score, each.keys)))


def _heaps(pairs: Sequence[Pair], at_least: float) -> Iterator[list[int]]:
    """What hangs together, directly or by others."""
    from scipy.sparse import coo_array  # noqa: PLC0415 - 20 MB, for a deed of the office
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    near = [pair for pair in pairs if pair.score >= at_least]
    keys = sorted({key for pair in near for key in (pair.one, pair.other)})
    if not keys:
        return
    places = {key: place for place, key in enumerate(keys)}
    ends = [places[pair.one] for pair in near], [places[pair.other] for pair in near]
    graph = coo_array((np.ones(len(near)), ends), shape=(len(keys), len(keys)))
    _number, labels = connected_components(graph, directed=False)
    for label in range(labels.max() + 1):
        heap = [keys[place] for place in np.flatnonzero(labels == label)]
        inside = set(heap)
        if len(heap) <= MOST_TOGETHER:
            yield heap
        else:
            yield from _heaps([pair for pair in near if pair.one in inside], at_least + STEP)


def _parted(known: Lookalikes, heap: list[int], at_least: float) -> Iterator[Cluster]:
    from scipy.cluster.hierarchy import fcluster, linkage  # noqa: PLC0415 - as above
    from scipy.spatial.distance import squareform  # noqa: PLC0415

    alike = known.likeness(heap).astype(np.float64)
    steps = linkage(squareform(1 - alike, checks=False), "average")
    # A little room: sums of single precision end just beside the border.
    labels = fcluster(steps, 1 - at_least + 1e-6, "distance")
    for label in sorted(set(labels.tolist())):
        members = np.flatnonzero(labels == label)
        if len(members) > 1:
            among = alike[np.ix_(members, members)]
            mean = float(among[np.triu_indices(len(members), 1)].mean())
            yield Cluster(tuple(sorted(heap[place] for place in members)), mean)
