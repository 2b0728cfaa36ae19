"""For harvesters and search engines: what is public, when it changed, and what is public no more."""

from dataclasses import dataclass
from datetime import datetime

from kb.domain.harvest import Cursor, Harvest, Harvested, Span
from kb.domain.problems import NotFound
from kb.services.exporting import records_of
from kb.services.work import Work
from kb.storage.harvest import Changed, changed, changed_one, earliest_change, newest_change

BATCH = 100


@dataclass(frozen=True, slots=True)
class Lifetime:
    """When the first and the last change were; the moment itself while there is nothing."""

    first: datetime
    last: datetime


def harvest(work: Work, span: Span, after: Cursor | None = None) -> Harvest:
    """The next batch of what changed in the span."""
    rows, total = changed(work.session, span, after=after, limit=BATCH + 1)
    shown = rows[:BATCH]
    more = Cursor(shown[-1].at, shown[-1].id) if len(rows) > BATCH else None
    return Harvest(_with_records(work, shown), total, more)


def harvested(work: Work, initiative_id: int) -> Harvested:
    """One of them; what never was public raises NotFound."""
    row = changed_one(work.session, initiative_id)
    if row is None:
        raise NotFound("initiatief", initiative_id)
    return _with_records(work, (row,))[0]


def lifetime(work: Work) -> Lifetime:
    return Lifetime(
        earliest_change(work.session) or work.now,
        newest_change(work.session) or work.now,
    )


def _with_records(work: Work, rows: tuple[Changed, ...]) -> tuple[Harvested, ...]:
    records = records_of(work, [row.id for row in rows if row.is_public])
    return tuple(Harvested(row.id, row.at, records.get(row.id)) for row in rows)
