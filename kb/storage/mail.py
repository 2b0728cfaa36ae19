"""Mail on its way out."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from kb.storage.people_tables import MailRow


def add_mail(
    session: Session, *, sealed: str, about: str | None, person_id: int | None, now: datetime
) -> None:
    session.add(
        MailRow(sealed=sealed, about=about, person_id=person_id, created_at=now, next_try_at=now, tries=0)
    )
    session.flush()


def is_mailed_about(session: Session, about: str) -> bool:
    return session.scalar(select(MailRow.id).where(MailRow.about == about)) is not None


def waiting_mail(session: Session, *, now: datetime, limit: int) -> tuple[int, ...]:
    due = select(MailRow.id).where(MailRow.next_try_at <= now).order_by(MailRow.id).limit(limit)
    return tuple(session.scalars(due))


def claim_mail(session: Session, mail_id: int, *, now: datetime, until: datetime) -> MailRow | None:
    """The row for whoever comes first; nobody else may try before `until`."""
    claimed = (
        update(MailRow)
        .where(MailRow.id == mail_id, MailRow.next_try_at <= now)
        .values(next_try_at=until, tries=MailRow.tries + 1)
    )
    if session.execute(claimed.returning(MailRow.id)).first() is None:
        return None
    return session.get(MailRow, mail_id, populate_existing=True)


def mark_sent(session: Session, mail_id: int, *, now: datetime) -> None:
    """The text goes; that it was sent stays, so that it is not sent twice."""
    session.execute(
        update(MailRow).where(MailRow.id == mail_id).values(sealed="", sent_at=now, next_try_at=None)
    )


def postpone(session: Session, mail_id: int, *, until: datetime) -> None:
    session.execute(update(MailRow).where(MailRow.id == mail_id).values(next_try_at=until))


def give_up(session: Session, mail_id: int) -> None:
    session.execute(update(MailRow).where(MailRow.id == mail_id).values(sealed="", next_try_at=None))


def number_unsent(session: Session, *, before: datetime) -> int:
    """Mail that should have gone by now, or that we gave up on."""
    query = select(func.count(MailRow.id)).where(MailRow.sent_at.is_(None), MailRow.created_at < before)
    return session.scalar(query) or 0
