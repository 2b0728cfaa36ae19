"""Candidate groups: found once, decided by a reviewer, kept as long as the members are the same."""

import pytest

from kb.domain.clusters import ClusterState
from kb.domain.content import Approach
from kb.domain.people import PUBLIC, Person
from kb.domain.problems import Denied, Invalid, NotFound
from kb.domain.workflow import Role
from kb.runtime import EXTENSION
from kb.services import clusters, drafting, places, reading, reviewing
from kb.storage.approaches import save_approaches
from kb.storage.audit import broken_links
from tests.builders import a_content
from tests.initiatives import AUTHOR, publish

CARO = Person(3, Role.REVIEWER, "Caro")
PLACES = ("Twente", "Zwolle", "Utrecht", "Zeeland")
OTHER = "Een bedrijf laat technici vier dagen werken voor hetzelfde loon en meet of zij langer blijven."


@pytest.fixture
def do(runtime):
    def deed(what, *arguments, **options):
        with runtime.work(writing=True, origin="test") as work:
            return what(work, CARO, *arguments, **options)

    return deed


@pytest.fixture
def routes(runtime) -> list[str]:
    """Three of one kind in different places, and something else."""
    slugs = [publish(runtime, a_content(f"Techniekroute {place}")) for place in PLACES[:3]]
    publish(runtime, a_content("Vierdaagse werkweek", summary=OTHER, recommendations=("6",), levels=("hbo",)))
    clusters.find(runtime.work)
    return slugs


def waiting(do) -> list[list[str]]:
    return [[one.card.slug for one in found.members] for found in do(clusters.queue).waiting]


def one(do) -> clusters.Candidate:
    [found] = do(clusters.queue).waiting
    return found


def carried(runtime, slug: str) -> tuple[str, ...]:
    with runtime.work() as work:
        return reading.initiative_page(work, slug).content.approaches


def test_what_looks_alike_waits_as_one_group(do, routes):
    assert waiting(do) == [routes]
    assert one(do).score > 0.35


def test_accepted_all_carry_a_new_approach_and_the_group_is_gone(runtime, do, routes):
    found = one(do)
    do(clusters.accept, found.key, [each.id for each in found.members], name="Route langs bedrijven")
    assert {carried(runtime, slug) for slug in routes} == {("route-langs-bedrijven",)}
    with runtime.work() as work:
        page = places.approach_page(work, "route-langs-bedrijven")
        assert broken_links(work.session) == []
    assert len(page.initiatives) == 3
    clusters.find(runtime.work)
    assert waiting(do) == []


def test_undone_who_got_it_has_it_no_more_and_who_had_it_keeps_it(runtime, do, routes):
    with runtime.work(writing=True) as work:
        save_approaches(work.session, [Approach("route", "Techniekroute")])
        number = drafting.look(work, AUTHOR, routes[0]).number
        draft = drafting.edit(work, AUTHOR, routes[0], a_content(approaches=("route",)), based_on=number)
        drafting.submit(work, AUTHOR, routes[0], based_on=draft.number)
        reviewing.publish(work, CARO, routes[0], based_on=draft.number)
    clusters.find(runtime.work)
    found = one(do)
    assert found.carried == {"route": "Techniekroute"}
    do(clusters.accept, found.key, [each.id for each in found.members], slug="route")
    assert {carried(runtime, slug) for slug in routes} == {("route",)}
    do(clusters.undo, found.key)
    assert [carried(runtime, slug) for slug in routes] == [("route",), (), ()]
    assert waiting(do) == [routes]


def test_a_version_that_is_under_way_gets_it_too_and_stays_as_far_as_it_was(runtime, do, routes):
    with runtime.work(writing=True) as work:
        draft = drafting.look(work, AUTHOR, routes[1])
        drafting.edit(
            work, AUTHOR, routes[1], a_content("Techniekroute Zwolle", area="Zwolle"), based_on=draft.number
        )
    found = one(do)
    do(clusters.accept, found.key, [each.id for each in found.members], name="Route")
    with runtime.work() as work:
        newest = drafting.look(work, AUTHOR, routes[1])
    assert (newest.content.area, newest.content.approaches) == ("Zwolle", ("route",))
    assert newest.standing.status.value == "concept"


def test_members_that_are_left_out_are_split_off_and_do_not_come_back(runtime, do, routes):
    found = one(do)
    chosen = [each.id for each in found.members[:2]]
    do(clusters.accept, found.key, chosen, name="Route")
    assert [carried(runtime, slug) for slug in routes] == [("route",), ("route",), ()]
    clusters.find(runtime.work)
    assert waiting(do) == []


def test_split_each_part_waits_also_after_comparing_again(runtime, do, routes):
    routes.append(publish(runtime, a_content(f"Techniekroute {PLACES[3]}")))
    clusters.find(runtime.work)
    found = one(do)
    assert len(found.members) == 4
    do(clusters.split, found.key, [each.id for each in found.members[:2]])
    clusters.find(runtime.work)
    assert sorted(waiting(do)) == sorted([routes[:2], routes[2:]])


def test_dismissed_it_stays_away_until_its_members_change(runtime, do, routes):
    found = one(do)
    with pytest.raises(Invalid):
        do(clusters.dismiss, found.key, reason=" ")
    do(clusters.dismiss, found.key, reason="Elke route is anders")
    clusters.find(runtime.work)
    assert waiting(do) == []
    [kept] = do(clusters.queue).decided
    assert (kept.state, kept.reason) == (ClusterState.DISMISSED, "Elke route is anders")
    routes.append(publish(runtime, a_content(f"Techniekroute {PLACES[3]}")))
    clusters.find(runtime.work)
    assert waiting(do) == [routes]


def test_who_is_withdrawn_is_no_member_any_more(runtime, do, routes):
    with runtime.work(writing=True) as work:
        reviewing.withdraw(work, CARO, routes[0], reason="Gestopt")
    assert waiting(do) == [routes[1:]]
    clusters.find(runtime.work)
    assert waiting(do) == [routes[1:]]


def test_when_the_time_is_up_the_next_time_goes_on_from_there(runtime, do):
    for place in PLACES:
        publish(runtime, a_content(f"Techniekroute {place}"))
    assert clusters.find(runtime.work, seconds=0) is False
    assert do(clusters.queue).changes == 4
    assert waiting(do) == []
    clusters.find_all(runtime.work)
    assert do(clusters.queue).changes == 0
    assert len(one(do).members) == 4


def test_one_alone_is_no_group_and_what_is_decided_is_decided(do, routes):
    found = one(do)
    with pytest.raises(Invalid):
        do(clusters.accept, found.key, [found.members[0].id], name="Route")
    with pytest.raises(Invalid):
        do(clusters.accept, found.key, [each.id for each in found.members])
    with pytest.raises(Invalid):
        do(clusters.split, found.key, [each.id for each in found.members])
    do(clusters.dismiss, found.key, reason="Anders")
    with pytest.raises(Invalid):
        do(clusters.dismiss, found.key, reason="Nog eens")
    with pytest.raises(NotFound):
        do(clusters.look, "bestaat-niet")


@pytest.mark.parametrize("person", [PUBLIC, Person(5, Role.COORDINATOR), Person(6, Role.ADMINISTRATOR)])
def test_only_reviewers_decide(runtime, do, routes, person):
    key = one(do).key
    deeds = (
        lambda work: clusters.queue(work, person),
        lambda work: clusters.look(work, person, key),
        lambda work: clusters.accept(work, person, key, [1, 2], name="Route"),
        lambda work: clusters.split(work, person, key, [1, 2]),
        lambda work: clusters.dismiss(work, person, key, reason="Anders"),
        lambda work: clusters.undo(work, person, key),
    )
    for deed in deeds:
        with runtime.work(writing=True) as work, pytest.raises(Denied):
            deed(work)
    with pytest.raises(Denied):
        clusters.search_again(runtime.work, person)


def test_of_the_real_initiatives_the_routes_of_one_programme_are_one_group(seeded_app):
    """Reading only: the catalogue of all tests stays as it is."""
    with seeded_app.extensions[EXTENSION].work() as work:
        found = clusters.compare(work, seconds=None)
        pairs = {(key, other): score for key, alike in found.alike.items() for other, score in alike.items()}
        assert found.is_done
        assert all(pairs[other, key] == pytest.approx(score) for (key, other), score in pairs.items())
        assert 50 < len(pairs) / 2 < 200
