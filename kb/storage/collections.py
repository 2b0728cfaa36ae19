"""Long lists a page at a time: organisations with how much they take part in, and studies."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, select
from sqlalchemy.orm import Session

from kb.storage.public_tables import PublishedOrganisation, PublishedStudy
from kb.storage.tables import InitiativeRow, OrganisationRow


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part of a list, in which order; `sort` is a name, with a minus before it from high to low."""

    limit: int
    offset: int = 0
    sort: str = ""


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    name: str
    slug: str
    actor_type: str
    initiatives: int


@dataclass(frozen=True, slots=True)
class StudyRow:
    """Where a study stands: the initiative, and its place among the studies there."""

    initiative_id: int
    slug: str
    position: int
    grade: str


@dataclass(frozen=True, slots=True)
class StudyFilter:
    """Alternatives within one, all of them together; nothing means everything."""

    designs: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()


INITIATIVES = func.count(distinct(PublishedOrganisation.initiative_id))
ORGANISATION_ORDERS: dict[str, ColumnElement[Any]] = {
    "naam": OrganisationRow.plain_name.expression,
    "initiatieven": INITIATIVES.label("number"),
}
STUDY_ORDERS: dict[str, ColumnElement[Any]] = {
    "titel": PublishedStudy.title.expression,
    "eindjaar": func.coalesce(PublishedStudy.end_year, 0),
}


def organisations(
    session: Session, part: Slice, actor_types: Iterable[str] = ()
) -> tuple[tuple[OrganisationLine, ...], int]:
    """Those that something public names, by name unless asked otherwise, and how many there are."""
    query = (
        select(OrganisationRow.name, OrganisationRow.slug, OrganisationRow.actor_type, INITIATIVES)
        .join(PublishedOrganisation, PublishedOrganisation.organisation_id == OrganisationRow.id)
        .group_by(OrganisationRow.id)
    )
    if kinds := list(actor_types):
        query = query.where(OrganisationRow.actor_type.in_(kinds))
    total = _count(session, query)
    order = _order(ORGANISATION_ORDERS, part.sort or "naam")
    rows = session.execute(query.order_by(order, OrganisationRow.id).limit(part.limit).offset(part.offset))
    return tuple(OrganisationLine(*row) for row in rows), total


def studies(session: Session, part: Slice, asked: StudyFilter) -> tuple[tuple[StudyRow, ...], int]:
    """The studies of everything public, the newest first unless asked otherwise, and how many there are."""
    query = select(
        PublishedStudy.initiative_id, InitiativeRow.slug, PublishedStudy.position, PublishedStudy.grade
    ).join(InitiativeRow, InitiativeRow.id == PublishedStudy.initiative_id)
    chosen = (
        (PublishedStudy.design, asked.designs),
        (PublishedStudy.grade, asked.grades),
        (InitiativeRow.slug, asked.initiatives),
    )
    for column, values in chosen:
        if values:
            query = query.where(column.in_(list(values)))
    total = _count(session, query)
    order = _order(STUDY_ORDERS, part.sort or "-eindjaar")
    last = (PublishedStudy.initiative_id, PublishedStudy.position)
    rows = session.execute(query.order_by(order, *last).limit(part.limit).offset(part.offset))
    return tuple(StudyRow(*row) for row in rows), total


def _count(session: Session, query: Select[*tuple[object, ...]]) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _order(orders: dict[str, ColumnElement[Any]], sort: str) -> ColumnElement[Any]:
    column = orders[sort.removeprefix("-")]
    return column.desc() if sort.startswith("-") else column.asc()
