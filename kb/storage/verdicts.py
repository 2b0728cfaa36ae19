"""Verdicts as they were derived, with their trace."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from kb.domain.verdict import Verdict
from kb.storage.documents import to_document
from kb.storage.lists import APPROACH, HERE
from kb.storage.public_tables import Published, VerdictRow

NOT_MEASURED = "niet_gemeten"


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


def verdicts_of(session: Session, initiative_id: int) -> dict[str, VerdictRow]:
    """The kept verdicts by axis."""
    return {axis: row for axis in (HERE, APPROACH) if (row := session.get(VerdictRow, (initiative_id, axis)))}
