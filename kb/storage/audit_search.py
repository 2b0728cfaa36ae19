"""Looking something up in the audit trail."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from kb.storage.tables import AuditRow

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look for; `before` is the number of the row above which the next page begins.

    `actors` are those that `actor` may mean, `about` the numbers of people whom `words` may mean."""

    words: str = ""
    actor: str = ""
    actors: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    result: str = ""
    first_day: date | None = None
    last_day: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    id: int
    at: datetime
    actor: str
    action: str
    object_kind: str
    object_key: str
    result: str
    origin: str
    revision_before: int | None
    revision_after: int | None
    details: str


def entries(session: Session, asked: Asked, *, limit: int) -> tuple[Entry, ...]:
    """The newest first."""
    rows = session.scalars(_narrowed(asked).order_by(AuditRow.id.desc()).limit(limit))
    return tuple(Entry(**{name: getattr(row, name) for name in Entry.__slots__}) for row in rows)


def actions(session: Session) -> tuple[str, ...]:
    """Every kind of deed that is in the trail."""
    return tuple(session.scalars(select(AuditRow.action).distinct().order_by(AuditRow.action)))


def _narrowed(asked: Asked) -> Select[AuditRow]:
    query = select(AuditRow)
    if asked.actors:
        query = query.where(AuditRow.actor.in_(asked.actors))
    if asked.actions:
        query = query.where(AuditRow.action.in_(asked.actions))
    if asked.result:
        query = query.where(AuditRow.result == asked.result)
    if asked.words:
        columns = (AuditRow.object_key, AuditRow.details, AuditRow.origin)
        found = [column.icontains(asked.words, autoescape=True) for column in columns]
        person = and_(AuditRow.object_kind == "persoon", AuditRow.object_key.in_(asked.about))
        query = query.where(or_(*found, person))
    if asked.first_day:
        query = query.where(AuditRow.at >= _midnight(asked.first_day))
    if asked.last_day:
        query = query.where(AuditRow.at < _midnight(asked.last_day + timedelta(days=1)))
    if asked.before:
        query = query.where(AuditRow.id < asked.before)
    return query


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=AMSTERDAM)
