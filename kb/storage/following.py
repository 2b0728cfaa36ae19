"""Saved searches and shortlists of people."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kb.storage.ministry_tables import SavedSearchRow, ShortlistItem, ShortlistRow
from kb.storage.tables import InitiativeRow, Revision

KEY_BYTES = 9


def public_revisions(session: Session, ids: Iterable[int]) -> dict[str, int]:
    """The number of the public revision of each of these, by address and in their order."""
    wanted = list(ids)
    rows = session.execute(
        select(InitiativeRow.id, InitiativeRow.slug, Revision.number).join(
            Revision, Revision.id == InitiativeRow.published_revision_id
        )
    )
    known = {key: (slug, number) for key, slug, number in rows}
    return dict(known[key] for key in wanted if key in known)


def ids_of(session: Session, slugs: Iterable[str]) -> dict[str, int]:
    """The numbers behind these addresses, public or not."""
    rows = session.execute(
        select(InitiativeRow.slug, InitiativeRow.id).where(InitiativeRow.slug.in_(list(slugs)))
    )
    return {row.slug: row.id for row in rows}


def add_saved_search(
    session: Session,
    *,
    person_id: int,
    name: str,
    query: str,
    rhythm: str,
    seen: Mapping[str, int],
    now: datetime,
) -> SavedSearchRow:
    row = SavedSearchRow(
        person_id=person_id,
        name=name,
        query=query,
        rhythm=rhythm,
        seen=dict(seen),
        looked_at=now,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def saved_searches(session: Session, person_id: int | None = None) -> list[SavedSearchRow]:
    """Those of one person, or of everybody, oldest first."""
    query = select(SavedSearchRow).order_by(SavedSearchRow.id)
    if person_id is not None:
        query = query.where(SavedSearchRow.person_id == person_id)
    return list(session.scalars(query))


def saved_search(session: Session, key: int) -> SavedSearchRow | None:
    return session.get(SavedSearchRow, key)


def add_shortlist(session: Session, *, person_id: int, name: str, now: datetime) -> ShortlistRow:
    row = ShortlistRow(key=secrets.token_hex(KEY_BYTES), person_id=person_id, name=name, created_at=now)
    session.add(row)
    session.flush()
    return row


def shortlist(session: Session, key: str) -> ShortlistRow | None:
    return session.get(ShortlistRow, key)


def shortlists(session: Session, person_id: int) -> list[tuple[ShortlistRow, int]]:
    """With how many initiatives stand on each, newest first."""
    rows = session.execute(
        select(ShortlistRow, func.count(ShortlistItem.initiative_id))
        .outerjoin(ShortlistItem, ShortlistItem.shortlist_key == ShortlistRow.key)
        .where(ShortlistRow.person_id == person_id)
        .group_by(ShortlistRow.key)
        .order_by(ShortlistRow.created_at.desc())
    )
    return [(row, number) for row, number in rows]


def notes_on(session: Session, key: str) -> dict[int, str]:
    """What was noted of each initiative on the list, in its order."""
    rows = session.execute(
        select(ShortlistItem.initiative_id, ShortlistItem.note)
        .where(ShortlistItem.shortlist_key == key)
        .order_by(ShortlistItem.position)
    )
    return {row.initiative_id: row.note for row in rows}


def put_on(session: Session, key: str, initiative_id: int, note: str) -> None:
    """Adds it at the end, or changes the note of what stands there already."""
    row = session.get(ShortlistItem, (key, initiative_id))
    if row is None:
        last = session.scalar(
            select(func.max(ShortlistItem.position)).where(ShortlistItem.shortlist_key == key)
        )
        place = (last or 0) + 1
        session.add(ShortlistItem(shortlist_key=key, initiative_id=initiative_id, position=place, note=note))
    else:
        row.note = note
    session.flush()


def take_off(session: Session, key: str, initiative_id: int) -> None:
    session.execute(
        delete(ShortlistItem).where(
            ShortlistItem.shortlist_key == key, ShortlistItem.initiative_id == initiative_id
        )
    )


def drop_shortlist(session: Session, row: ShortlistRow) -> None:
    session.execute(delete(ShortlistItem).where(ShortlistItem.shortlist_key == row.key))
    session.delete(row)
    session.flush()
