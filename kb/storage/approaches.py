"""Approaches: the methods that initiatives carry out."""

from collections.abc import Iterable, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from kb.domain.content import Approach
from kb.storage.desk_tables import ApproachMerge
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


def approach_row(session: Session, slug: str) -> ApproachRow | None:
    """The row under this very name, merged or not."""
    return session.scalar(select(ApproachRow).where(ApproachRow.slug == slug))


def approach_by_slug(session: Session, slug: str) -> tuple[int, Approach] | None:
    """The approach under this name; a second name gives the approach that it was merged into."""
    row = approach_row(session, slug)
    while row and (merge := session.get(ApproachMerge, row.id)):
        row = session.get(ApproachRow, merge.into_id)
    return (row.id, from_document(row.content, Approach)) if row else None


def approach_ids(session: Session) -> dict[str, int]:
    """The id that each name stands for, second names included."""
    ids = dict(session.execute(select(ApproachRow.slug, ApproachRow.id)).all())
    merged = merged_approaches(session)
    return {slug: ids[merged.get(slug, slug)] for slug in ids}


def approach_names(session: Session) -> dict[str, str]:
    """What people read for each name, second names included."""
    names = dict(session.execute(select(ApproachRow.slug, ApproachRow.name)).all())
    merged = merged_approaches(session)
    return {slug: names[merged.get(slug, slug)] for slug in names}


def merged_approaches(session: Session) -> dict[str, str]:
    """Every second name of an approach with the one it stands for, at the end of the way."""
    gone, into = aliased(ApproachRow), aliased(ApproachRow)
    rows = session.execute(
        select(gone.slug, into.slug)
        .join(ApproachMerge, ApproachMerge.gone_id == gone.id)
        .join(into, into.id == ApproachMerge.into_id)
    )
    steps = dict(rows.all())
    return {slug: _end_of_way(slug, steps) for slug in steps}


def second_names(session: Session, slug: str) -> tuple[str, ...]:
    """What else an approach is called, after merges."""
    slugs = [gone for gone, into in merged_approaches(session).items() if into == slug]
    rows = session.scalars(select(ApproachRow.name).where(ApproachRow.slug.in_(slugs)))
    return tuple(sorted(rows))


def all_second_names(session: Session) -> dict[str, tuple[str, ...]]:
    """What else each approach is called, after merges, for those that have such a name."""
    names = dict(session.execute(select(ApproachRow.slug, ApproachRow.name)).all())
    found: dict[str, list[str]] = {}
    for gone, into in sorted(merged_approaches(session).items()):
        found.setdefault(into, []).append(names[gone])
    return {slug: tuple(second) for slug, second in found.items()}


def approaches_of(session: Session, initiative_id: int) -> tuple[Approach, ...]:
    rows = session.scalars(
        select(ApproachRow)
        .join(PublishedApproach, PublishedApproach.approach_id == ApproachRow.id)
        .where(PublishedApproach.initiative_id == initiative_id)
        .order_by(ApproachRow.name)
    )
    return tuple(from_document(row.content, Approach) for row in rows)


def approach_counts(session: Session) -> list[tuple[Approach, int]]:
    """Every approach with how many published initiatives carry it out, most first; no second names."""
    rows = session.execute(
        select(ApproachRow, func.count(PublishedApproach.initiative_id))
        .where(ApproachRow.id.not_in(select(ApproachMerge.gone_id)))
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


def _end_of_way(slug: str, steps: Mapping[str, str]) -> str:
    """Only what is not merged itself takes others in, so the way has an end."""
    while slug in steps:
        slug = steps[slug]
    return slug
