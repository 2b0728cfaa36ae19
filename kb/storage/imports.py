"""Imports in the database: kept between their steps, listed, and forgotten after a while."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, defer

from kb.domain.imports import BUSY, Outcome, Stage
from kb.storage.import_tables import ImportHeading, ImportRow, ImportRun


@dataclass(frozen=True, slots=True)
class Run:
    """One import as pages show it, without its files."""

    id: int
    key: str
    person_id: int | None
    file_name: str
    language: str
    origin: str
    stage: Stage
    done: int
    total: int
    made_at: datetime
    beat_at: datetime
    finished_at: datetime | None
    mapping: Mapping[str, Any]
    refusal: Sequence[Any]
    with_alike: bool


def add_run(session: Session, row: ImportRun) -> None:
    session.add(row)
    session.flush()


def run_row(session: Session, key: str) -> ImportRun | None:
    """The row itself, without what was in the file until that is asked for."""
    lazily = (defer(ImportRun.raw), defer(ImportRun.packed))
    return session.scalar(select(ImportRun).where(ImportRun.key == key).options(*lazily))


def as_run(row: ImportRun) -> Run:
    values = {name: getattr(row, name) for name in Run.__slots__ if name != "stage"}
    return Run(stage=Stage(row.stage), **values)


def runs_of(session: Session, person_id: int, *, limit: int) -> tuple[Run, ...]:
    """The newest imports of this person."""
    query = select(ImportRun).where(ImportRun.person_id == person_id)
    query = query.options(defer(ImportRun.raw), defer(ImportRun.packed))
    return tuple(as_run(row) for row in session.scalars(query.order_by(ImportRun.id.desc()).limit(limit)))


def count_busy(session: Session, *, since: datetime) -> int:
    """How many imports a process worked on since then."""
    stages = [stage.value for stage in BUSY]
    query = select(func.count()).select_from(ImportRun)
    return session.scalar(query.where(ImportRun.stage.in_(stages), ImportRun.beat_at >= since)) or 0


def forget_runs(session: Session, *, before: datetime) -> None:
    """Throws away old imports; what they made stays."""
    old = select(ImportRun.id).where(ImportRun.made_at < before)
    session.execute(delete(ImportRow).where(ImportRow.run_id.in_(old)))
    session.execute(delete(ImportRun).where(ImportRun.made_at < before))


def replace_rows(session: Session, run_id: int, rows: Iterable[dict[str, Any]]) -> None:
    session.execute(delete(ImportRow).where(ImportRow.run_id == run_id))
    values = [{"run_id": run_id, **row} for row in rows]
    if values:
        session.execute(ImportRow.__table__.insert(), values)  # type: ignore[attr-defined]


def rows_of(
    session: Session,
    run_id: int,
    *,
    outcomes: Iterable[Outcome] | None = None,
    offset: int = 0,
    limit: int | None = None,
) -> list[ImportRow]:
    """The rows in the order of the file, if asked those of some outcomes only."""
    query = select(ImportRow).where(ImportRow.run_id == run_id).order_by(ImportRow.number)
    if outcomes is not None:
        query = query.where(ImportRow.outcome.in_([outcome.value for outcome in outcomes]))
    if limit is not None:
        query = query.limit(limit)
    return list(session.scalars(query.offset(offset)))


def count_outcomes(session: Session, run_id: int) -> dict[Outcome, int]:
    rows = session.execute(
        select(ImportRow.outcome, func.count()).where(ImportRow.run_id == run_id).group_by(ImportRow.outcome)
    )
    return {Outcome(outcome): int(number) for outcome, number in rows}


def count_done(session: Session, run_id: int) -> int:
    """How many rows made a revision that was not taken back."""
    query = select(func.count()).select_from(ImportRow)
    return session.scalar(query.where(ImportRow.run_id == run_id, ImportRow.revision_id.is_not(None))) or 0


def write_rows(session: Session, changes: Sequence[dict[str, Any]]) -> None:
    """Changes of many rows at once; each names its run and its number."""
    if changes:
        session.execute(update(ImportRow), list(changes))


def headings_of(session: Session, person_id: int) -> dict[tuple[str, str], str]:
    rows = session.execute(
        select(ImportHeading.table_key, ImportHeading.heading, ImportHeading.target).where(
            ImportHeading.person_id == person_id
        )
    )
    return {(key, heading): target for key, heading, target in rows}


def remember_headings(session: Session, person_id: int, learnt: Mapping[tuple[str, str], str]) -> None:
    for (key, heading), target in learnt.items():
        session.merge(ImportHeading(person_id=person_id, table_key=key, heading=heading, target=target))
