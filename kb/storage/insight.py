"""What the map of evidence is counted from: for every published initiative its tags and what was measured."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from kb.domain.terms import Scheme
from kb.storage.counting import compared, measured
from kb.storage.public_tables import (
    Published,
    PublishedApproach,
    PublishedEffect,
    PublishedMeasurement,
    PublishedStudy,
    PublishedTerm,
    PublishedYear,
)
from kb.storage.tables import ApproachRow, TermRow

Ids = frozenset[int]
NOBODY: Ids = frozenset()
Value = TypeVar("Value", int, str)
Name = TypeVar("Name")
Row = TypeVar("Row")


TAGS = (Scheme.RECOMMENDATION, Scheme.LEVEL, Scheme.REGION)


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Facts:
    """Sets of initiatives: by their own tags, direction, years and how far they came; and what each uses."""

    tagged: dict[tuple[Scheme, str], Ids]
    by_direction: dict[str, Ids]
    by_trede: dict[int, Ids]
    measured: Ids
    compared: Ids
    approaches: dict[int, tuple[str, ...]]
    studied: Ids = frozenset()
    indicators: dict[int, frozenset[str]] = field(default_factory=dict)
    by_year: dict[int, Ids] = field(default_factory=dict)


def facts(session: Session, only: Ids | None = None) -> Facts:
    """Read in a handful of queries, whatever the number of initiatives; of these only, if they are named."""
    published, studied = Published.initiative_id, PublishedStudy.initiative_id
    return Facts(
        tagged=_tagged(session, only),
        by_direction=_grouped(session, Published.direction, only),
        by_trede=_grouped(session, Published.trede, only),
        measured=_ids(session, select(published).where(measured(), _among(published, only))),
        compared=_ids(session, select(published).where(compared(), _among(published, only))),
        approaches=_approaches(session, only),
        studied=_ids(session, select(studied).where(_among(studied, only))),
        indicators=_indicators(session, only),
        by_year=_by_year(session, only),
    )


def amended(known: Facts, fresh: Facts, changed: Ids) -> Facts:
    """The facts with what is known of some initiatives replaced; what is gone is simply not fresh."""
    return Facts(
        tagged=_sets(known.tagged, fresh.tagged, changed),
        by_direction=_sets(known.by_direction, fresh.by_direction, changed),
        by_trede=_sets(known.by_trede, fresh.by_trede, changed),
        measured=(known.measured - changed) | fresh.measured,
        compared=(known.compared - changed) | fresh.compared,
        approaches=_rows(known.approaches, fresh.approaches, changed),
        studied=(known.studied - changed) | fresh.studied,
        indicators=_rows(known.indicators, fresh.indicators, changed),
        by_year=_sets(known.by_year, fresh.by_year, changed),
    )


def ids_with_studies(session: Session, ids: Iterable[int]) -> list[int]:
    """Those of these initiatives that were studied."""
    wanted = set(ids)
    rows = session.scalars(select(PublishedStudy.initiative_id).distinct())
    return sorted(wanted.intersection(rows))


def _sets(known: Mapping[Name, Ids], fresh: Mapping[Name, Ids], changed: Ids) -> dict[Name, Ids]:
    """Only the sets that somebody left or joined are made anew; one that is empty goes."""
    found = {}
    for name in (*known, *(name for name in fresh if name not in known)):
        before, joining = known.get(name, NOBODY), fresh.get(name, NOBODY)
        now = before if not joining and before.isdisjoint(changed) else (before - changed) | joining
        if now:
            found[name] = now
    return found


def _rows(known: Mapping[int, Row], fresh: Mapping[int, Row], changed: Ids) -> dict[int, Row]:
    return {**{key: row for key, row in known.items() if key not in changed}, **fresh}


def _tagged(session: Session, only: Ids | None) -> dict[tuple[Scheme, str], Ids]:
    query = (
        select(TermRow.scheme, TermRow.code, PublishedTerm.initiative_id)
        .join(PublishedTerm, PublishedTerm.term_id == TermRow.id)
        .where(TermRow.scheme.in_([scheme.value for scheme in TAGS]))
    )
    found: dict[tuple[Scheme, str], set[int]] = {}
    for scheme, code, key in session.execute(query.where(_among(PublishedTerm.initiative_id, only))):
        found.setdefault((Scheme(scheme), code), set()).add(key)
    return {tag: frozenset(ids) for tag, ids in found.items()}


def _grouped(session: Session, column: InstrumentedAttribute[Value], only: Ids | None) -> dict[Value, Ids]:
    """The published initiatives by what one column holds."""
    found: dict[Value, set[int]] = {}
    query = select(Published.initiative_id, column).where(_among(Published.initiative_id, only))
    for key, value in session.execute(query):
        found.setdefault(value, set()).add(key)
    return {value: frozenset(ids) for value, ids in found.items()}


def _approaches(session: Session, only: Ids | None) -> dict[int, tuple[str, ...]]:
    query = select(PublishedApproach.initiative_id, ApproachRow.slug).join(
        ApproachRow, ApproachRow.id == PublishedApproach.approach_id
    )
    found: dict[int, tuple[str, ...]] = {}
    for key, approach in session.execute(query.where(_among(PublishedApproach.initiative_id, only))):
        found[key] = (*found.get(key, ()), approach)
    return found


def _indicators(session: Session, only: Ids | None) -> dict[int, frozenset[str]]:
    """What each initiative measured, or what a study of it did."""
    measured = select(PublishedMeasurement.initiative_id, PublishedMeasurement.indicator)
    effects = select(PublishedEffect.initiative_id, PublishedEffect.indicator)
    query = measured.where(_among(PublishedMeasurement.initiative_id, only)).union(
        effects.where(_among(PublishedEffect.initiative_id, only))
    )
    found: dict[int, set[str]] = {}
    for key, indicator in session.execute(query):
        if indicator:
            found.setdefault(key, set()).add(indicator)
    return {key: frozenset(names) for key, names in found.items()}


def _by_year(session: Session, only: Ids | None) -> dict[int, Ids]:
    found: dict[int, set[int]] = {}
    query = select(PublishedYear.initiative_id, PublishedYear.year)
    for key, year in session.execute(query.where(_among(PublishedYear.initiative_id, only))):
        found.setdefault(year, set()).add(key)
    return {year: frozenset(ids) for year, ids in found.items()}


def _ids(session: Session, query: Select[int]) -> Ids:
    return frozenset(session.scalars(query.distinct()))


def _among(column: InstrumentedAttribute[int], only: Ids | None) -> ColumnElement[bool]:
    """Whether a row is about one of these; every row is where none are named."""
    return true() if only is None else column.in_(only)
