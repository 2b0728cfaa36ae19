"""Keys of programs in the database, and the answers that repeated requests get again."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select, text
from sqlalchemy.orm import Session

from kb.storage.base import Moment
from kb.storage.token_tables import AnswerRow, TokenRow

RESERVE = text(
    "INSERT INTO api_answer (token_id, key, fingerprint, headers, body, created_at)"
    " VALUES (:token_id, :key, :fingerprint, '{}', '', :now) ON CONFLICT DO NOTHING RETURNING token_id"
).bindparams(bindparam("now", type_=Moment()))


def token_by_hash(session: Session, token_hash: str) -> TokenRow | None:
    return session.scalar(select(TokenRow).where(TokenRow.token_hash == token_hash))


def tokens_of(session: Session, person_id: int) -> tuple[TokenRow, ...]:
    """The newest first."""
    rows = select(TokenRow).where(TokenRow.person_id == person_id)
    return tuple(session.scalars(rows.order_by(TokenRow.created_at.desc(), TokenRow.id.desc())))


def remove_token(session: Session, person_id: int, token_id: int) -> str | None:
    """Only one's own; gives its name, or None where there was none."""
    removed = delete(TokenRow).where(TokenRow.id == token_id, TokenRow.person_id == person_id)
    return session.scalar(removed.returning(TokenRow.name))


def remove_tokens(session: Session, person_id: int) -> None:
    session.execute(delete(TokenRow).where(TokenRow.person_id == person_id))


def reserve_answer(session: Session, token_id: int, key: str, fingerprint: str, *, now: datetime) -> bool:
    """True for the first with this key; a second one waits until the first is done, and is False then."""
    values = {"token_id": token_id, "key": key, "fingerprint": fingerprint, "now": now}
    return session.execute(RESERVE, values).first() is not None


def answer_of(session: Session, token_id: int, key: str) -> AnswerRow | None:
    return session.get(AnswerRow, (token_id, key), populate_existing=True)


def forget_answers_before(session: Session, moment: datetime) -> None:
    session.execute(delete(AnswerRow).where(AnswerRow.created_at < moment))
