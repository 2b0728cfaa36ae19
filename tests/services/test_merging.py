"""Two initiatives that turn out to be one, two names of one approach, and the way back."""

from dataclasses import replace

import pytest

from kb.domain.content import Approach
from kb.domain.merging import Take
from kb.domain.people import Person
from kb.domain.problems import Conflict, Denied, Invalid, Moved, NotFound
from kb.domain.search import Facet, Search
from kb.domain.workflow import Role
from kb.services import (
    drafting,
    merging,
    merging_approaches,
    places,
    publishing,
    reading,
    reviewing,
    searching,
)
from kb.storage.approaches import save_approaches
from kb.storage.audit import broken_links
from tests.builders import a_content

ANNE = Person(1, Role.COORDINATOR, "Anne", frozenset({"AM05"}), frozenset({"AM05"}))
BO = Person(2, Role.COORDINATOR, "Bo", frozenset({"AM05"}), frozenset({"AM05"}))
CARO = Person(3, Role.REVIEWER, "Caro")


def _do(runtime, deed, *arguments, **options):
    with runtime.work(writing=True, origin="test") as work:
        return deed(work, *arguments, **options)


def _read(runtime, deed, *arguments, **options):
    with runtime.work() as work:
        return deed(work, *arguments, **options)


def _public(runtime, person=ANNE, **content: object) -> str:
    draft = _do(runtime, drafting.create, person, a_content(**content))
    _do(runtime, drafting.submit, person, draft.slug, based_on=draft.number)
    _do(runtime, reviewing.publish, CARO, draft.slug, based_on=draft.number)
    return draft.slug


def _page(runtime, slug: str):
    return _read(runtime, reading.initiative_page, slug)


def _merge(runtime, goes: str, stays: str, **options: object) -> None:
    number = _page(runtime, stays).revision_number
    options = {"based_on": number, "reason": "Hetzelfde", **options}
    _do(runtime, merging.merge, CARO, goes, stays, options.pop("taken", {}), **options)


@pytest.fixture
def two(runtime):
    """The one that goes, and the one that stays."""
    goes = _public(runtime, BO, title="Route Techniek", lessons="Begin klein", summary="Tweede beschrijving.")
    return goes, _public(runtime, ANNE, title="Techniekroute Twente")


def test_the_old_address_leads_on_and_what_was_chosen_came_along(runtime, two):
    goes, stays = two
    _merge(runtime, goes, stays, taken={"summary": Take.COMES})
    with pytest.raises(Moved) as moved:
        _page(runtime, goes)
    page = _page(runtime, stays)
    assert moved.value.key == stays
    assert (page.content.title, page.content.lessons) == ("Techniekroute Twente", "Begin klein")
    assert page.content.summary == "Tweede beschrijving."
    assert page.history[0].joined == "Route Techniek"
    assert {"lessons", "summary"} <= set(page.history[1].fields)


def test_search_shows_one_of_them(runtime, two):
    goes, stays = two
    _merge(runtime, goes, stays)
    found = _read(runtime, searching.search, Search(words="techniek"))
    assert [hit.listed.card.slug for hit in found.hits] == [stays]


def test_undone_both_are_as_they_were_with_all_versions_kept(runtime, two):
    goes, stays = two
    before = [_page(runtime, slug).content for slug in two]
    _merge(runtime, goes, stays)
    assert _do(runtime, merging.split, CARO, goes) is True
    assert [_page(runtime, slug).content for slug in two] == before
    assert len(_page(runtime, stays).history) == 3
    assert _read(runtime, lambda work: broken_links(work.session)) == []


def test_undone_after_a_change_the_change_counts_for_more(runtime, two):
    goes, stays = two
    _merge(runtime, goes, stays)
    page = _page(runtime, stays)
    changed = replace(page.content, area="Twente")
    draft = _do(runtime, drafting.edit, ANNE, stays, changed, based_on=page.revision_number)
    _do(runtime, drafting.submit, ANNE, stays, based_on=draft.number)
    _do(runtime, reviewing.publish, CARO, stays, based_on=draft.number)
    assert _do(runtime, merging.split, CARO, goes) is False
    assert _page(runtime, stays).content == changed
    assert _page(runtime, goes).content.title == "Route Techniek"


def test_who_kept_the_one_up_may_go_on_with_the_other_until_it_is_undone(runtime, two):
    goes, stays = two
    far = replace(BO, reach=frozenset({"AM29"}))
    with pytest.raises(Denied):
        _read(runtime, drafting.look, far, stays)
    _merge(runtime, goes, stays)
    assert _read(runtime, drafting.look, far, stays).slug == stays
    _do(runtime, merging.split, CARO, goes)
    with pytest.raises(Denied):
        _read(runtime, drafting.look, far, stays)


def test_a_chain_of_merges_leads_to_its_end(runtime, two):
    goes, stays = two
    last = _public(runtime, title="Techniekroutes samen")
    _merge(runtime, goes, stays)
    _merge(runtime, stays, last)
    with pytest.raises(Moved) as first:
        _page(runtime, goes)
    with pytest.raises(Moved) as second:
        _page(runtime, first.value.key)
    assert second.value.key == last


def test_a_withdrawn_one_that_is_published_again_has_its_own_address(runtime, two):
    goes, stays = two
    _merge(runtime, goes, stays)
    found = _read(runtime, drafting.look, CARO, goes)
    changed = replace(found.content, area="Salland")
    draft = _do(runtime, drafting.edit, CARO, goes, changed, based_on=found.number)
    _do(runtime, drafting.submit, CARO, goes, based_on=draft.number)
    other = replace(CARO, id=9)
    _do(runtime, reviewing.publish, other, goes, based_on=draft.number)
    assert _page(runtime, goes).content.area == "Salland"
    with pytest.raises(Denied):
        _do(runtime, merging.split, CARO, goes)


@pytest.mark.parametrize("person", [ANNE, Person(4, Role.MINISTRY, "Daan")])
def test_only_reviewers_merge(runtime, two, person):
    with pytest.raises(Denied):
        _do(runtime, merging.merge, person, *two, {}, based_on=1, reason="Hetzelfde")


def test_a_merge_needs_a_reason_two_initiatives_and_the_newest_version(runtime, two):
    goes, stays = two
    with pytest.raises(Invalid):
        _merge(runtime, goes, stays, reason=" ")
    with pytest.raises(Invalid):
        _merge(runtime, goes, goes)
    with pytest.raises(Invalid):
        _do(runtime, merging.merge, CARO, goes, "bestaat-niet", {}, based_on=1, reason="x")
    with pytest.raises(Conflict):
        _merge(runtime, goes, stays, based_on=7)
    assert _page(runtime, goes).content.title == "Route Techniek"


def test_one_with_a_version_under_review_is_not_merged_away(runtime, two):
    goes, stays = two
    found = _read(runtime, drafting.look, BO, goes)
    _do(runtime, drafting.edit, BO, goes, replace(found.content, area="Twente"), based_on=found.number)
    with pytest.raises(Denied):
        _merge(runtime, goes, stays)


@pytest.fixture
def approaches(runtime):
    named = [Approach("techniekles", "Techniekles"), Approach("les-in-techniek", "Les in techniek")]
    _do(runtime, lambda work: save_approaches(work.session, named))
    _public(runtime, title="Eerste plek", approaches=("techniekles",))
    _public(runtime, title="Tweede plek", approaches=("les-in-techniek",))
    return "les-in-techniek", "techniekles"


def test_places_of_both_names_count_together_and_apart_again(runtime, approaches):
    goes, stays = approaches
    _do(runtime, merging_approaches.merge, CARO, goes, stays, reason="Zelfde lessen")
    page = _read(runtime, places.approach_page, stays)
    assert len(page.initiatives) == 2
    assert page.approach.aliases == ("Les in techniek",)
    with pytest.raises(Moved) as moved:
        _read(runtime, places.approach_page, goes)
    assert moved.value.key == stays
    for asked in approaches:
        found = _read(runtime, searching.search, Search(filters={Facet.APPROACH: (asked,)}))
        assert found.total == 2
    _do(runtime, merging_approaches.split, CARO, goes)
    for asked in approaches:
        assert len(_read(runtime, places.approach_page, asked).initiatives) == 1
        found = _read(runtime, searching.search, Search(filters={Facet.APPROACH: (asked,)}))
        assert found.total == 1


def test_a_rebuild_of_the_projection_keeps_the_merge(runtime, approaches):
    goes, stays = approaches
    _do(runtime, merging_approaches.merge, CARO, goes, stays, reason="Zelfde lessen")
    _do(runtime, publishing.rebuild_projection)
    assert len(_read(runtime, places.approach_page, stays).initiatives) == 2


def test_a_merged_name_cannot_be_merged_again_and_no_circle_comes_of_it(runtime, approaches):
    goes, stays = approaches
    _do(runtime, merging_approaches.merge, CARO, goes, stays, reason="Zelfde lessen")
    for pair in ((goes, stays), (stays, goes), (stays, stays)):
        with pytest.raises(Invalid):
            _do(runtime, merging_approaches.merge, CARO, *pair, reason="Nog eens")


def test_only_reviewers_merge_approaches(runtime, approaches):
    with pytest.raises(Denied):
        _do(runtime, merging_approaches.merge, ANNE, *approaches, reason="x")
    with pytest.raises(NotFound):
        _do(runtime, merging_approaches.split, CARO, approaches[0])


def test_an_approach_that_nothing_public_carries_out_has_no_page(runtime):
    _do(runtime, lambda work: save_approaches(work.session, [Approach("nieuw", "Nieuw")]))
    with pytest.raises(NotFound):
        _read(runtime, places.approach_page, "nieuw")
    assert _read(runtime, places.approaches) == []
