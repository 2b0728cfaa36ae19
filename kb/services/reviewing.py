"""What reviewers do: look, return, publish, withdraw, and keep a level of evidence down."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.domain.content import Content
from kb.domain.evidence import Level
from kb.domain.people import Person
from kb.domain.permissions import Answer, may, require
from kb.domain.problems import FieldError, Invalid
from kb.domain.promises import locked
from kb.domain.rights import Right, require_right
from kb.domain.workflow import Action, Status, leads_to
from kb.language.texts import mark
from kb.services import merging, noticing, publishing
from kb.services.comparing import Difference, compare
from kb.services.judging import judge, judge_approaches
from kb.services.linking import link_others
from kb.services.noticing import Resembling
from kb.services.standing import AtHand, at_hand, is_done, note_deed, public_content, refuse_stale
from kb.services.work import Work
from kb.storage.approaches import approaches_of
from kb.storage.changes import note_change
from kb.storage.drafts import (
    Remark,
    Working,
    add_remarks,
    desk_row,
    lift_lowering,
    lower_verdict,
    lowered,
    remarks_on,
    solve_remarks,
    waiting,
)
from kb.storage.initiatives import add_revision
from kb.storage.people import names_of
from kb.storage.projection import Projection
from kb.storage.tables import Revision

SAY_WHY = mark("Say why; the author reads it.")
# What a reviewer can do on the page of one submission.
DECISIONS = (
    Action.PUBLISH,
    Action.CORRECT,
    Action.RETURN,
    Action.WITHDRAW,
    Action.LOWER,
    Action.MERGE,
    Action.SPLIT,
)


@dataclass(frozen=True, slots=True)
class Review:
    """The page of one submission: what changed, and what this person may decide, with the reasons."""

    id: int
    slug: str
    number: int
    content: Content
    is_new: bool
    differences: tuple[Difference, ...]
    remarks: tuple[Remark, ...]
    may: Mapping[Action, Answer]
    writers: tuple[str, ...]
    lowered: tuple[int, str] | None
    # Where it went, and what came in: addresses with titles.
    merged_into: str | None
    joined: tuple[tuple[str, str], ...]
    # What the author said about others, and what looks alike without a word about it.
    choices: tuple[Resembling, ...]
    unsaid: tuple[Resembling, ...]


def queue(work: Work, person: Person) -> tuple[Working, ...]:
    """What waits for a decision, oldest first."""
    require_right(person, Right.REVIEW)
    return waiting(work.session)


def review(work: Work, person: Person, slug: str) -> Review:
    require_right(person, Right.REVIEW)
    found = at_hand(work, slug)
    require(person, Action.INSPECT, found.standing)
    public = public_content(work, found.row)
    choices = noticing.choices(work, person, found.row.id)
    near = noticing.alike(work, person, found.content, initiative_id=found.row.id)
    return Review(
        id=found.row.id,
        slug=slug,
        number=found.revision.number,
        content=found.content,
        is_new=public is None,
        differences=compare(work, public, found.content),
        remarks=remarks_on(work.session, found.row.id),
        may={action: may(person, action, found.standing) for action in DECISIONS},
        writers=tuple(sorted(names_of(work.session, found.standing.writers).values())),
        lowered=lowered(work.session, found.row.id),
        merged_into=merging.merged_into(work, found.row),
        joined=merging.joined(work, found.row),
        choices=choices,
        unsaid=tuple(one for one in near if not one.choice),
    )


def send_back(work: Work, person: Person, slug: str, remarks: Mapping[str, str], *, based_on: int) -> None:
    """Back to the author with a remark per field; the empty field is about the whole."""
    found = at_hand(work, slug)
    if is_done(person, found, Status.RETURNED, based_on):
        return
    require(person, Action.RETURN, found.standing)
    refuse_stale(found, based_on)
    said = [(field, words.strip()) for field, words in remarks.items() if words.strip()]
    if not said:
        raise Invalid((FieldError("", "Say what the author should change."),))
    solve_remarks(work.session, found.row.id, now=work.now)
    add_remarks(work.session, found.revision, said, author_id=person.id, now=work.now)
    found.row.status = leads_to(
        found.standing.status, Action.RETURN, is_public=found.standing.is_public
    ).value
    note_deed(work, person, Action.RETURN, found.row, before=found.revision.id, after=found.revision.id)


def publish(work: Work, person: Person, slug: str, *, based_on: int, note: str = "") -> None:
    """Makes the submitted version public; `note` tells the public what changed."""
    found = at_hand(work, slug)
    if is_done(person, found, Status.PUBLISHED, based_on):
        return
    require(person, Action.PUBLISH, found.standing)
    _publish(work, person, found, Action.PUBLISH, based_on, note)


def correct(work: Work, person: Person, slug: str, *, based_on: int, reason: str) -> None:
    """Publishes one's own version past the four eyes; the trail says so, with the reason."""
    found = at_hand(work, slug)
    require(person, Action.CORRECT, found.standing)
    if not reason.strip():
        raise Invalid((FieldError("reden", "Say why this cannot wait for a colleague."),))
    _publish(work, person, found, Action.CORRECT, based_on, reason)


def withdraw(work: Work, person: Person, slug: str, *, reason: str) -> None:
    """Takes it away from the public; everything stays in the history."""
    found = at_hand(work, slug)
    if is_done(person, found, Status.WITHDRAWN, found.revision.number):
        return
    require(person, Action.WITHDRAW, found.standing)
    if not reason.strip():
        raise Invalid((FieldError("reden", SAY_WHY),))
    approaches = approaches_of(work.session, found.row.id)
    projection = Projection(work.session, this_year=work.this_year)
    publishing.withdraw(work, projection, found.row, actor=person.actor, reason=reason.strip())
    judge_approaches(work, approaches)


def lower(work: Work, person: Person, slug: str, level: Level | None, *, reason: str = "") -> None:
    """Keeps the level of evidence at most here, with the reason; None lets the rules decide again."""
    found = at_hand(work, slug)
    require(person, Action.LOWER, found.standing)
    if level is not None and not reason.strip():
        raise Invalid((FieldError("reden", SAY_WHY),))
    if level is None:
        lift_lowering(work.session, found.row.id)
    else:
        lower_verdict(
            work.session, found.row.id, int(level), reason=reason.strip(), person_id=person.id, now=work.now
        )
    public = public_content(work, found.row)
    if public is not None:
        judge(work, found.row.id, public)
        note_change(work.session, found.row.id, now=work.now)
    note_deed(work, person, Action.LOWER, found.row, details=reason.strip())


def _publish(work: Work, person: Person, found: AtHand, action: Action, based_on: int, note: str) -> None:
    refuse_stale(found, based_on)
    before = approaches_of(work.session, found.row.id)
    revision = _with_fixed_promises(work, person, found)
    revision.note = note.strip()[:500]
    projection = Projection(work.session, this_year=work.this_year)
    publishing.make_public(
        work,
        projection,
        found.row,
        revision,
        actor=person.actor,
        action=action,
        details=note.strip()[:500],
    )
    solve_remarks(work.session, found.row.id, now=work.now)
    desk = desk_row(work.session, found.row.id)
    desk.submitted_by = desk.submitted_at = None
    linked = link_others(work, person, found.row)
    after = approaches_of(work.session, found.row.id)
    judge_approaches(work, {approach.slug: approach for approach in (*before, *after, *linked)}.values())


def _with_fixed_promises(work: Work, person: Person, found: AtHand) -> Revision:
    """A promise that becomes public can no longer change: a version more says since when."""
    content = locked(found.content, work.now.date())
    if content == found.content:
        return found.revision
    return add_revision(work.session, found.row, content, now=work.now, author_id=person.id)
