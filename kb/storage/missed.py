"""Words that found nothing, counted by day."""

from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kb.storage.ministry_tables import MissedSearch


def note_words(session: Session, day: date, words: str, *, most: int) -> None:
    """Counts them once more; no new words when there are so many of that day already."""
    row = session.get(MissedSearch, (day, words))
    if row is not None:
        row.times += 1
        return
    today = session.scalar(select(func.count()).select_from(MissedSearch).where(MissedSearch.day == day))
    if (today or 0) < most:
        session.add(MissedSearch(day=day, words=words, times=1))


def forget_before(session: Session, day: date) -> None:
    session.execute(delete(MissedSearch).where(MissedSearch.day < day))


def missed_words(session: Session, since: date, limit: int) -> list[tuple[str, int, date]]:
    """Words with how often and on which day last, most often first."""
    times = func.sum(MissedSearch.times)
    rows = session.execute(
        select(MissedSearch.words, times, func.max(MissedSearch.day))
        .where(MissedSearch.day >= since)
        .group_by(MissedSearch.words)
        .order_by(times.desc(), MissedSearch.words)
        .limit(limit)
    )
    return [(words, int(number), last) for words, number, last in rows]
