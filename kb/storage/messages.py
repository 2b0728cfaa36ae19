"""What visitors wrote about initiatives, encrypted until somebody has dealt with it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kb.storage.desk_tables import ContactMessage


def add_message(session: Session, initiative_id: int, *, kind: str, sealed: str, now: datetime) -> None:
    session.add(ContactMessage(initiative_id=initiative_id, kind=kind, sealed=sealed, created_at=now))
    session.flush()


def open_messages(session: Session, *, about: int | None = None) -> tuple[ContactMessage, ...]:
    """What nobody has dealt with yet, the oldest first."""
    query = select(ContactMessage).where(ContactMessage.handled_at.is_(None))
    if about is not None:
        query = query.where(ContactMessage.initiative_id == about)
    return tuple(session.scalars(query.order_by(ContactMessage.created_at, ContactMessage.id)))


def message_by_id(session: Session, key: int) -> ContactMessage | None:
    return session.get(ContactMessage, key)


def close_messages(session: Session, keys: Iterable[int], *, now: datetime) -> None:
    """The text goes; that something was asked stays."""
    closed = update(ContactMessage).where(ContactMessage.id.in_(list(keys)))
    session.execute(closed.values(sealed="", handled_at=now))
