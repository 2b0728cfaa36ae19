"""How scattered initiatives are, on small cells that can be counted by hand."""

from math import exp, log

import pytest

from kb.domain.fragmentation import (
    Member,
    Spot,
    chance_of_different,
    chance_of_nothing_shared,
    effective_by_entropy,
    effective_by_share,
    fragmentation,
    spot,
)


def _members(*approaches: str, **changes: object) -> list[Member]:
    return [Member(frozenset([name]), **changes) for name in approaches]


@pytest.mark.parametrize(
    ("sizes", "chance"),
    [([], None), ([1], None), ([2], 0.0), ([1, 1], 1.0), ([2, 1], 2 / 3), ([5, 3, 2], 31 / 45)],
)
def test_the_chance_that_two_initiatives_use_another_approach(sizes, chance):
    assert chance_of_different(sizes) == (None if chance is None else pytest.approx(chance))


def test_the_effective_number_of_approaches():
    assert effective_by_share([5, 5, 5, 5]) == pytest.approx(4)
    assert effective_by_entropy([5, 5, 5, 5]) == pytest.approx(4)
    assert effective_by_share([3, 1]) == pytest.approx(1 / (0.75**2 + 0.25**2))
    assert effective_by_entropy([3, 1]) == pytest.approx(exp(-0.75 * log(0.75) - 0.25 * log(0.25)))
    assert effective_by_share([]) is None
    assert effective_by_entropy([]) is None


def test_the_chance_that_two_initiatives_share_no_indicator():
    sets = [frozenset(name) for name in ("ab", "bc", "d", "ab")] + [frozenset()]
    # Of the six pairs of the four that measure, d shares nothing with the other three.
    assert chance_of_nothing_shared(sets) == pytest.approx(0.5)
    assert chance_of_nothing_shared(sets[:1]) is None


def test_a_cell_tells_its_figures_and_what_is_unknown():
    cell = fragmentation([*_members("a", "a", "b", evaluated=True), Member()])
    assert (cell.initiatives, cell.approaches, cell.without_approach, cell.without_indicator) == (4, 2, 1, 4)
    assert cell.different_approach == pytest.approx(2 / 3)
    assert cell.single_share == 0.5
    assert cell.initiatives_per_approach == 1.5
    assert cell.nothing_in_common is None
    assert cell.evaluated_share == 0.75


def test_an_empty_cell_has_no_figures():
    cell = fragmentation([])
    assert (cell.initiatives, cell.different_approach, cell.single_share, cell.evaluated_share) == (
        0,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ([], Spot.WHITE),
        (_members("a", "b", "c"), Spot.CROWDED),
        (_members("a", "b", "b"), Spot.NEITHER),
        (_members("a", "b"), Spot.NEITHER),
        ([*_members("a", "b", "c"), Member(measured=True)], Spot.NEITHER),
    ],
)
def test_white_and_crowded_spots(members, expected):
    assert spot(members) is expected
