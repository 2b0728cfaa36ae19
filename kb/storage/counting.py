"""Counts over everything that is published, straight from the relational rows."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from kb.domain.catalogue import COMPARING, Standing
from kb.domain.content import MeasureKind
from kb.domain.terms import Scheme
from kb.storage.public_tables import Published, PublishedMeasurement, PublishedStudy, PublishedTerm
from kb.storage.tables import TermClosure, TermRow


def total_published(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Published)) or 0


def count_by_term(session: Session, scheme: Scheme, *, within: Sequence[int] | None = None) -> dict[str, int]:
    """Initiatives per term of a scheme, those of the terms below it included, each counted once."""
    return _counts(session, _tagged(scheme), within)


def standing_by_term(
    session: Session, scheme: Scheme, *, within: Sequence[int] | None = None
) -> dict[str, Standing]:
    """Per term: initiatives, with an outcome measured, compared with others."""
    everyone = _counts(session, _tagged(scheme), within)
    with_outcome = _counts(session, _tagged(scheme).where(measured()), within)
    with_comparison = _counts(session, _tagged(scheme).where(compared()), within)
    return {
        code: Standing(number, with_outcome.get(code, 0), with_comparison.get(code, 0))
        for code, number in everyone.items()
    }


def standing(session: Session) -> Standing:
    """The same three figures for the whole catalogue."""
    query = select(func.count()).select_from(Published)
    return Standing(
        session.scalar(query) or 0,
        session.scalar(query.where(measured())) or 0,
        session.scalar(query.where(compared())) or 0,
    )


def count_by_trede(session: Session) -> dict[int, int]:
    rows = session.execute(select(Published.trede, func.count()).group_by(Published.trede))
    return {trede: int(number) for trede, number in rows}


def count_by_direction(session: Session) -> dict[str, int]:
    rows = session.execute(select(Published.direction, func.count()).group_by(Published.direction))
    return {direction: int(number) for direction, number in rows}


def ids_under(session: Session, scheme: Scheme, code: str) -> list[int]:
    """The initiatives that carry this term or one below it."""
    query = _tagged(scheme).where(TermRow.code == code).order_by(Published.initiative_id)
    return [key for _, key in session.execute(query)]


def _tagged(scheme: Scheme) -> Select[str, int]:
    return (
        select(TermRow.code, Published.initiative_id)
        .join(TermClosure, TermClosure.ancestor_id == TermRow.id)
        .join(PublishedTerm, PublishedTerm.term_id == TermClosure.descendant_id)
        .join(Published, Published.initiative_id == PublishedTerm.initiative_id)
        .where(TermRow.scheme == scheme.value)
        .distinct()
    )


def _counts(session: Session, tagged: Select[str, int], within: Sequence[int] | None) -> dict[str, int]:
    if within is not None:
        tagged = tagged.where(Published.initiative_id.in_(within))
    pairs = tagged.subquery()
    rows = session.execute(select(pairs.c.code, func.count()).group_by(pairs.c.code))
    return {code: int(number) for code, number in rows}


def measured() -> ColumnElement[bool]:
    """Whether a published initiative has measured an outcome."""
    return (
        select(PublishedMeasurement.initiative_id)
        .where(
            and_(
                PublishedMeasurement.initiative_id == Published.initiative_id,
                PublishedMeasurement.kind == MeasureKind.OUTCOME.value,
            )
        )
        .exists()
    )


def compared() -> ColumnElement[bool]:
    """Whether a published initiative has a study with a comparison."""
    designs = [design.value for design in COMPARING]
    return (
        select(PublishedStudy.initiative_id)
        .where(
            and_(
                PublishedStudy.initiative_id == Published.initiative_id,
                PublishedStudy.design.in_(designs),
            )
        )
        .exists()
    )
