"""Who asks to work on an initiative too, and what was said to that."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.storage.desk_tables import JoinRequest


def ask_to_join(session: Session, initiative_id: int, person_id: int, *, words: str, now: datetime) -> bool:
    """False when this person asked before and waits, or was answered."""
    if session.get(JoinRequest, (initiative_id, person_id)) is not None:
        return False
    row = JoinRequest(initiative_id=initiative_id, person_id=person_id, words=words, asked_at=now)
    session.add(row)
    session.flush()
    return True


def request_of(session: Session, initiative_id: int, person_id: int) -> JoinRequest | None:
    return session.get(JoinRequest, (initiative_id, person_id))


def open_requests(session: Session) -> tuple[JoinRequest, ...]:
    """What nobody answered, oldest first."""
    query = select(JoinRequest).where(JoinRequest.answered_at.is_(None))
    return tuple(session.scalars(query.order_by(JoinRequest.asked_at, JoinRequest.initiative_id)))
