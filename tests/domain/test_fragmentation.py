"""How scattered initiatives are, on small cells that can be counted by hand."""

from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from kb.domain.statistics.bootstrap import chances, unequal


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


# Eight initiatives: four with one approach, two with another, two on their own.
EIGHT = _members("a", "a", "a", "a", "b", "b", "c", "d", indicators=frozenset("x"))


def test_a_chance_has_the_interval_of_drawing_again_and_again():
    cell = fragmentation(EIGHT)
    low, high = cell.different_approach_ci
    assert 0.3 < low < cell.different_approach < high <= 1
    assert fragmentation(list(EIGHT)).different_approach_ci == (low, high)


def test_the_draws_lie_around_the_chance_itself():
    # A pair of one initiative drawn twice counts as no pair; with it the draws would lie an eighth lower.
    kinds = [sorted(member.approaches) for member in EIGHT]
    assert chances(kinds, unequal).mean() == pytest.approx(chance_of_different([4, 2, 1, 1]), abs=0.02)


def test_more_initiatives_make_the_interval_smaller():
    few, many = fragmentation(EIGHT).different_approach_ci, fragmentation(EIGHT * 10).different_approach_ci
    assert many.hi - many.lo < (few.hi - few.lo) / 2


@pytest.mark.parametrize("members", [EIGHT[:4], _members(*"abcdefgh"), _members(*"aaaaaaaa")])
def test_too_few_or_nothing_that_varies_gives_no_interval(members):
    assert fragmentation(members).different_approach_ci is None


def test_meetversnippering_has_its_interval_and_leaves_out_who_measured_nothing():
    members = [Member(indicators=frozenset(name)) for name in ("ab", "bc", "d", "ab", "d", "e")]
    low, high = fragmentation([*members, Member()]).nothing_in_common_ci
    assert 0 <= low < chance_of_nothing_shared(m.indicators for m in members) < high <= 1


def test_the_share_that_was_evaluated_has_an_interval_also_where_nobody_was():
    assert fragmentation(_members(*"abcde")).evaluated_share_ci == pytest.approx((0, 0.4345), abs=1e-4)
    assert fragmentation([]).evaluated_share_ci is None


@given(st.lists(st.sampled_from("abcd"), max_size=20), st.randoms())
def test_the_order_of_initiatives_changes_no_figure(names, random):
    turned = list(names)
    random.shuffle(turned)
    plain, other = fragmentation(_members(*names)), fragmentation(_members(*turned))
    assert other.different_approach == plain.different_approach
    assert other.effective_by_share == plain.effective_by_share
    assert (other.spot, other.single_share) == (plain.spot, plain.single_share)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12))
def test_no_figure_leaves_its_bounds(sizes):
    chance, total = chance_of_different(sizes), sum(sizes)
    assert chance is None or 0 <= chance <= 1
    assert 1 - 1e-9 <= effective_by_share(sizes) <= effective_by_entropy(sizes) + 1e-9 <= len(sizes) + 1e-8
    assert chance is None or chance == pytest.approx(
        (1 - sum((n / total) ** 2 for n in sizes)) * total / (total - 1)
    )
