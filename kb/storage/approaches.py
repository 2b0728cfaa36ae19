"""Approaches: the methods that initiatives carry out."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.domain.content import Approach
from kb.storage.documents import from_document, to_document
from kb.storage.public_tables import PublishedApproach
from kb.storage.tables import ApproachRow


def save_approaches(session: Session, approaches: Iterable[Approach]) -> int:
    """Adds those that are new and returns how many; a known one is left as people made it."""
    known = set(session.scalars(select(ApproachRow.slug)))
    fresh = [approach for approach in approaches if approach.slug not in known]
    session.add_all(
        ApproachRow(slug=approach.slug, name=approach.name, content=to_document(approach))
        for approach in fresh
    )
    session.flush()
    return len(fresh)


def approach_by_slug(session: Session, slug: str) -> tuple[int, Approach] | None:
    row = session.scalar(select(ApproachRow).where(ApproachRow.slug == slug))
    return (row.id, from_document(row.content, Approach)) if row else None


def approaches_of(session: Session, initiative_id: int) -> tuple[Approach, ...]:
    rows = session.scalars(
        select(ApproachRow)
        .join(PublishedApproach, PublishedApproach.approach_id == ApproachRow.id)
        .where(PublishedApproach.initiative_id == initiative_id)
        .order_by(ApproachRow.name)
    )
    return tuple(from_document(row.content, Approach) for row in rows)


def approach_counts(session: Session) -> list[tuple[Approach, int]]:
    """Every approach with how many published initiatives carry it out, most first."""
    rows = session.execute(
        select(ApproachRow, func.count(PublishedApproach.initiative_id))
        .outerjoin(PublishedApproach, PublishedApproach.approach_id == ApproachRow.id)
        .group_by(ApproachRow.id)
        .order_by(func.count(PublishedApproach.initiative_id).desc(), ApproachRow.name)
    )
    return [(from_document(row.content, Approach), number) for row, number in rows]


def approaches_by_initiative(session: Session) -> dict[int, list[str]]:
    """The approaches that each published initiative carries out."""
    rows = session.execute(
        select(PublishedApproach.initiative_id, ApproachRow.slug)
        .join(ApproachRow, ApproachRow.id == PublishedApproach.approach_id)
        .order_by(PublishedApproach.initiative_id, ApproachRow.slug)
    )
    found: dict[int, list[str]] = {}
    for key, slug in rows:
        found.setdefault(key, []).append(slug)
    return found
