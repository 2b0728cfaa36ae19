"""When each initiative that is public, or was, changed last; read from the notes of the outbox."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from kb.domain.harvest import Cursor, Span
from kb.domain.terms import Scheme
from kb.storage.base import Moment
from kb.storage.public_tables import PublishedTerm
from kb.storage.tables import ChangeRow, InitiativeRow, TermRow


@dataclass(frozen=True, slots=True)
class Changed:
    id: int
    at: datetime
    is_public: bool


def changed(
    session: Session, span: Span, *, after: Cursor | None, limit: int
) -> tuple[tuple[Changed, ...], int]:
    """In the order of their changes, and how many there are in all."""
    inner = _newest(span).subquery()
    at = type_coerce(inner.c.at, Moment())
    query = select(inner.c.id, at, inner.c.revision.is_not(None))
    if span.first is not None:
        query = query.where(at >= span.first)
    if span.before is not None:
        query = query.where(at < span.before)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    if after is not None:
        query = query.where(or_(at > after.at, and_(at == after.at, inner.c.id > after.id)))
    rows = session.execute(query.order_by(at, inner.c.id).limit(limit))
    return tuple(Changed(key, moment, is_public) for key, moment, is_public in rows), total


def changed_one(session: Session, initiative_id: int) -> Changed | None:
    """None where it never was public."""
    inner = _newest(Span()).where(InitiativeRow.id == initiative_id).subquery()
    row = session.execute(select(inner.c.id, type_coerce(inner.c.at, Moment()), inner.c.revision)).first()
    return Changed(row[0], row[1], row[2] is not None) if row else None


def earliest_change(session: Session) -> datetime | None:
    return session.scalar(select(func.min(ChangeRow.created_at)))


def newest_change(session: Session) -> datetime | None:
    return session.scalar(select(func.max(ChangeRow.created_at)))


def _newest(span: Span) -> Select[int, datetime, int | None]:
    """The newest change of each; what was withdrawn belongs to every set, because it may have been in it."""
    query = (
        select(
            InitiativeRow.id.label("id"),
            func.max(ChangeRow.created_at).label("at"),
            InitiativeRow.published_revision_id.label("revision"),
        )
        .join(ChangeRow, ChangeRow.initiative_id == InitiativeRow.id)
        .where(InitiativeRow.first_published_at.is_not(None))
        .group_by(InitiativeRow.id, InitiativeRow.published_revision_id)
    )
    if not span.recommendation:
        return query
    tagged = (
        select(PublishedTerm.initiative_id)
        .join(TermRow, TermRow.id == PublishedTerm.term_id)
        .where(TermRow.scheme == Scheme.RECOMMENDATION.value, TermRow.code == span.recommendation)
    )
    return query.where(or_(InitiativeRow.published_revision_id.is_(None), InitiativeRow.id.in_(tagged)))


def public_addresses(
    session: Session, *, limit: int, offset: int
) -> tuple[tuple[tuple[str, datetime], ...], int]:
    """The address of everything public with its newest change, in the order in which they came."""
    inner = _newest(Span()).where(InitiativeRow.published_revision_id.is_not(None)).subquery()
    total = session.scalar(select(func.count()).select_from(inner)) or 0
    rows = session.execute(
        select(InitiativeRow.slug, type_coerce(inner.c.at, Moment()))
        .join(inner, inner.c.id == InitiativeRow.id)
        .order_by(InitiativeRow.id)
        .limit(limit)
        .offset(offset)
    )
    return tuple((slug, at) for slug, at in rows), total
