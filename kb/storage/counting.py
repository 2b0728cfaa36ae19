"""Counts over everything that is published, straight from the relational rows."""

from collections import Counter

from sqlalchemy import ColumnElement, CompoundSelect, Select, distinct, func, select
from sqlalchemy.orm import Session

from kb.domain.catalogue import COMPARING, Standing
from kb.domain.content import MeasureKind
from kb.domain.terms import Scheme
from kb.storage.public_tables import (
    Published,
    PublishedEffect,
    PublishedMeasurement,
    PublishedStudy,
    PublishedTerm,
    VerdictRow,
)
from kb.storage.tables import TermClosure, TermRow

# Everything that carries this term of this scheme, or one below it.
Under = tuple[Scheme, str]


def total_published(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Published)) or 0


def count_by_term(session: Session, scheme: Scheme, *, within: Under | None = None) -> dict[str, int]:
    """Initiatives per term of a scheme, those of the terms below it included, each counted once."""
    return _counts(session, _per_term(scheme), within)


def standing_by_term(session: Session, scheme: Scheme, *, within: Under | None = None) -> dict[str, Standing]:
    """Per term: initiatives, with an outcome measured, compared with others."""
    carried = PublishedTerm.initiative_id
    everyone = _counts(session, _per_term(scheme), within)
    with_outcome = _counts(session, _per_term(scheme).where(carried.in_(_measured_ids())), within)
    with_comparison = _counts(session, _per_term(scheme).where(carried.in_(_compared_ids())), within)
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


def count_by_grade(session: Session) -> dict[str, int]:
    """Studies by what they can say about effect."""
    rows = session.execute(select(PublishedStudy.grade, func.count()).group_by(PublishedStudy.grade))
    return {grade: int(number) for grade, number in rows}


def count_by_flag(session: Session) -> Counter[str]:
    """Initiatives by what a reader must know beside the level."""
    rows = session.scalars(select(VerdictRow.flags).where(VerdictRow.axis == "hier"))
    return Counter(flag for flags in rows for flag in flags)


def ids_under(session: Session, scheme: Scheme, code: str) -> list[int]:
    """The initiatives that carry this term or one below it."""
    return list(session.scalars(_under((scheme, code)).order_by(PublishedTerm.initiative_id)))


def ids_by_term(session: Session, scheme: Scheme) -> dict[str, list[int]]:
    """For each term of a scheme the initiatives that carry this very term."""
    rows = session.execute(
        select(TermRow.code, PublishedTerm.initiative_id)
        .join(PublishedTerm, PublishedTerm.term_id == TermRow.id)
        .where(TermRow.scheme == scheme.value)
    )
    found: dict[str, list[int]] = {}
    for code, key in rows:
        found.setdefault(code, []).append(key)
    return found


def measured() -> ColumnElement[bool]:
    """Whether a published initiative has measured an outcome: a figure on it, or a study that found one."""
    return Published.initiative_id.in_(_measured_ids())


def compared() -> ColumnElement[bool]:
    """Whether a published initiative has a study with a comparison."""
    return Published.initiative_id.in_(_compared_ids())


def _measured_ids() -> CompoundSelect[int]:
    kind = MeasureKind.OUTCOME.value
    figures = select(PublishedMeasurement.initiative_id).where(PublishedMeasurement.kind == kind)
    return figures.union(select(PublishedEffect.initiative_id))


def _compared_ids() -> Select[int]:
    designs = [design.value for design in COMPARING]
    return select(PublishedStudy.initiative_id).where(PublishedStudy.design.in_(designs))


def _per_term(scheme: Scheme) -> Select[str, int]:
    return (
        select(TermRow.code, func.count(distinct(PublishedTerm.initiative_id)))
        .join(TermClosure, TermClosure.ancestor_id == TermRow.id)
        .join(PublishedTerm, PublishedTerm.term_id == TermClosure.descendant_id)
        .where(TermRow.scheme == scheme.value)
        .group_by(TermRow.code)
    )


def _under(place: Under) -> Select[int]:
    scheme, code = place
    return (
        select(PublishedTerm.initiative_id)
        .join(TermClosure, TermClosure.descendant_id == PublishedTerm.term_id)
        .join(TermRow, TermRow.id == TermClosure.ancestor_id)
        .where(TermRow.scheme == scheme.value, TermRow.code == code)
        .distinct()
    )


def _counts(session: Session, per_term: Select[str, int], within: Under | None) -> dict[str, int]:
    if within is not None:
        # Plus nothing: SQLite must not start from the index on the initiative, which takes 90 ms, not 1.
        per_term = per_term.where((PublishedTerm.initiative_id + 0).in_(_under(within)))
    return {code: int(number) for code, number in session.execute(per_term)}
