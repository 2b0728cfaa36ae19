"""Briefings that were kept as they were."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.domain.briefing import Briefing
from kb.storage.documents import from_document, to_document
from kb.storage.ministry_tables import SnapshotRow

KEY_BYTES = 9
Kept = tuple[str, datetime, Briefing]


def add_snapshot(session: Session, briefing: Briefing, *, person_id: int | None, now: datetime) -> str:
    """Keeps it and gives the key, which nobody can guess."""
    key = secrets.token_hex(KEY_BYTES)
    session.add(SnapshotRow(key=key, person_id=person_id, made_at=now, document=to_document(briefing)))
    session.flush()
    return key


def snapshot_by_key(session: Session, key: str) -> Kept | None:
    row = session.get(SnapshotRow, key)
    return _kept(row) if row else None


def snapshots_of(session: Session, person_id: int | None) -> list[Kept]:
    """Newest first."""
    query = select(SnapshotRow).where(SnapshotRow.person_id == person_id)
    return [_kept(row) for row in session.scalars(query.order_by(SnapshotRow.made_at.desc()))]


def _kept(row: SnapshotRow) -> Kept:
    return row.key, row.made_at, from_document(row.document, Briefing)
