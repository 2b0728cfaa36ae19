"""Versions that are not public yet: who keeps them up, what waits, what was remarked and chosen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from kb.domain.content import Content
from kb.domain.terms import Scheme
from kb.domain.workflow import Status
from kb.storage.desk_tables import CoEditor, DeskRow, DuplicateChoice, LoweredVerdict, ReviewNote
from kb.storage.documents import hash_of, to_document
from kb.storage.initiatives import content_of
from kb.storage.public_tables import PublishedTerm
from kb.storage.tables import InitiativeRow, Revision, TermRow


@dataclass(frozen=True, slots=True)
class Working:
    """The newest version of an initiative, public or not."""

    id: int
    slug: str
    status: Status
    is_public: bool
    number: int
    content: Content
    saved_at: datetime
    submitted_at: datetime | None
    last_confirmed_at: datetime | None
    published_at: datetime | None

    @property
    def last_seen_at(self) -> datetime | None:
        """When somebody last confirmed or published it."""
        return max(filter(None, (self.last_confirmed_at, self.published_at)), default=None)


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reviewer asks about a field of an initiative; an empty field means the whole."""

    field: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """One revision with who made it."""

    id: int
    number: int
    at: datetime
    author_id: int | None
    note: str


def desk_row(session: Session, initiative_id: int) -> DeskRow:
    """The row of the desk, made when it was not there: initiatives from the seed have none."""
    row = session.get(DeskRow, initiative_id)
    if row is None:
        row = DeskRow(initiative_id=initiative_id)
        session.add(row)
        session.flush()
    return row


def owner_of(session: Session, initiative_id: int) -> int | None:
    return session.scalar(select(DeskRow.owner_id).where(DeskRow.initiative_id == initiative_id))


def editors_of(session: Session, initiative_id: int) -> frozenset[int]:
    query = select(CoEditor.person_id).where(CoEditor.initiative_id == initiative_id)
    return frozenset(session.scalars(query))


def add_editor(session: Session, initiative_id: int, person_id: int, *, now: datetime) -> None:
    session.merge(CoEditor(initiative_id=initiative_id, person_id=person_id, invited_at=now))


def writers_of(session: Session, initiative: InitiativeRow) -> frozenset[int]:
    """Everybody who wrote or submitted what is not public yet."""
    query = select(Revision.author_id).where(
        Revision.initiative_id == initiative.id, Revision.author_id.is_not(None)
    )
    if initiative.published_revision_id is not None:
        public = select(Revision.number).where(Revision.id == initiative.published_revision_id)
        query = query.where(Revision.number > public.scalar_subquery())
    found = {author for author in session.scalars(query) if author is not None}
    submitter = session.scalar(select(DeskRow.submitted_by).where(DeskRow.initiative_id == initiative.id))
    return frozenset(found | {submitter} if submitter is not None else found)


def just_started(session: Session, person_id: int, content: Content, *, since: datetime) -> str | None:
    """The address of a draft that this person began with these very words a moment ago."""
    query = (
        select(InitiativeRow.slug)
        .join(Revision, Revision.id == InitiativeRow.working_revision_id)
        .where(
            InitiativeRow.status == Status.DRAFT.value,
            Revision.number == 1,
            Revision.author_id == person_id,
            Revision.created_at >= since,
            Revision.content_hash == hash_of(to_document(content)),
        )
    )
    return session.scalar(query.order_by(InitiativeRow.id.desc()).limit(1))


def revision_of(session: Session, initiative: InitiativeRow, number: int) -> Revision | None:
    query = select(Revision).where(Revision.initiative_id == initiative.id, Revision.number == number)
    return session.scalar(query)


def revision_by_id(session: Session, revision_id: int | None) -> Revision | None:
    return session.get(Revision, revision_id) if revision_id is not None else None


def saved_versions(session: Session, initiative_id: int) -> tuple[SavedVersion, ...]:
    """Every revision, newest first."""
    rows = session.execute(
        select(Revision.id, Revision.number, Revision.created_at, Revision.author_id, Revision.note)
        .where(Revision.initiative_id == initiative_id)
        .order_by(Revision.number.desc())
    )
    return tuple(SavedVersion(*row) for row in rows)


def working_by_slug(session: Session, slug: str) -> Working | None:
    row = session.execute(_working().where(InitiativeRow.slug == slug)).first()
    return _as_working(*row) if row else None


def waiting(session: Session) -> tuple[Working, ...]:
    """What was submitted, oldest first."""
    query = _working().where(InitiativeRow.status == Status.SUBMITTED.value)
    rows = session.execute(query.order_by(DeskRow.submitted_at, InitiativeRow.id))
    return tuple(_as_working(*row) for row in rows)


def mine(session: Session, person_id: int, statuses: Iterable[Status]) -> tuple[Working, ...]:
    """What this person started, wrote in or was invited to, newest first."""
    query = _working().where(
        InitiativeRow.status.in_([status.value for status in statuses]), _is_of(person_id)
    )
    rows = session.execute(query.order_by(Revision.created_at.desc(), InitiativeRow.id))
    return tuple(_as_working(*row) for row in rows)


def near(session: Session, regions: Iterable[str]) -> tuple[Working, ...]:
    """What is public in these regions, the longest unconfirmed first."""
    here = select(PublishedTerm.initiative_id).join(TermRow, TermRow.id == PublishedTerm.term_id)
    inside = here.where(TermRow.scheme == Scheme.REGION.value, TermRow.code.in_(list(regions)))
    query = _working().where(InitiativeRow.id.in_(inside))
    seen = func.coalesce(InitiativeRow.last_confirmed_at, InitiativeRow.published_at)
    return tuple(_as_working(*row) for row in session.execute(query.order_by(seen, InitiativeRow.id)))


def all_public(session: Session) -> Iterator[Working]:
    """The newest version of everything that is public, read in batches."""
    query = _working().where(InitiativeRow.published_revision_id.is_not(None)).order_by(InitiativeRow.id)
    for row in session.execute(query.execution_options(yield_per=500)):
        yield _as_working(*row)


def add_remarks(
    session: Session,
    revision: Revision,
    remarks: Iterable[tuple[str, str]],
    *,
    author_id: int | None,
    now: datetime,
) -> None:
    session.add_all(
        ReviewNote(
            initiative_id=revision.initiative_id,
            revision_id=revision.id,
            field=field,
            words=words,
            author_id=author_id,
            created_at=now,
        )
        for field, words in remarks
    )


def remarks_on(session: Session, initiative_id: int) -> tuple[Remark, ...]:
    """The remarks that nobody solved yet."""
    query = select(ReviewNote.field, ReviewNote.words, ReviewNote.created_at).where(
        ReviewNote.initiative_id == initiative_id, ReviewNote.solved_at.is_(None)
    )
    return tuple(Remark(*row) for row in session.execute(query.order_by(ReviewNote.id)))


def solve_remarks(session: Session, initiative_id: int, *, now: datetime) -> None:
    session.execute(
        update(ReviewNote)
        .where(ReviewNote.initiative_id == initiative_id, ReviewNote.solved_at.is_(None))
        .values(solved_at=now)
    )


def keep_choice(
    session: Session,
    initiative_id: int,
    other_id: int,
    *,
    choice: str,
    why: str,
    person_id: int | None,
    now: datetime,
) -> None:
    session.merge(
        DuplicateChoice(
            initiative_id=initiative_id,
            other_id=other_id,
            choice=choice,
            why=why,
            person_id=person_id,
            chosen_at=now,
        )
    )


def choices_about(session: Session, initiative_id: int) -> dict[int, tuple[str, str]]:
    """The choice and the reason, by the id of the other initiative."""
    query = select(DuplicateChoice.other_id, DuplicateChoice.choice, DuplicateChoice.why).where(
        DuplicateChoice.initiative_id == initiative_id
    )
    return {other: (choice, why) for other, choice, why in session.execute(query)}


def askers_of(session: Session, initiative_id: int, choice: str) -> tuple[int, ...]:
    """Who said of another initiative that it is this one, and so asks to work on this one."""
    query = select(DuplicateChoice.person_id).where(
        DuplicateChoice.other_id == initiative_id, DuplicateChoice.choice == choice
    )
    editors = editors_of(session, initiative_id)
    return tuple(key for key in session.scalars(query) if key is not None and key not in editors)


def lower_verdict(
    session: Session, initiative_id: int, at_most: int, *, reason: str, person_id: int | None, now: datetime
) -> None:
    session.merge(
        LoweredVerdict(
            initiative_id=initiative_id,
            at_most=at_most,
            reason=reason,
            person_id=person_id,
            lowered_at=now,
        )
    )


def lowered(session: Session, initiative_id: int) -> tuple[int, str] | None:
    """The highest level that a reviewer lets stand, with the reason."""
    row = session.get(LoweredVerdict, initiative_id)
    return (row.at_most, row.reason) if row else None


def lift_lowering(session: Session, initiative_id: int) -> None:
    session.execute(delete(LoweredVerdict).where(LoweredVerdict.initiative_id == initiative_id))


def _working() -> Select[InitiativeRow, Revision, datetime | None]:
    return (
        select(InitiativeRow, Revision, DeskRow.submitted_at)
        .join(Revision, Revision.id == InitiativeRow.working_revision_id)
        .outerjoin(DeskRow, DeskRow.initiative_id == InitiativeRow.id)
    )


def _is_of(person_id: int) -> ColumnElement[bool]:
    wrote = exists().where(Revision.initiative_id == InitiativeRow.id, Revision.author_id == person_id)
    invited = exists().where(CoEditor.initiative_id == InitiativeRow.id, CoEditor.person_id == person_id)
    return or_(DeskRow.owner_id == person_id, wrote.correlate(InitiativeRow), invited)


def _as_working(initiative: InitiativeRow, revision: Revision, submitted_at: datetime | None) -> Working:
    return Working(
        id=initiative.id,
        slug=initiative.slug,
        status=Status(initiative.status),
        is_public=initiative.published_revision_id is not None,
        number=revision.number,
        content=content_of(revision),
        saved_at=revision.created_at,
        submitted_at=submitted_at,
        last_confirmed_at=initiative.last_confirmed_at,
        published_at=initiative.published_at,
    )
