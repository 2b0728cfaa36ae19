"""Verdicts as they were derived, with their trace."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kb.domain.evidence import Flag, Grade, Level, Step
from kb.domain.verdict import Verdict
from kb.storage.documents import from_document, to_document
from kb.storage.lists import HERE
from kb.storage.public_tables import Published, VerdictRow

NOT_MEASURED = "niet_gemeten"


@dataclass(frozen=True, slots=True)
class KeptVerdict:
    """A verdict as it was derived and kept; `direction` is "niet_gemeten" where no study speaks."""

    level: Level
    direction: str
    attributable: bool | None
    places: int
    flags: tuple[Flag, ...]
    grades: tuple[Grade, ...]
    trace: tuple[Step, ...]
    rule_version: str
    input_hash: str
    computed_at: datetime


# What stands where no verdict was kept: nothing known, and no derivation.
NO_VERDICT = KeptVerdict(Level.REGISTERED, NOT_MEASURED, None, 1, (), (), (), "", "", datetime.min)


def save_verdict(
    session: Session, initiative_id: int, axis: str, verdict: Verdict, *, now: datetime, places: int = 1
) -> None:
    """Replaces the verdict on this axis; the one for this place also stands in the published row."""
    direction = verdict.direction.value if verdict.direction else NOT_MEASURED
    row = VerdictRow(
        initiative_id=initiative_id,
        axis=axis,
        trede=int(verdict.level),
        direction=direction,
        attributable=verdict.attributable,
        places=places,
        flags=[flag.value for flag in verdict.flags],
        grades=[grade.value for grade in verdict.grades],
        trace=[to_document(step) for step in verdict.trace],
        rule_version=verdict.rule_version,
        input_hash=verdict.input_hash,
        computed_at=now,
    )
    session.merge(row)
    if axis == HERE:
        session.execute(
            update(Published)
            .where(Published.initiative_id == initiative_id)
            .values(trede=int(verdict.level), direction=direction)
        )


def forget_verdict(session: Session, initiative_id: int, axis: str) -> None:
    session.execute(
        delete(VerdictRow).where(VerdictRow.initiative_id == initiative_id, VerdictRow.axis == axis)
    )


def verdicts_of(session: Session, initiative_id: int) -> dict[str, KeptVerdict]:
    """The kept verdicts by axis."""
    rows = session.scalars(select(VerdictRow).where(VerdictRow.initiative_id == initiative_id))
    return {row.axis: _kept(row) for row in rows}


def all_verdicts(session: Session) -> dict[tuple[int, str], KeptVerdict]:
    """Every kept verdict by initiative and axis."""
    return {(row.initiative_id, row.axis): _kept(row) for row in session.scalars(select(VerdictRow))}


def _kept(row: VerdictRow) -> KeptVerdict:
    return KeptVerdict(
        level=Level(row.trede),
        direction=row.direction,
        attributable=row.attributable,
        places=row.places,
        flags=tuple(Flag(flag) for flag in row.flags),
        grades=tuple(Grade(grade) for grade in row.grades),
        trace=tuple(from_document(step, Step) for step in row.trace),
        rule_version=row.rule_version,
        input_hash=row.input_hash,
        computed_at=row.computed_at,
    )
