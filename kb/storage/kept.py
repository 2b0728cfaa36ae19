"""Small facts about this database: its identity, which vocabulary it holds."""

import uuid

from sqlalchemy.orm import Session

from kb.storage.tables import KeptValue

IDENTITY = "identity"


def kept(session: Session, key: str) -> str | None:
    row = session.get(KeptValue, key)
    return row.value if row else None


def keep(session: Session, key: str, value: str) -> None:
    row = session.get(KeptValue, key)
    if row:
        row.value = value
    else:
        session.add(KeptValue(key=key, value=value))


def identity(session: Session) -> str:
    """The name of this very database, so that an index of another one is not mistaken for ours."""
    known = kept(session, IDENTITY)
    if known is None:
        known = str(uuid.uuid4())
        keep(session, IDENTITY, known)
    return known
