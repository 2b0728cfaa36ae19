"""What the map of evidence is counted from: for every published initiative its tags and what was measured."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Select, select
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
Value = TypeVar("Value", int, str)

TAGS = (Scheme.RECOMMENDATION, Scheme.LEVEL, Scheme.REGION)


@dataclass(frozen=True, slots=True)
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


def facts(session: Session) -> Facts:
    """Read in a handful of queries, whatever the number of initiatives."""
    return Facts(
        tagged=_tagged(session),
        by_direction=_grouped(session, Published.direction),
        by_trede=_grouped(session, Published.trede),
        measured=_ids(session, select(Published.initiative_id).where(measured())),
        compared=_ids(session, select(Published.initiative_id).where(compared())),
        approaches=_approaches(session),
        studied=_ids(session, select(PublishedStudy.initiative_id)),
        indicators=_indicators(session),
        by_year=_by_year(session),
    )


def ids_with_studies(session: Session, ids: Iterable[int]) -> list[int]:
    """Those of these initiatives that were studied."""
    wanted = set(ids)
    rows = session.scalars(select(PublishedStudy.initiative_id).distinct())
    return sorted(wanted.intersection(rows))


def _tagged(session: Session) -> dict[tuple[Scheme, str], Ids]:
    rows = session.execute(
        select(TermRow.scheme, TermRow.code, PublishedTerm.initiative_id)
        .join(PublishedTerm, PublishedTerm.term_id == TermRow.id)
        .where(TermRow.scheme.in_([scheme.value for scheme in TAGS]))
    )
    found: dict[tuple[Scheme, str], set[int]] = {}
    for scheme, code, key in rows:
        found.setdefault((Scheme(scheme), code), set()).add(key)
    return {tag: frozenset(ids) for tag, ids in found.items()}


def _grouped(session: Session, column: InstrumentedAttribute[Value]) -> dict[Value, Ids]:
    """The published initiatives by what one column holds."""
    found: dict[Value, set[int]] = {}
    for key, value in session.execute(select(Published.initiative_id, column)):
        found.setdefault(value, set()).add(key)
    return {value: frozenset(ids) for value, ids in found.items()}


def _approaches(session: Session) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for key, approach in session.execute(
        select(PublishedApproach.initiative_id, ApproachRow.slug).join(
            ApproachRow, ApproachRow.id == PublishedApproach.approach_id
        )
    ):
        found[key] = (*found.get(key, ()), approach)
    return found


def _indicators(session: Session) -> dict[int, frozenset[str]]:
    """What each initiative measured, or what a study of it did."""
    measured = select(PublishedMeasurement.initiative_id, PublishedMeasurement.indicator)
    effects = select(PublishedEffect.initiative_id, PublishedEffect.indicator)
    found: dict[int, set[str]] = {}
    for key, indicator in session.execute(measured.union(effects)):
        if indicator:
            found.setdefault(key, set()).add(indicator)
    return {key: frozenset(names) for key, names in found.items()}


def _by_year(session: Session) -> dict[int, Ids]:
    found: dict[int, set[int]] = {}
    for key, year in session.execute(select(PublishedYear.initiative_id, PublishedYear.year)):
        found.setdefault(year, set()).add(key)
    return {year: frozenset(ids) for year, ids in found.items()}


def _ids(session: Session, query: Select[int]) -> Ids:
    return frozenset(session.scalars(query.distinct()))
