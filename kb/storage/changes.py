"""The outbox: which initiatives changed, in order."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.domain.search import Change
from kb.storage.database import wait_for_turn
from kb.storage.tables import ChangeRow


def note_change(session: Session, initiative_id: int, *, now: datetime) -> None:
    wait_for_turn(session)
    session.add(ChangeRow(initiative_id=initiative_id, created_at=now))


def newest_sequence(session: Session) -> int:
    """The number of the newest note, 0 when there is none."""
    return session.scalar(select(func.coalesce(func.max(ChangeRow.sequence), 0))) or 0


def changes_after(session: Session, sequence: int) -> tuple[Change, ...]:
    rows = session.execute(
        select(ChangeRow.sequence, ChangeRow.initiative_id)
        .where(ChangeRow.sequence > sequence)
        .order_by(ChangeRow.sequence)
    )
    return tuple(Change(number, initiative_id) for number, initiative_id in rows)
