"""Groups by average link: against scipy on all pairs at once, and on figures that can be counted by hand."""

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from kb.search.clustering import AVERAGE_LINK, Pair, clusters
from kb.search.similar import Profile, profiles


class Known:
    """Likeness as it is told, instead of computed from texts."""

    def __init__(self, alike: np.ndarray) -> None:
        self.alike = alike

    def __contains__(self, key: int) -> bool:
        return key < len(self.alike)

    def likeness(self, keys):
        return self.alike[np.ix_(keys, keys)].astype(np.float32)

    def pairs(self) -> list[Pair]:
        size = len(self.alike)
        return [
            Pair(one, other, float(self.alike[one, other]))
            for one in range(size)
            for other in range(one + 1, size)
            if self.alike[one, other] >= AVERAGE_LINK
        ]


def told(*rows: list[float]) -> Known:
    alike = np.eye(len(rows))
    for one, row in enumerate(rows):
        for other, score in enumerate(row):
            alike[one, other] = alike[other, one] = score
    return Known(alike)


def test_a_third_joins_only_when_it_looks_enough_like_both_on_average():
    # The third looks 0.5 like the first; with 0.2 to the second the mean is 0.35, with 0.18 it is less.
    joins, stays = told([], [0.9], [0.5, 0.2]), told([], [0.9], [0.5, 0.18])
    assert [each.keys for each in clusters(joins, joins.pairs())] == [(0, 1, 2)]
    assert [each.keys for each in clusters(stays, stays.pairs())] == [(0, 1)]


def test_the_score_of_a_group_is_the_mean_over_its_pairs():
    [found] = clusters(known := told([], [0.9], [0.5, 0.4]), known.pairs())
    assert found.score == pytest.approx(0.6)


@pytest.mark.parametrize("seed", range(5))
def test_heap_by_heap_gives_what_all_pairs_at_once_give(seed):
    rng = np.random.default_rng(seed)
    places = rng.random((60, 2))
    far = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2))
    known = Known(np.maximum(0, 1 - 4 * far))
    labels = fcluster(linkage(squareform(1 - known.alike, checks=False), "average"), 0.65, "distance")
    expected = {
        tuple(np.flatnonzero(labels == label).tolist())
        for label in set(labels.tolist())
        if (labels == label).sum() > 1
    }
    assert len(expected) > 3
    assert {each.keys for each in clusters(known, known.pairs())} == expected


def test_without_pairs_there_are_no_groups_and_one_that_is_gone_is_looked_past():
    known = told([], [0.9], [0.5, 0.4])
    assert clusters(known, []) == ()
    assert [each.keys for each in clusters(known, [*known.pairs(), Pair(2, 99, 0.9)])] == [(0, 1, 2)]


def test_texts_that_look_alike_are_one_group_with_the_likeness_of_who_does_this_too():
    words = "Leerlingen gaan langs bedrijven en proberen techniek"
    known = profiles(
        [
            Profile(1, "Techniekroute Twente", words),
            Profile(2, "Techniekroute Zeeland", words),
            Profile(3, "Vierdaagse werkweek", "Een bedrijf laat mensen vier dagen werken"),
        ]
    )
    alike = known.alike_to(1, AVERAGE_LINK)
    near = {one.key: one.score for one in known.nearest(Profile(1, "Techniekroute Twente", words))}
    assert alike == pytest.approx({2: near[2]})
    assert [each.keys for each in clusters(known, [Pair(1, 2, alike[2])])] == [(1, 2)]
