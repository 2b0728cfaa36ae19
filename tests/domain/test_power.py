"""How many people a comparison needs, against statsmodels and hand-made figures."""

import pytest
from statsmodels.stats.power import TTestIndPower

from kb.domain.statistics.power import (
    inflated_for_clusters,
    people_for_means,
    people_for_shares,
    power_for_means,
    power_for_shares,
    smallest_visible_d,
    smallest_visible_share,
)


@pytest.mark.parametrize(
    ("p1", "p2", "people"),
    [(0.40, 0.60, 97), (0.60, 0.40, 97), (0.10, 0.15, 686), (0.50, 0.53, 4356), (0, 1, 2)],
)
def test_people_to_see_two_shares_differ(p1, p2, people):
    assert people_for_shares(p1, p2) == people


def test_the_number_of_people_is_the_first_with_enough_power():
    assert power_for_shares(0.4, 0.6, 97, 97) >= 0.80 > power_for_shares(0.4, 0.6, 96, 96)


def test_equal_shares_never_differ():
    with pytest.raises(ValueError, match="never differ"):
        people_for_shares(0.4, 0.4)
    assert power_for_shares(0.4, 0.4, 100, 100) == pytest.approx(0.05)


@pytest.mark.parametrize("up", [True, False])
def test_the_smallest_visible_share_has_just_enough_power(up):
    share = smallest_visible_share(0.4, 97, 120, up=up)
    assert (share > 0.4) is up
    assert power_for_shares(share, 0.4, 97, 120) == pytest.approx(0.80)


def test_a_handful_of_people_shows_nothing():
    assert smallest_visible_share(0.4, 3, 3) is None
    assert smallest_visible_share(1.0, 500, 500) is None


@pytest.mark.parametrize("d", [0.1, 0.2, 0.5, 0.8, -0.5])
def test_people_to_see_two_means_differ(d):
    people = people_for_means(d)
    assert people - 1 < TTestIndPower().solve_power(abs(d), power=0.8, alpha=0.05) <= people


def test_no_number_of_people_shows_a_difference_of_nothing():
    assert people_for_means(0) is None


@pytest.mark.parametrize(("n1", "n2"), [(3, 3), (10, 10), (20, 40), (1000, 1000)])
def test_the_smallest_visible_difference_of_means(n1, n2):
    d = smallest_visible_d(n1, n2)
    assert power_for_means(d, n1, n2) == pytest.approx(0.80)
    assert TTestIndPower().power(d, n1, 0.05, n2 / n1) == pytest.approx(0.80, abs=1e-6)


def test_classes_ask_more_people():
    assert inflated_for_clusters(97, size=25, icc=0.05) == 214
    assert inflated_for_clusters(97, size=1, icc=0.05) == 97
