"""Keeping initiatives alive: the desk of an author, and saying that something is still right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kb.domain.content import PlannedMeasure
from kb.domain.people import Person
from kb.domain.permissions import require
from kb.domain.promises import due_day, is_kept
from kb.domain.rights import Right, require_right
from kb.domain.workflow import Action, Status
from kb.services.standing import at_hand, note_deed
from kb.services.work import Work
from kb.storage.changes import note_change
from kb.storage.drafts import Working, mine, near

A_YEAR = timedelta(days=365)
SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class DuePromise:
    """A promised measurement that should be there, or nearly."""

    slug: str
    title: str
    promise: PlannedMeasure
    due: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody has to do, most pressing first."""

    returned: tuple[Working, ...]
    drafts: tuple[Working, ...]
    submitted: tuple[Working, ...]
    public: tuple[Working, ...]
    to_confirm: tuple[Working, ...]
    promises: tuple[DuePromise, ...]
    # All that is public of one's own and in one's own regions.
    tended: tuple[Working, ...] = ()


def desk(work: Work, person: Person) -> Desk:
    """One's own versions, and what is public in one's own regions and was not confirmed for a year."""
    require_right(person, Right.DESK)
    if person.id is None:
        return Desk((), (), (), (), (), ())
    own = mine(work.session, person.id, Status)
    public = tuple(one for one in own if one.is_public)
    tended = {one.id: one for one in (*public, *near(work.session, person.reach))}.values()
    today = work.now.date()
    promises = (due for one in tended for due in due_promises(one, today))
    return Desk(
        returned=_in_state(own, Status.RETURNED),
        drafts=_in_state(own, Status.DRAFT),
        submitted=_in_state(own, Status.SUBMITTED),
        public=public,
        to_confirm=tuple(one for one in tended if needs_confirming(one, today)),
        promises=tuple(sorted(promises, key=lambda due: due.due)),
        tended=tuple(tended),
    )


def confirm(work: Work, person: Person, slug: str) -> None:
    """Still right, in one click."""
    found = at_hand(work, slug)
    require(person, Action.CONFIRM, found.standing)
    found.row.last_confirmed_at = work.now
    note_change(work.session, found.row.id, now=work.now)
    note_deed(work, person, Action.CONFIRM, found.row, after=found.row.published_revision_id)


def last_seen(working: Working) -> date | None:
    """When somebody last confirmed or published it."""
    return working.last_seen_at.date() if working.last_seen_at else None


def needs_confirming(working: Working, today: date) -> bool:
    """Nobody confirmed or published it for a year."""
    seen = last_seen(working)
    return working.is_public and seen is not None and seen + A_YEAR < today


def due_promises(working: Working, today: date) -> Iterator[DuePromise]:
    """Promised measurements that should be there within two months, or should have been."""
    for planned in working.content.promises:
        due = due_day(planned)
        if due and due <= today + SOON and not is_kept(planned, working.content):
            yield DuePromise(working.slug, working.content.title, planned, due, due < today)


def _in_state(all_own: Iterable[Working], status: Status) -> tuple[Working, ...]:
    return tuple(one for one in all_own if one.status is status)
