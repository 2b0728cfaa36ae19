"""From a few words to a public page and back: who may do what, and what the trail keeps of it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from kb.domain.content import Baseline, PlannedMeasure, Start, Study
from kb.domain.evidence import Design, Level
from kb.domain.people import PUBLIC, Person
from kb.domain.permissions import may
from kb.domain.problems import Conflict, Denied, Invalid, NotFound
from kb.domain.workflow import Action, Role, Status
from kb.services import drafting, history, promising, reviewing, tending
from kb.storage.audit import broken_links
from kb.storage.changes import changes_after
from kb.storage.initiatives import initiative_by_slug, published_by_slug
from kb.storage.tables import AuditRow
from kb.storage.verdicts import verdicts_of
from tests.builders import a_content

ANNE = Person(1, Role.COORDINATOR, "Anne", frozenset({"AM05"}), frozenset({"AM05", "GM0153"}))
FAR = Person(2, Role.COORDINATOR, "Bo", frozenset({"AM29"}), frozenset({"AM29"}))
CARO = Person(3, Role.REVIEWER, "Caro")
MINISTRY = Person(4, Role.MINISTRY, "Daan")


def _do(runtime, deed, *arguments, **options):
    with runtime.work(writing=True, origin="test") as work:
        return deed(work, *arguments, **options)


def _read(runtime, deed, *arguments, **options):
    with runtime.work() as work:
        return deed(work, *arguments, **options)


@pytest.fixture
def draft(runtime):
    return _do(runtime, drafting.create, ANNE, a_content())


def _submitted(runtime, draft):
    _do(runtime, drafting.submit, ANNE, draft.slug, based_on=draft.number)
    return draft


def _published(runtime, draft):
    _submitted(runtime, draft)
    _do(runtime, reviewing.publish, CARO, draft.slug, based_on=draft.number, note="Nieuw")
    return draft


def _status(runtime, slug: str) -> str:
    return _read(runtime, lambda work: initiative_by_slug(work.session, slug).status)


def test_three_words_are_enough_to_start(runtime):
    given = Start(title="Techniekhub", place="Enschede", organisation="ROC van Twente")
    draft = _do(runtime, drafting.start, ANNE, given)
    assert draft.content.regions == ("GM0153",)
    assert (draft.slug, draft.content.lead, draft.number) == ("techniekhub", "ROC van Twente", 1)


def test_an_address_is_enough_to_start(runtime):
    draft = _do(runtime, drafting.start, ANNE, Start(url="https://example.org/wat/techniek-in-de-buurt.html"))
    assert draft.content.title == "Techniek in de buurt"
    assert draft.content.sources[0].url == "https://example.org/wat/techniek-in-de-buurt.html"


def test_nothing_is_not_enough_to_start(runtime):
    with pytest.raises(Invalid):
        _do(runtime, drafting.start, ANNE, Start())


def test_two_of_one_name_get_two_addresses(runtime, draft):
    assert _do(runtime, drafting.create, ANNE, a_content()).slug == "techniekroute-twente-2"


@pytest.mark.parametrize("person", [PUBLIC, MINISTRY, FAR])
def test_who_has_no_business_there_sees_and_changes_nothing(runtime, draft, person):
    for deed in (
        lambda: _read(runtime, drafting.look, person, draft.slug),
        lambda: _do(runtime, drafting.edit, person, draft.slug, a_content("Anders"), based_on=1),
        lambda: _do(runtime, drafting.submit, person, draft.slug, based_on=1),
        lambda: _do(runtime, drafting.discard, person, draft.slug),
        lambda: _read(runtime, reviewing.review, person, draft.slug),
        lambda: _do(runtime, reviewing.publish, person, draft.slug, based_on=1),
        lambda: _do(runtime, reviewing.withdraw, person, draft.slug, reason="zomaar"),
        lambda: _read(runtime, history.versions, person, draft.slug),
    ):
        with pytest.raises(Denied):
            deed()
    assert _status(runtime, draft.slug) == Status.DRAFT.value


def test_a_coordinator_cannot_move_an_initiative_out_of_the_own_regions(runtime, draft):
    moved = replace(draft.content, regions=("AM29",))
    with pytest.raises(Denied):
        _do(runtime, drafting.edit, ANNE, draft.slug, moved, based_on=1)
    with pytest.raises(Denied):
        _do(runtime, drafting.create, ANNE, moved)


def test_somebody_invited_may_edit_from_outside_the_region(runtime, draft):
    _do(runtime, drafting.share, ANNE, draft.slug, FAR.id)
    edited = _do(
        runtime, drafting.edit, FAR, draft.slug, replace(draft.content, goal="Meer instroom"), based_on=1
    )
    assert edited.number == 2


def test_an_incomplete_draft_says_everything_that_is_missing(runtime):
    draft = _do(runtime, drafting.start, ANNE, Start(title="Techniekhub", place="Enschede"))
    with pytest.raises(Invalid) as caught:
        _do(runtime, drafting.submit, ANNE, draft.slug, based_on=1)
    fields = [error.field for error in caught.value.errors]
    assert fields == ["summary", "organisations", "recommendations", "levels", "sources"]


@pytest.mark.parametrize("words", ["Bel Jan op 06-12345678.", "Mail naar jan@example.org voor meer."])
def test_a_text_that_tells_how_to_reach_a_person_is_not_submitted(runtime, words):
    draft = _do(runtime, drafting.create, ANNE, a_content(goal=words))
    with pytest.raises(Invalid) as caught:
        _do(runtime, drafting.submit, ANNE, draft.slug, based_on=1)
    assert [error.field for error in caught.value.errors] == ["goal"]


def test_a_stale_save_is_a_conflict_and_writes_nothing(runtime, draft):
    _do(runtime, drafting.edit, ANNE, draft.slug, replace(draft.content, goal="Eerste"), based_on=1)
    with pytest.raises(Conflict) as caught:
        _do(runtime, drafting.edit, CARO, draft.slug, replace(draft.content, goal="Tweede"), based_on=1)
    assert caught.value.current == 2
    assert _read(runtime, drafting.look, ANNE, draft.slug).content.goal == "Eerste"


def test_the_same_save_twice_is_one_version(runtime, draft):
    changed = replace(draft.content, goal="Meer instroom")
    first = _do(runtime, drafting.edit, ANNE, draft.slug, changed, based_on=1)
    again = _do(runtime, drafting.edit, ANNE, draft.slug, changed, based_on=1)
    assert (first.number, again.number) == (2, 2)


def test_a_returned_submission_shows_its_remarks_until_it_is_published(runtime, draft):
    _submitted(runtime, draft)
    _do(runtime, reviewing.send_back, CARO, draft.slug, {"summary": "Te kort.", "goal": " "}, based_on=1)
    seen = _read(runtime, drafting.look, ANNE, draft.slug)
    assert [(remark.field, remark.words) for remark in seen.remarks] == [("summary", "Te kort.")]
    _published(runtime, draft)
    assert _read(runtime, drafting.look, ANNE, draft.slug).remarks == ()


def test_a_return_without_words_is_refused(runtime, draft):
    _submitted(runtime, draft)
    with pytest.raises(Invalid):
        _do(runtime, reviewing.send_back, CARO, draft.slug, {"summary": " "}, based_on=1)


def test_nobody_publishes_their_own_work(runtime):
    draft = _do(runtime, drafting.create, CARO, a_content())
    _do(runtime, drafting.submit, CARO, draft.slug, based_on=1)
    with pytest.raises(Denied):
        _do(runtime, reviewing.publish, CARO, draft.slug, based_on=1)
    _do(runtime, reviewing.publish, replace(CARO, id=9), draft.slug, based_on=1)
    assert _status(runtime, draft.slug) == Status.PUBLISHED.value


def test_an_urgent_correction_passes_the_four_eyes_and_stands_in_the_trail(runtime, draft):
    _published(runtime, draft)
    _do(runtime, drafting.edit, CARO, draft.slug, replace(draft.content, goal="Recht"), based_on=1)
    _do(runtime, reviewing.correct, CARO, draft.slug, based_on=2, reason="Naam stond fout")
    with runtime.work() as work:
        last = work.session.scalars(select(AuditRow).order_by(AuditRow.id.desc())).first()
        assert (last.action, last.actor, last.details) == ("spoedcorrectie", "persoon:3", "Naam stond fout")
        assert (last.revision_before, last.revision_after) == (1, 2)


def test_the_queue_is_oldest_first_and_for_reviewers(runtime, draft):
    other = _do(runtime, drafting.create, ANNE, a_content("Tweede route"))
    _submitted(runtime, draft)
    _submitted(runtime, other)
    assert [one.slug for one in _read(runtime, reviewing.queue, CARO)] == [draft.slug, other.slug]
    with pytest.raises(Denied):
        _read(runtime, reviewing.queue, ANNE)


def test_the_public_page_stays_while_an_edit_waits(runtime, draft):
    _published(runtime, draft)
    edited = replace(draft.content, title="Nieuwe naam")
    _do(runtime, drafting.edit, ANNE, draft.slug, edited, based_on=1)
    _do(runtime, drafting.submit, ANNE, draft.slug, based_on=2)
    review = _read(runtime, reviewing.review, CARO, draft.slug)
    assert [(one.field, one.before, one.after) for one in review.differences] == [
        ("title", ("Techniekroute Twente",), ("Nieuwe naam",))
    ]
    with runtime.work() as work:
        assert published_by_slug(work.session, draft.slug).content.title == "Techniekroute Twente"


def test_publishing_what_changed_meanwhile_is_a_conflict(runtime, draft):
    _submitted(runtime, draft)
    _do(runtime, drafting.edit, replace(CARO, id=9), draft.slug, a_content(goal="Anders"), based_on=1)
    with pytest.raises(Conflict):
        _do(runtime, reviewing.publish, CARO, draft.slug, based_on=1)


def test_a_discarded_edit_leaves_the_public_version(runtime, draft):
    _published(runtime, draft)
    _do(runtime, drafting.edit, ANNE, draft.slug, a_content("Fout"), based_on=1)
    _do(runtime, drafting.discard, ANNE, draft.slug)
    assert _read(runtime, drafting.look, ANNE, draft.slug).content.title == "Techniekroute Twente"
    assert _status(runtime, draft.slug) == Status.PUBLISHED.value
    assert len(_read(runtime, history.versions, ANNE, draft.slug)) == 2


def test_an_old_version_comes_back_as_a_new_draft(runtime, draft):
    _published(runtime, draft)
    _do(runtime, drafting.edit, ANNE, draft.slug, a_content("Fout"), based_on=1)
    restored = _do(runtime, history.restore, ANNE, draft.slug, 1, based_on=2)
    assert (restored.number, restored.content.title) == (3, "Techniekroute Twente")


def test_withdrawing_needs_a_reason_and_takes_it_from_the_public(runtime, draft):
    _published(runtime, draft)
    with pytest.raises(Invalid):
        _do(runtime, reviewing.withdraw, CARO, draft.slug, reason=" ")
    _do(runtime, reviewing.withdraw, CARO, draft.slug, reason="Bestaat niet meer")
    with runtime.work() as work:
        assert published_by_slug(work.session, draft.slug) is None


def test_a_lowered_level_stays_down_until_it_is_lifted(runtime):
    content = a_content(
        goal="a",
        audience="b",
        activities="c",
        requirements="d",
        contact_url="https://example.org/",
        studies=(
            Study("s1", "Onderzoek", Design.PREPOST, analysed_t=80, same_instrument=True, response=0.8,
                  baseline=Baseline.UNKNOWN),
        ),
    )  # fmt: skip
    draft = _published(runtime, _do(runtime, drafting.create, ANNE, content))

    def level(work):
        return verdicts_of(work.session, draft.id)["hier"].level

    before = _read(runtime, level)
    assert before > Level.REGISTERED
    _do(runtime, reviewing.lower, CARO, draft.slug, Level.REGISTERED, reason="Rapport klopt niet")
    assert _read(runtime, level) is Level.REGISTERED
    _do(runtime, reviewing.lower, CARO, draft.slug, None)
    assert _read(runtime, level) is before


def test_a_year_without_confirmation_asks_for_one_and_one_click_settles_it(runtime, draft):
    _published(runtime, draft)
    with runtime.work(writing=True) as work:
        initiative_by_slug(work.session, draft.slug).published_at = work.now.replace(year=2024)
    assert [one.slug for one in _read(runtime, tending.desk, ANNE).to_confirm] == [draft.slug]
    _do(runtime, tending.confirm, ANNE, draft.slug)
    assert _read(runtime, tending.desk, ANNE).to_confirm == ()


def test_a_promise_that_is_due_stands_on_the_desk(runtime):
    promise = PlannedMeasure("instroom-opleiding", "20 procent meer", due_date="2026-01-31")
    content = a_content(promises=(promise,))
    _published(runtime, _do(runtime, drafting.create, ANNE, content))
    (due,) = _read(runtime, tending.desk, ANNE).promises
    assert (due.promise.target, due.is_late) == ("20 procent meer", True)


PROMISE = PlannedMeasure("uitval", "10% (nu 20%)", due_date="2027-01-31", planned_comparison="loting")


def _with_promise(runtime):
    """A public initiative with one promise, as its newest version stands."""
    _published(runtime, _do(runtime, drafting.create, ANNE, a_content(promises=(PROMISE,))))
    return _read(runtime, drafting.look, ANNE, "techniekroute-twente")


def test_a_promise_is_fixed_on_the_day_that_it_becomes_public(runtime):
    now = _with_promise(runtime)
    assert [each.locked_at for each in now.content.promises] == ["2026-03-02"]
    kept = _read(runtime, lambda work: published_by_slug(work.session, now.slug))
    assert kept.content == now.content


@pytest.mark.parametrize("changed", [(), (replace(PROMISE, target="20% (nu 20%)"),)])
def test_a_fixed_promise_can_no_longer_be_changed_or_left_out(runtime, changed):
    now = _with_promise(runtime)
    content = replace(now.content, promises=changed)
    with pytest.raises(Invalid) as refused:
        _do(runtime, drafting.edit, ANNE, now.slug, content, based_on=now.number)
    (error,) = refused.value.errors
    assert (error.field, error.values["promise"]) == ("beloften", "10% (nu 20%)")


def test_a_form_that_does_not_ask_the_day_keeps_it(runtime):
    now = _with_promise(runtime)
    content = replace(now.content, title="Andere titel", promises=(PROMISE,))
    after = _do(runtime, drafting.edit, ANNE, now.slug, content, based_on=now.number)
    assert after.content.promises == now.content.promises


def test_an_old_version_comes_back_with_the_promise_that_was_made_since(runtime, draft):
    _published(runtime, draft)
    _do(runtime, promising.promise, ANNE, draft.slug, PROMISE)
    _published(runtime, _read(runtime, drafting.look, ANNE, draft.slug))
    now = _read(runtime, drafting.look, ANNE, draft.slug)
    back = _do(runtime, history.restore, ANNE, draft.slug, 1, based_on=now.number)
    assert back.content.promises == now.content.promises


def test_a_plan_becomes_a_promise_in_a_draft_once(runtime, draft):
    for _ in range(2):
        after = _do(runtime, promising.promise, ANNE, draft.slug, PROMISE)
    assert (after.content.promises, after.number) == ((PROMISE,), 2)
    with pytest.raises(Denied):
        _do(runtime, promising.promise, FAR, draft.slug, PROMISE)


def test_one_can_promise_in_what_is_ones_own_and_not_with_a_reviewer(runtime, draft):
    assert [one.slug for one in _read(runtime, promising.can_promise_in, ANNE)] == [draft.slug]
    assert _read(runtime, promising.can_promise_in, FAR) == ()
    _submitted(runtime, draft)
    assert _read(runtime, promising.can_promise_in, ANNE) == ()


def test_every_deed_leaves_a_row_in_an_unbroken_trail(runtime, draft):
    _published(runtime, draft)
    with runtime.work() as work:
        deeds = work.session.execute(select(AuditRow.actor, AuditRow.action, AuditRow.origin)).all()
        assert broken_links(work.session) == []
    assert [(actor, action) for actor, action, _ in deeds] == [
        ("persoon:1", "aanmaken"),
        ("persoon:1", "indienen"),
        ("persoon:3", "publiceren"),
    ]
    assert {origin for _, _, origin in deeds} == {"test"}


def test_a_draft_is_not_in_the_outbox_and_an_unknown_address_is_not_found(runtime, draft):
    with runtime.work() as work:
        assert changes_after(work.session, 0) == ()
    with pytest.raises(NotFound):
        _read(runtime, drafting.look, ANNE, "bestaat-niet")


def test_what_a_reviewer_may_not_do_carries_its_reason(runtime, draft):
    review = _read(runtime, reviewing.review, CARO, draft.slug)
    assert not review.may[Action.PUBLISH]
    assert review.may[Action.PUBLISH].reason == may(CARO, Action.PUBLISH, draft.standing).reason
