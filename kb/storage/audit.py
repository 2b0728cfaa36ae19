"""The audit trail: one row per write, chained by hash so that a removed row shows.

The hash of the newest row is kept apart too, or nobody would miss rows from the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.storage.database import wait_for_turn
from kb.storage.documents import hash_of
from kb.storage.kept import keep, kept
from kb.storage.tables import AuditRow

GENESIS = "0" * 64
HEAD = "audit_head"


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
    previous = newest_hash(session)
    for deed in deeds:
        row = AuditRow(at=now, previous_hash=previous, hash="", **_fields(deed))
        row.hash = previous = _hash(row)
        session.add(row)
    keep(session, HEAD, previous)


def broken_links(session: Session) -> list[int]:
    """The ids of the rows whose hash or link does not hold; empty when the trail is whole.

    Where rows are missing at the end, it is the id that the first of them could have had."""
    broken, previous, last = [], GENESIS, 0
    rows = select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=1_000)
    for row in session.scalars(rows):
        if row.previous_hash != previous or row.hash != _hash(row):
            broken.append(row.id)
        previous, last = row.hash, row.id
    if newest_hash(session) != previous:
        broken.append(last + 1)
    return broken


def newest_hash(session: Session) -> str:
    """What the next row builds on; written down elsewhere, it tells later that all before it still stands."""
    return kept(session, HEAD) or GENESIS


def has_hash(session: Session, known: str) -> bool:
    return session.scalar(select(AuditRow.id).where(AuditRow.hash == known)) is not None


def _fields(deed: Deed) -> dict[str, object]:
    return {name: getattr(deed, name) for name in Deed.__slots__}


def _hash(row: AuditRow) -> str:
    fields = {name: getattr(row, name) for name in Deed.__slots__}
    return hash_of({**fields, "at": row.at.isoformat(), "previous": row.previous_hash})
