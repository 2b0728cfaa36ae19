"""What somebody was reminded of, so that it never happens twice."""

from datetime import datetime

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from kb.storage.base import Moment

REMEMBER = text(
    "INSERT INTO reminder (person_id, about, reminded_at) VALUES (:person, :about, :now)"
    " ON CONFLICT (person_id, about) DO NOTHING RETURNING person_id"
).bindparams(bindparam("now", type_=Moment()))


def remember(session: Session, person_id: int, about: str, *, now: datetime) -> bool:
    """False when this person was reminded of it before; of two at once one gets True."""
    values = {"person": person_id, "about": about, "now": now}
    return session.execute(REMEMBER, values).first() is not None
