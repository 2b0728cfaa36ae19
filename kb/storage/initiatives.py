"""Initiatives and their revisions: the truth that everything else follows from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from kb.domain.content import Content, Source
from kb.domain.workflow import Status
from kb.storage.desk_tables import PublicVersion
from kb.storage.documents import from_document, hash_of, to_document
from kb.storage.tables import InitiativeRow, Revision, SlugRedirect


@dataclass(frozen=True, slots=True)
class Kept:
    """One published initiative with the content of its published revision."""

    id: int
    slug: str
    revision_id: int
    revision_number: int
    content: Content
    published_at: datetime
    last_confirmed_at: datetime | None
    source_key: str = ""
    first_published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One version that the public saw, without the people who made it."""

    number: int
    at: datetime
    note: str
    content: Content


def note_publication(session: Session, revision: Revision, *, now: datetime) -> None:
    """Keeps that the public saw this version from now on."""
    row = PublicVersion(initiative_id=revision.initiative_id, revision_id=revision.id, at=now)
    session.add(row)


def public_versions(session: Session, initiative_id: int) -> tuple[Version, ...]:
    """The versions that were public, oldest first; one that came back stands there twice."""
    rows = session.execute(
        select(Revision, PublicVersion.at)
        .join(PublicVersion, PublicVersion.revision_id == Revision.id)
        .where(PublicVersion.initiative_id == initiative_id)
        .order_by(PublicVersion.id)
    )
    return tuple(Version(revision.number, at, revision.note, content_of(revision)) for revision, at in rows)


def add_initiative(session: Session, slug: str, *, source_key: str | None, now: datetime) -> InitiativeRow:
    row = InitiativeRow(slug=slug, source_key=source_key, status=Status.DRAFT.value, created_at=now)
    session.add(row)
    session.flush()
    return row


def add_revision(
    session: Session,
    initiative: InitiativeRow,
    content: Content,
    *,
    now: datetime,
    author_id: int | None = None,
) -> Revision:
    """A new snapshot on top of the working one, which it becomes."""
    document = to_document(content)
    newest = session.scalar(select(func.max(Revision.number)).where(Revision.initiative_id == initiative.id))
    revision = Revision(
        initiative_id=initiative.id,
        number=(newest or 0) + 1,
        base_revision_id=initiative.working_revision_id,
        content=document,
        content_hash=hash_of(document),
        author_id=author_id,
        created_at=now,
    )
    session.add(revision)
    session.flush()
    initiative.working_revision_id = revision.id
    return revision


def content_of(revision: Revision) -> Content:
    return from_document(revision.content, Content)


def initiative_by_id(session: Session, key: int) -> InitiativeRow | None:
    return session.get(InitiativeRow, key)


def initiative_by_slug(session: Session, slug: str) -> InitiativeRow | None:
    return session.scalar(select(InitiativeRow).where(InitiativeRow.slug == slug))


def redirected_slug(session: Session, slug: str) -> str | None:
    """Where an old address leads today."""
    return session.scalar(
        select(InitiativeRow.slug)
        .join(SlugRedirect, SlugRedirect.initiative_id == InitiativeRow.id)
        .where(SlugRedirect.slug == slug)
    )


def known_source_keys(session: Session) -> frozenset[str]:
    return frozenset(key for key in session.scalars(select(InitiativeRow.source_key)) if key)


def published_by_slug(session: Session, slug: str) -> Kept | None:
    row = session.execute(_columns().where(InitiativeRow.slug == slug)).first()
    return _kept(row) if row else None


def published_by_ids(session: Session, ids: list[int]) -> dict[int, Kept]:
    rows = session.execute(_columns().where(InitiativeRow.id.in_(ids)))
    return {row.id: _kept(row) for row in rows}


def sources_of(session: Session, ids: Iterable[int]) -> dict[int, tuple[Source, ...]]:
    """The sources of the published ones among these; the rest of the text stays unread."""
    rows = session.execute(
        select(InitiativeRow.id, Revision.content["sources"])
        .join(Revision, Revision.id == InitiativeRow.published_revision_id)
        .where(InitiativeRow.id.in_(list(ids)))
    )
    return {key: tuple(from_document(each, Source) for each in told or ()) for key, told in rows}


def published_ids_by_slug(session: Session) -> list[int]:
    """Every published initiative in the order of the addresses, alike on both databases."""
    rows = session.execute(
        select(InitiativeRow.slug, InitiativeRow.id).where(InitiativeRow.published_revision_id.is_not(None))
    )
    return [key for _slug, key in sorted((slug, key) for slug, key in rows)]


def public_ids(session: Session, slugs: Iterable[str]) -> dict[str, int]:
    """The numbers of those of these addresses that are public."""
    query = select(InitiativeRow.slug, InitiativeRow.id).where(
        InitiativeRow.slug.in_(list(slugs)), InitiativeRow.published_revision_id.isnot(None)
    )
    return {row.slug: row.id for row in session.execute(query)}


def all_published(session: Session) -> Iterator[Kept]:
    """Every published initiative, in the order of their ids, read in batches."""
    query = _columns().order_by(InitiativeRow.id)
    for row in session.execute(query.execution_options(yield_per=500)):
        yield _kept(row)


def published_rows(session: Session) -> list[tuple[InitiativeRow, Revision]]:
    """The rows of every published initiative with their public revision."""
    rows = session.execute(_published().order_by(InitiativeRow.id))
    return [(initiative, revision) for initiative, revision in rows]


def _published() -> Select[InitiativeRow, Revision]:
    return select(InitiativeRow, Revision).join(Revision, Revision.id == InitiativeRow.published_revision_id)


def _columns() -> Select[Any]:
    """What is kept of a published initiative; without objects that SQLAlchemy follows, twice as fast."""
    return select(
        InitiativeRow.id,
        InitiativeRow.slug,
        Revision.id.label("revision_id"),
        Revision.number,
        Revision.content,
        Revision.created_at,
        InitiativeRow.published_at,
        InitiativeRow.last_confirmed_at,
        InitiativeRow.source_key,
        InitiativeRow.first_published_at,
    ).join(Revision, Revision.id == InitiativeRow.published_revision_id)


def _kept(row: Row[Any]) -> Kept:
    return Kept(
        id=row.id,
        slug=row.slug,
        revision_id=row.revision_id,
        revision_number=row.number,
        content=from_document(row.content, Content),
        published_at=row.published_at or row.created_at,
        last_confirmed_at=row.last_confirmed_at,
        source_key=row.source_key or "",
        first_published_at=row.first_published_at,
    )
