"""What somebody says of two that look alike, and what comes of it."""

from dataclasses import replace

import pytest

from kb.domain.people import Person
from kb.domain.problems import Denied, Invalid, NotFound
from kb.domain.workflow import Role, Status
from kb.services import choosing, drafting, joining, noticing, places, reading, reviewing
from kb.services.choosing import Choice
from kb.services.persons import person_of
from kb.storage.people import person_row
from tests.accounts import an_account
from tests.builders import a_content

CARO = Person(3_000, Role.REVIEWER, "Caro")


def _do(runtime, deed, *arguments, **options):
    with runtime.work(writing=True, origin="test") as work:
        return deed(work, *arguments, **options)


def _read(runtime, deed, *arguments, **options):
    with runtime.work() as work:
        return deed(work, *arguments, **options)


def _somebody(runtime, email: str, *regions: str) -> Person:
    key = an_account(runtime, email=email, name=email.partition("@")[0], regions=regions)
    return _read(runtime, lambda work: person_of(work, person_row(work.session, key)))


@pytest.fixture
def anne(runtime):
    return _somebody(runtime, "anne@example.nl", "AM05")


@pytest.fixture
def dirk(runtime):
    """From another region."""
    return _somebody(runtime, "dirk@example.nl", "AM20")


def _public(runtime, person, **content: object) -> str:
    draft = _do(runtime, drafting.create, person, a_content(**content))
    _submit_and_publish(runtime, person, draft)
    return draft.slug


def _submit_and_publish(runtime, person, draft) -> None:
    _do(runtime, drafting.submit, person, draft.slug, based_on=draft.number)
    _do(runtime, reviewing.publish, CARO, draft.slug, based_on=draft.number)


@pytest.fixture
def known(runtime, anne) -> str:
    return _public(runtime, anne, url="https://www.example.org/route/")


@pytest.fixture
def draft(runtime, dirk):
    return _do(runtime, drafting.create, dirk, a_content("Techniekroute Zuid", regions=("AM20",)))


def _alike(runtime, person, draft):
    return _read(runtime, noticing.alike, person, draft.content, initiative_id=draft.id)


def test_the_same_website_is_probably_the_same_initiative(runtime, dirk, known):
    content = a_content("Heel anders", summary="", regions=(), url="http://example.org/route?x=1")
    found = _read(runtime, noticing.alike, dirk, content)
    assert [(one.slug, one.is_same) for one in found] == [(known, True)]


def test_a_choice_is_kept_and_shown_to_the_reviewer(runtime, dirk, draft, known):
    _do(runtime, choosing.choose, dirk, draft.slug, known, Choice.DIFFERENT, why="Andere scholen")
    assert [(one.choice, one.why) for one in _alike(runtime, dirk, draft)] == [("anders", "Andere scholen")]
    review = _read(runtime, reviewing.review, CARO, draft.slug)
    assert [(one.slug, one.why) for one in review.choices] == [(known, "Andere scholen")]
    assert review.unsaid == ()


def test_really_different_needs_a_reason(runtime, dirk, draft, known):
    with pytest.raises(Invalid):
        _do(runtime, choosing.choose, dirk, draft.slug, known, Choice.DIFFERENT, why=" ")


def test_one_s_own_version_is_no_look_alike(runtime, anne, known):
    mine = _read(runtime, drafting.look, anne, known)
    assert _alike(runtime, anne, mine) == ()


def test_the_same_initiative_asks_whoever_keeps_it_up(runtime, anne, dirk, draft, known):
    _do(runtime, choosing.choose, dirk, draft.slug, known, Choice.SAME, why="Wij doen mee")
    asked = _read(runtime, joining.waiting, anne)
    assert [(one.slug, one.name, one.words) for one in asked] == [(known, "dirk", "Wij doen mee")]
    assert _read(runtime, joining.waiting, dirk) == ()
    with pytest.raises(Denied):
        _read(runtime, drafting.look, dirk, known)
    _do(runtime, joining.answer, anne, known, dirk.id, accepted=True)
    assert _read(runtime, drafting.look, dirk, known).slug == known
    assert _read(runtime, joining.waiting, anne) == ()


def test_no_is_an_answer_too_and_is_asked_once(runtime, anne, dirk, known):
    _do(runtime, joining.ask, dirk, known)
    _do(runtime, joining.answer, anne, known, dirk.id, accepted=False)
    _do(runtime, joining.ask, dirk, known)
    assert _read(runtime, joining.waiting, anne) == ()
    with pytest.raises(Denied):
        _read(runtime, drafting.look, dirk, known)


def test_nobody_answers_for_another_region_and_not_without_a_question(runtime, anne, dirk, known):
    _do(runtime, joining.ask, dirk, known)
    with pytest.raises(Denied):
        _do(runtime, joining.answer, dirk, known, dirk.id, accepted=True)
    with pytest.raises(NotFound):
        _do(runtime, joining.answer, anne, known, 77, accepted=True)


def test_who_can_work_on_it_already_need_not_ask(runtime, anne, known):
    mine = _do(runtime, drafting.create, anne, a_content("Techniekroute Enschede"))
    _do(runtime, choosing.choose, anne, mine.slug, known, Choice.SAME)
    assert _read(runtime, joining.waiting, anne) == ()
    with pytest.raises(Denied):
        _do(runtime, joining.ask, anne, known)


def _same_approach(runtime, person, draft, other: str, name: str = ""):
    _do(runtime, choosing.choose, person, draft.slug, other, Choice.SAME_APPROACH)
    content = _read(runtime, choosing.with_the_approach_of, draft.content, other, name) if not name else None
    if content is None:
        content = _do(runtime, choosing.with_the_approach_of, draft.content, other, name)
    return _do(runtime, drafting.edit, person, draft.slug, content, based_on=draft.number)


def test_the_same_approach_links_both_once_it_is_published(runtime, dirk, draft, known):
    linked = _same_approach(runtime, dirk, draft, known, "Techniekroutes")
    assert linked.content.approaches == ("techniekroutes",)
    with pytest.raises(NotFound):
        _read(runtime, places.approach_page, "techniekroutes")
    _submit_and_publish(runtime, dirk, linked)
    page = _read(runtime, places.approach_page, "techniekroutes")
    assert {one.card.slug for one in page.initiatives} == {known, draft.slug}
    history = _read(runtime, reading.initiative_page, known).history
    assert history[0].fields == ("approaches",)


def test_a_name_that_exists_is_that_approach(runtime, dirk, draft, known):
    _do(runtime, choosing.with_the_approach_of, draft.content, known, "Techniekroutes")
    content = _do(runtime, choosing.with_the_approach_of, draft.content, known, "techniekROUTES ")
    assert content.approaches == ("techniekroutes",)


def test_an_approach_without_any_name_is_asked_for(runtime, dirk, draft, known):
    with pytest.raises(Invalid):
        _do(runtime, choosing.with_the_approach_of, draft.content, known, " ")


def test_a_version_of_the_other_that_is_under_way_goes_on_with_it(runtime, anne, dirk, draft, known):
    found = _read(runtime, drafting.look, anne, known)
    changed = replace(found.content, area="Twente")
    _do(runtime, drafting.edit, anne, known, changed, based_on=found.number)
    linked = _same_approach(runtime, dirk, draft, known, "Techniekroutes")
    _submit_and_publish(runtime, dirk, linked)
    public = _read(runtime, reading.initiative_page, known).content
    under_way = _read(runtime, drafting.look, anne, known)
    assert (public.area, public.approaches) == ("", ("techniekroutes",))
    assert (under_way.content.area, under_way.content.approaches) == ("Twente", ("techniekroutes",))
    assert under_way.standing.status is Status.DRAFT
    _submit_and_publish(runtime, anne, under_way)
