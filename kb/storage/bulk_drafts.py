"""Many initiatives at once: found by any of their names, and written as drafts in a few statements."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.domain.content import Content
from kb.domain.workflow import Status
from kb.storage.desk_tables import CoEditor, DeskRow
from kb.storage.documents import hash_of
from kb.storage.initiatives import content_of
from kb.storage.public_tables import Published
from kb.storage.tables import InitiativeRow, Revision, SlugRedirect

AT_ONCE = 500
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A draft to add; the content is a document of storage."""

    slug: str
    source_key: str
    content: Document


def ids_by_slug(session: Session, slugs: Collection[str]) -> dict[str, int]:
    """Old addresses too."""
    found: dict[str, int] = {}
    for part in _parts(slugs):
        moved = select(SlugRedirect.slug, SlugRedirect.initiative_id).where(SlugRedirect.slug.in_(part))
        found.update((slug, key) for slug, key in session.execute(moved))
        now = select(InitiativeRow.slug, InitiativeRow.id).where(InitiativeRow.slug.in_(part))
        found.update((slug, key) for slug, key in session.execute(now))
    return found


def ids_by_source_key(session: Session, keys: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in _parts(keys):
        query = select(InitiativeRow.source_key, InitiativeRow.id).where(InitiativeRow.source_key.in_(part))
        found.update((name, key) for name, key in session.execute(query) if name)
    return found


def titles(session: Session) -> Iterator[tuple[int, str]]:
    """What everything is called that is public or being made: a withdrawn initiative has no title here."""
    for key, title in session.execute(select(Published.initiative_id, Published.title)):
        yield key, title
    drafts = (
        select(InitiativeRow.id, Revision.content)
        .join(Revision, Revision.id == InitiativeRow.working_revision_id)
        .where(InitiativeRow.published_revision_id.is_(None), InitiativeRow.status != Status.WITHDRAWN.value)
    )
    for key, content in session.execute(drafts):
        yield key, content["title"]


def taken_slugs(session: Session) -> set[str]:
    return {*session.scalars(select(InitiativeRow.slug)), *session.scalars(select(SlugRedirect.slug))}


def working_by_ids(session: Session, ids: Collection[int]) -> dict[int, tuple[InitiativeRow, Revision]]:
    """Each initiative with its newest version."""
    found: dict[int, tuple[InitiativeRow, Revision]] = {}
    for part in _parts(ids):
        rows = session.execute(
            select(InitiativeRow, Revision)
            .join(Revision, Revision.id == InitiativeRow.working_revision_id)
            .where(InitiativeRow.id.in_(part))
        )
        found.update({initiative.id: (initiative, revision) for initiative, revision in rows})
    return found


def owners_of(session: Session, ids: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in _parts(ids):
        query = select(DeskRow.initiative_id, DeskRow.owner_id).where(DeskRow.initiative_id.in_(part))
        found.update({key: owner for key, owner in session.execute(query) if owner is not None})
    return found


def editors_of_all(session: Session, ids: Collection[int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for part in _parts(ids):
        query = select(CoEditor.initiative_id, CoEditor.person_id).where(CoEditor.initiative_id.in_(part))
        for key, person in session.execute(query):
            found.setdefault(key, set()).add(person)
    return {key: frozenset(people) for key, people in found.items()}


def add_drafts(
    session: Session, fresh: Sequence[Fresh], *, owner_id: int | None, now: datetime
) -> list[tuple[int, int]]:
    """The id and the first revision of each new draft, in their order."""
    rows = [
        InitiativeRow(
            slug=one.slug, source_key=one.source_key or None, status=Status.DRAFT.value, created_at=now
        )
        for one in fresh
    ]
    session.add_all(rows)
    session.flush()
    session.add_all(DeskRow(initiative_id=row.id, owner_id=owner_id) for row in rows)
    pairs = list(zip(rows, (one.content for one in fresh), strict=True))
    return list(
        zip((row.id for row in rows), add_versions(session, pairs, author_id=owner_id, now=now), strict=True)
    )


def add_versions(
    session: Session,
    pairs: Sequence[tuple[InitiativeRow, Document]],
    *,
    author_id: int | None,
    now: datetime,
) -> list[int]:
    """A new newest version of each, and the ids of those versions; the state is the caller's."""
    numbers = _newest_numbers(session, [row.id for row, _content in pairs])
    revisions = [
        Revision(
            initiative_id=row.id,
            number=numbers.get(row.id, 0) + 1,
            base_revision_id=row.working_revision_id,
            content=content,
            content_hash=hash_of(content),
            author_id=author_id,
            created_at=now,
        )
        for row, content in pairs
    ]
    session.add_all(revisions)
    session.flush()
    for (row, _content), revision in zip(pairs, revisions, strict=True):
        row.working_revision_id = revision.id
    session.flush()
    return [revision.id for revision in revisions]


def _newest_numbers(session: Session, ids: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for part in _parts(ids):
        query = select(Revision.initiative_id, func.max(Revision.number))
        query = query.where(Revision.initiative_id.in_(part)).group_by(Revision.initiative_id)
        found.update((key, int(number)) for key, number in session.execute(query))
    return found


def _parts(items: Collection[Any]) -> Iterable[list[Any]]:
    listed = list(dict.fromkeys(items))
    return (listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE))


def contents_of(session: Session, revision_ids: Collection[int]) -> dict[int, Content]:
    """What these revisions say."""
    found: dict[int, Content] = {}
    for part in _parts(revision_ids):
        rows = session.scalars(select(Revision).where(Revision.id.in_(part)))
        found.update({revision.id: content_of(revision) for revision in rows})
    return found
