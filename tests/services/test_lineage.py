"""Taken over from, taken over by: an address counts for where it leads today, and nothing hidden is named."""

import pytest

from kb.domain.people import Person
from kb.domain.workflow import Role
from kb.services import merging, reading, reviewing
from tests.builders import a_content
from tests.initiatives import publish

CARO = Person(3, Role.REVIEWER, "Caro")


@pytest.fixture
def lineage(runtime):
    def look(slug: str):
        with runtime.work() as work:
            found = reading.initiative_page(work, slug).lineage
        return [each.slug for each in found.origins], [each.card.slug for each in found.takers], found.hidden

    return look


@pytest.fixture
def merge(runtime):
    def deed(goes: str, stays: str) -> None:
        with runtime.work(writing=True) as work:
            number = reading.initiative_page(work, stays).revision_number
            merging.merge(work, CARO, goes, stays, {}, based_on=number, reason="Hetzelfde")

    return deed


def test_both_pages_tell_it(runtime, lineage):
    origin = publish(runtime, a_content("Techniekroute Twente"))
    taker = publish(runtime, a_content("Techniekroute Zeeland", adopted_from=(origin,)))
    assert lineage(taker) == ([origin], [], 0)
    assert lineage(origin) == ([], [taker], 0)


def test_after_a_merge_of_the_origin_it_leads_to_the_one_that_stayed_and_undone_it_leads_back(
    runtime, lineage, merge
):
    origin = publish(runtime, a_content("Techniekroute Twente"))
    taker = publish(runtime, a_content("Techniekroute Zeeland", adopted_from=(origin,)))
    stays = publish(runtime, a_content("Route Techniek"))
    last = publish(runtime, a_content("Routes"))
    merge(origin, stays)
    assert lineage(taker) == ([stays], [], 0)
    assert lineage(stays) == ([], [taker], 0)
    merge(stays, last)
    assert lineage(taker) == ([last], [], 0)
    assert lineage(last) == ([], [taker], 0)
    with runtime.work(writing=True) as work:
        merging.split(work, CARO, stays)
    assert lineage(taker) == ([stays], [], 0)
    assert lineage(last) == ([], [], 0)


def test_who_is_merged_with_its_own_origin_came_from_nobody(runtime, lineage, merge):
    origin = publish(runtime, a_content("Techniekroute Twente"))
    taker = publish(runtime, a_content("Techniekroute Zeeland", adopted_from=(origin,)))
    merge(taker, origin)
    assert lineage(origin) == ([], [], 0)


def test_two_that_took_over_from_different_places_keep_both_when_merged(runtime, lineage, merge):
    origins = [publish(runtime, a_content(title)) for title in ("Techniekroute Twente", "Route Zwolle")]
    goes = publish(runtime, a_content("Route Noord", adopted_from=(origins[0],)))
    stays = publish(runtime, a_content("Route Zuid", adopted_from=(origins[1],)))
    merge(goes, stays)
    assert lineage(stays) == (sorted(origins), [], 0)
    assert lineage(origins[0]) == ([], [stays], 0)


def test_an_origin_that_was_withdrawn_is_counted_and_not_named(runtime, lineage):
    origin = publish(runtime, a_content("Techniekroute Twente"))
    taker = publish(runtime, a_content("Techniekroute Zeeland", adopted_from=(origin,)))
    with runtime.work(writing=True) as work:
        reviewing.withdraw(work, CARO, origin, reason="Gestopt")
    assert lineage(taker) == ([], [], 1)


def test_who_was_withdrawn_is_no_longer_named_at_the_origin(runtime, lineage):
    origin = publish(runtime, a_content("Techniekroute Twente"))
    taker = publish(runtime, a_content("Techniekroute Zeeland", adopted_from=(origin,)))
    with runtime.work(writing=True) as work:
        reviewing.withdraw(work, CARO, taker, reason="Gestopt")
    assert lineage(origin) == ([], [], 0)
