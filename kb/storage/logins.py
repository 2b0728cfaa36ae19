"""What belongs to logging in: sessions, links that work once, requests, recovery codes and counts."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, text, update
from sqlalchemy.orm import Session

from kb.storage.base import Moment
from kb.storage.people_tables import AttemptRow, LinkRow, RecoveryCode, ResetRequest, SessionRow

COUNT = text(
    "INSERT INTO attempt (key, count, expires_at) VALUES (:key, 1, :until)"
    " ON CONFLICT (key) DO UPDATE SET count = attempt.count + 1 RETURNING count"
).bindparams(bindparam("until", type_=Moment()))


def session_by_hash(session: Session, token_hash: str) -> SessionRow | None:
    return session.scalar(select(SessionRow).where(SessionRow.token_hash == token_hash))


def sessions_of(session: Session, person_id: int) -> tuple[SessionRow, ...]:
    rows = select(SessionRow).where(SessionRow.person_id == person_id)
    return tuple(session.scalars(rows.order_by(SessionRow.last_seen_at.desc())))


def end_sessions(session: Session, person_id: int, *, besides: int | None = None) -> None:
    ended = delete(SessionRow).where(SessionRow.person_id == person_id)
    session.execute(ended if besides is None else ended.where(SessionRow.id != besides))


def end_session(session: Session, person_id: int, session_id: int) -> bool:
    """Only one's own: the id of somebody else's session does nothing."""
    ended = delete(SessionRow).where(SessionRow.id == session_id, SessionRow.person_id == person_id)
    return bool(session.execute(ended.returning(SessionRow.id)).first())


def end_sessions_before(session: Session, moment: datetime) -> None:
    session.execute(delete(SessionRow).where(SessionRow.created_at < moment))


def link_by_hash(session: Session, token_hash: str) -> LinkRow | None:
    return session.scalar(select(LinkRow).where(LinkRow.token_hash == token_hash))


def use_link(session: Session, link: LinkRow, *, now: datetime) -> bool:
    """False when somebody was first: of two at once one wins."""
    used = update(LinkRow).where(LinkRow.id == link.id, LinkRow.used_at.is_(None)).values(used_at=now)
    return bool(session.execute(used.returning(LinkRow.id)).first())


def drop_links(session: Session, *, purpose: str, person_id: int | None) -> None:
    """The newest link is the only one that works."""
    same = LinkRow.person_id == person_id if person_id is not None else LinkRow.person_id.is_(None)
    session.execute(delete(LinkRow).where(LinkRow.purpose == purpose, same))


def add_reset_request(session: Session, sealed: str, *, now: datetime) -> None:
    session.add(ResetRequest(sealed=sealed, created_at=now))


def reset_requests(session: Session) -> tuple[int, ...]:
    return tuple(session.scalars(select(ResetRequest.id).order_by(ResetRequest.id)))


def take_reset_request(session: Session, key: int) -> str | None:
    """The request for whoever comes first; None for the second."""
    taken = delete(ResetRequest).where(ResetRequest.id == key).returning(ResetRequest.sealed)
    return session.scalar(taken)


def replace_recovery_codes(session: Session, person_id: int, hashes: Iterable[str]) -> None:
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    session.add_all(RecoveryCode(person_id=person_id, code_hash=each) for each in hashes)


def use_recovery_code(session: Session, person_id: int, code_hash: str, *, now: datetime) -> bool:
    used = (
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person_id,
            RecoveryCode.code_hash == code_hash,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
    )
    return bool(session.execute(used.returning(RecoveryCode.id)).first())


def recovery_codes_left(session: Session, person_id: int) -> int:
    unused = select(RecoveryCode.id).where(
        RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None)
    )
    return len(session.scalars(unused).all())


def count_attempt(session: Session, key: str, *, now: datetime, within: timedelta) -> int:
    """How often this was tried within the period, this time included; two at once are both counted."""
    session.execute(delete(AttemptRow).where(AttemptRow.expires_at <= now))
    values = {"key": key, "until": now + within}
    return session.scalar(COUNT, values) or 1


def forget_attempts(session: Session, key: str) -> None:
    session.execute(delete(AttemptRow).where(AttemptRow.key == key))
