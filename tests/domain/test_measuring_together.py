"""How many people places reach together, and what that can show: against statsmodels and by hand."""

import pytest
from statsmodels.stats.power import NormalIndPower, TTestIndPower
from statsmodels.stats.proportion import proportion_effectsize

from kb.domain.content import (
    Cost,
    Delivery,
    Effect,
    MeasureKind,
    Measurement,
    Metric,
    PlannedMeasure,
    Study,
)
from kb.domain.evidence import Design
from kb.domain.measuring_together import common_indicator, participants_of, shared, sight, without_it
from tests.builders import a_content

PROMISE = PlannedMeasure("uitval", "20%")


def reaching(people: int, **changes: object):
    return a_content(delivery=(Delivery(reached=people),), **changes)


@pytest.mark.parametrize(
    ("changes", "people"),
    [
        ({}, None),
        ({"delivery": (Delivery(target=500),)}, None),
        ({"delivery": (Delivery(started=40, completed=30),)}, 40),
        ({"costs": (Cost(total=900, participants=60), Cost(total=900, participants=80))}, 80),
        ({"delivery": (Delivery(reached=70),), "costs": (Cost(participants=60),)}, 70),
    ],
)
def test_the_participants_of_a_place(changes, people):
    assert participants_of(a_content(**changes)) == people


@pytest.mark.parametrize(
    ("unit", "kind", "people"),
    [
        ("leerlingen", MeasureKind.REACH, 300),
        ("leerlingen (ongeveer)", MeasureKind.REACH, 300),
        ("bedrijven", MeasureKind.REACH, None),
        ("leerlingen", MeasureKind.TARGET, None),
    ],
)
def test_only_people_who_were_reached_count(unit, kind, people):
    measured = Measurement("x", "300", kind=kind, value=300, unit=unit)
    assert participants_of(a_content(measurements=(measured,))) == people


def test_without_comparison_group_the_share_is_where_a_difference_is_hardest_to_see():
    assert without_it([a_content()], "uitval") == 0.5


def test_with_comparison_groups_the_share_is_theirs():
    effects = tuple(Effect("uitval", Metric.RD, events_c=events, n_c=100) for events in (20, 40))
    study = Study("s", "Onderzoek", Design.RCT, effects=effects)
    assert without_it([a_content(studies=(study,))], "uitval") == pytest.approx(0.3)


def test_a_score_is_seen_as_statsmodels_has_it():
    found = sight([40, 60, 100], None)
    for people, seen in ((60, found.alone), (200, found.together)):
        expected = TTestIndPower().solve_power(nobs1=people, power=0.8, alpha=0.05)
        assert seen == pytest.approx(expected, abs=1e-4)


def test_a_share_is_seen_nearly_as_statsmodels_has_it():
    """It works on angles, we on the shares themselves; at one half and these sizes they agree to a point."""
    found = sight([40, 60, 100], 0.5)
    angle = NormalIndPower().solve_power(nobs1=200, power=0.8, alpha=0.05)
    assert proportion_effectsize(0.5 + found.together, 0.5) == pytest.approx(angle, rel=0.03)
    assert found.alone == pytest.approx(0.243, abs=0.005)


def test_whole_places_see_what_as_many_people_drawn_one_by_one_would_see():
    """Four places of 100: each person counts for 1/(1 + 99 * 0.10), so 400 people for 36.7."""
    found = sight([100] * 4, None)
    expected = TTestIndPower().solve_power(nobs1=int(400 / (1 + 99 * 0.10)), power=0.8, alpha=0.05)
    assert found.as_wholes == pytest.approx(expected, abs=1e-4)


def test_places_of_unequal_size_count_for_less_than_equal_ones():
    assert sight([10, 10, 10, 370], None).as_wholes > sight([100] * 4, None).as_wholes


def test_few_whole_places_see_nothing():
    assert sight([100] * 3, 0.5).as_wholes is None
    assert sight([100] * 4, 0.5).as_wholes is not None
    assert sight([2, 2], 0.5).together is None


def test_nothing_is_said_of_one_place_or_without_an_outcome():
    two = {"a": reaching(50, promises=(PROMISE,)), "b": reaching(70)}
    assert shared({"a": two["a"]}, "uitval", is_share=True).sight is None
    assert shared(two, "", is_share=True).sight is None
    found = shared(two, "uitval", is_share=True)
    assert (found.people, found.measuring, found.sight.baseline) == (120, 1, 0.5)


def test_a_place_that_told_nothing_is_a_place_without_a_number():
    found = shared({"a": reaching(50), "b": reaching(70), "c": a_content()}, "uitval", is_share=True)
    assert (len(found.places), found.known, found.people) == (3, (50, 70), 120)


def test_the_outcome_that_most_look_at_is_the_common_one():
    two = a_content(promises=(PROMISE, PlannedMeasure("uurloon", "+1")))
    one = a_content(promises=(PlannedMeasure("uurloon", "+2"),))
    assert common_indicator([two, one], ("uitval", "uurloon")) == "uurloon"
    assert common_indicator([two], ("uitval", "uurloon")) == "uitval"
    assert common_indicator([two, one], ("uitval",)) == "uitval"
    assert common_indicator([a_content()], ("uitval",)) == ""
