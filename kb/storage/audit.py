"""The audit trail: one row per write, chained by hash so that a removed row shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.storage.database import wait_for_turn
from kb.storage.documents import hash_of
from kb.storage.tables import AuditRow

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Deed:
    """What the trail keeps: who did what to what, with which result, from where."""

    actor: str
    action: str
    object_kind: str
    object_key: str
    result: str = "gelukt"
    origin: str = "opdrachtregel"
    revision_before: int | None = None
    revision_after: int | None = None
    details: str = ""


def record_deed(session: Session, deed: Deed, *, now: datetime) -> None:
    record_deeds(session, (deed,), now=now)


def record_deeds(session: Session, deeds: Iterable[Deed], *, now: datetime) -> None:
    """Each after the other, in the order in which they come."""
    session.flush()
    wait_for_turn(session)
    previous = session.scalar(select(AuditRow.hash).order_by(AuditRow.id.desc()).limit(1)) or GENESIS
    for deed in deeds:
        row = AuditRow(at=now, previous_hash=previous, hash="", **_fields(deed))
        row.hash = previous = _hash(row)
        session.add(row)


def broken_links(session: Session) -> list[int]:
    """The ids of the rows whose hash or link does not hold; empty when the trail is whole."""
    broken, previous = [], GENESIS
    for row in session.scalars(select(AuditRow).order_by(AuditRow.id)):
        if row.previous_hash != previous or row.hash != _hash(row):
            broken.append(row.id)
        previous = row.hash
    return broken


def _fields(deed: Deed) -> dict[str, object]:
    return {name: getattr(deed, name) for name in Deed.__slots__}


def _hash(row: AuditRow) -> str:
    fields = {name: getattr(row, name) for name in Deed.__slots__}
    return hash_of({**fields, "at": row.at.isoformat(), "previous": row.previous_hash})
