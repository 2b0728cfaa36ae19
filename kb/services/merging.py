"""Making one initiative of two, and undoing it: old addresses lead on, and every version stays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.domain.content import Approach, Content
from kb.domain.merging import FieldChoice, Take, field_choices, merged
from kb.domain.people import Person
from kb.domain.permissions import require
from kb.domain.problems import FieldError, Invalid, NotFound
from kb.domain.workflow import Action
from kb.services import publishing
from kb.services.judging import judge_approaches
from kb.services.standing import AtHand, at_hand, note_deed, refuse_stale
from kb.services.work import Work
from kb.storage.approaches import approaches_of
from kb.storage.desk_tables import InitiativeMerge
from kb.storage.drafts import add_editor, editors_of, owner_of, revision_by_id
from kb.storage.initiatives import add_revision, content_of, initiative_by_id
from kb.storage.merges import add_merge, lead_elsewhere, merges_into, remove_editors, standing_merge
from kb.storage.projection import Projection
from kb.storage.tables import InitiativeRow, Revision


@dataclass(frozen=True, slots=True)
class Pair:
    """Two initiatives side by side; `number` is the version of the one that stays."""

    goes: str
    stays: str
    going: Content
    staying: Content
    number: int
    choices: tuple[FieldChoice, ...]


def pair(work: Work, person: Person, goes: str, stays: str) -> Pair:
    """What can be chosen; raises Denied or Invalid where these two cannot become one."""
    going, staying = _both(work, person, goes, stays)
    return Pair(
        goes=goes,
        stays=stays,
        going=going.content,
        staying=staying.content,
        number=staying.revision.number,
        choices=field_choices(staying.content, going.content),
    )


def merge(
    work: Work,
    person: Person,
    goes: str,
    stays: str,
    taken: Mapping[str, Take],
    *,
    based_on: int,
    reason: str,
) -> None:
    """One takes over what was chosen of the other and becomes public so; the other leads to it.

    Every word of the result was public before, so no second pair of eyes is needed.
    """
    going, staying = _both(work, person, goes, stays)
    refuse_stale(staying, based_on)
    if not reason.strip():
        raise Invalid((FieldError("reden", "Say why these two are one."),))
    touched = _approaches(work, going, staying)
    before = staying.revision
    after = _take_over(work, person, staying, merged(staying.content, going.content, taken))
    add_merge(
        work.session,
        InitiativeMerge(
            gone_id=going.row.id,
            into_id=staying.row.id,
            gone_revision_id=going.revision.id,
            before_revision_id=before.id,
            after_revision_id=after.id,
            joined=_let_join(work, going, staying),
            reason=reason.strip()[:1000],
            person_id=person.id,
            merged_at=work.now,
        ),
    )
    publishing.withdraw(
        work,
        Projection(work.session, this_year=work.this_year),
        going.row,
        actor=person.actor,
        reason=f"in {stays}: {reason.strip()}"[:1000],
        action=Action.MERGE,
    )
    lead_elsewhere(work.session, goes, staying.row.id)
    judge_approaches(work, {*touched, *_approaches(work, staying)})


def split(work: Work, person: Person, slug: str) -> bool:
    """Both as they were before. False when the other one was changed since, and so stays as it is."""
    found = at_hand(work, slug)
    require(person, Action.SPLIT, found.standing)
    merge = standing_merge(work.session, found.row.id)
    if merge is None:
        raise NotFound("samenvoeging", slug)
    other = initiative_by_id(work.session, merge.into_id)
    gone = revision_by_id(work.session, merge.gone_revision_id)
    if other is None or gone is None:
        raise NotFound("samenvoeging", slug)
    touched = _approaches_of_rows(work, [other])
    restored = _give_back(work, person, other, merge)
    remove_editors(work.session, other.id, merge.joined)
    found.row.working_revision_id = gone.id
    _publish(work, person, found.row, gone, Action.SPLIT)
    judge_approaches(work, {*touched, *_approaches_of_rows(work, [found.row, other])})
    return restored


def merged_into(work: Work, row: InitiativeRow) -> str | None:
    """The address of the initiative that this one was merged into and still is."""
    merge = standing_merge(work.session, row.id)
    other = initiative_by_id(work.session, merge.into_id) if merge else None
    return other.slug if other else None


def joined(work: Work, row: InitiativeRow) -> tuple[tuple[str, str], ...]:
    """Address and title of what was merged into it and still is."""
    gone = (initiative_by_id(work.session, one.gone_id) for one in merges_into(work.session, row.id))
    return tuple((one.slug, at_hand(work, one.slug).content.title) for one in gone if one)


def _both(work: Work, person: Person, goes: str, stays: str) -> tuple[AtHand, AtHand]:
    going = at_hand(work, goes)
    require(person, Action.MERGE, going.standing)
    if goes == stays:
        raise Invalid((FieldError("met", "Choose another initiative than this one."),))
    try:
        staying = at_hand(work, stays)
    except NotFound:
        raise Invalid((FieldError("met", "There is no initiative with this address."),)) from None
    require(person, Action.MERGE, staying.standing)
    return going, staying


def _take_over(work: Work, person: Person, staying: AtHand, content: Content) -> Revision:
    if content == staying.content:
        note_deed(work, person, Action.MERGE, staying.row, after=staying.revision.id)
        return staying.revision
    after = add_revision(work.session, staying.row, content, now=work.now, author_id=person.id)
    _publish(work, person, staying.row, after, Action.MERGE)
    return after


def _give_back(work: Work, person: Person, other: InitiativeRow, merge: InitiativeMerge) -> bool:
    """The other as it was; where somebody worked on since, that work counts for more."""
    if merge.before_revision_id == merge.after_revision_id:
        return True
    before = revision_by_id(work.session, merge.before_revision_id)
    newest = {other.published_revision_id, other.working_revision_id}
    if before is None or newest != {merge.after_revision_id}:
        return False
    again = add_revision(work.session, other, content_of(before), now=work.now, author_id=person.id)
    _publish(work, person, other, again, Action.SPLIT)
    return True


def _publish(work: Work, person: Person, row: InitiativeRow, revision: Revision, action: Action) -> None:
    projection = Projection(work.session, this_year=work.this_year)
    publishing.make_public(work, projection, row, revision, actor=person.actor, action=action)


def _let_join(work: Work, going: AtHand, staying: AtHand) -> list[int]:
    """Who kept the one up may go on with the other; returns who could not before."""
    known = {*editors_of(work.session, staying.row.id), owner_of(work.session, staying.row.id)}
    people = {*editors_of(work.session, going.row.id), owner_of(work.session, going.row.id)}
    joined = sorted(one for one in people - known if one is not None)
    for one in joined:
        add_editor(work.session, staying.row.id, one, now=work.now)
    return joined


def _approaches(work: Work, *found: AtHand) -> set[Approach]:
    return _approaches_of_rows(work, [one.row for one in found])


def _approaches_of_rows(work: Work, rows: Iterable[InitiativeRow]) -> set[Approach]:
    return {approach for row in rows for approach in approaches_of(work.session, row.id)}
