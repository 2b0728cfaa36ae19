"""The part of an import that takes time, done by a process of its own: read, check, write, take back."""

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from kb.domain.imports import Outcome, Stage
from kb.domain.people import SYSTEM, Person
from kb.domain.problems import NotFound, Problem
from kb.exchange.cells import Voice
from kb.exchange.incoming import Incoming, Remark, Unusable, keepable
from kb.exchange.mapping import FileMapping, suggest
from kb.exchange.overlaying import Reading
from kb.exchange.proposals import Misplaced, proposals
from kb.exchange.reading import read_file
from kb.language.texts import mark as _
from kb.services.exporting import approach_names
from kb.services.importing.applying import apply_rows
from kb.services.importing.checking import Checked, check
from kb.services.importing.runs import KIND, remembered
from kb.services.importing.undoing import undo_rows
from kb.services.persons import known_row, person_of
from kb.services.work import Work
from kb.storage.documents import to_document
from kb.storage.import_tables import ImportRun
from kb.storage.imports import replace_rows, run_row

log = logging.getLogger(__name__)

# How often the page hears how far it is.
BEAT_S = 0.7
STOPPED = _("Reading this file took too much time or memory. Send it in parts, or save it again in Excel.")
FAULT = _("Something went wrong here while working on this file. It is not your fault; nothing was written.")
LONGEST_REMARK = 500


class OpenWork(Protocol):
    def __call__(self, *, writing: bool = False, origin: str = ...) -> AbstractContextManager[Work]: ...


def step(open_work: OpenWork, key: str, *, straight_on: bool = False) -> Stage:
    """Does what the import waits for, and returns the stage after it; what goes wrong, the import tells.

    `straight_on` goes from reading to the dry run with the columns as they are recognised: a program cannot
    look at them.
    """
    with open_work() as work:
        stage = Stage(_row(work, key).stage)
    deed = _read_and_check if straight_on and stage is Stage.RECEIVED else DEEDS.get(stage)
    if deed is None:
        return stage
    try:
        deed(open_work, key)
    except Unusable as unusable:
        refuse(open_work, key, unusable.remark)
    except MemoryError:
        refuse(open_work, key, Remark(STOPPED))
    except Problem as problem:
        refuse(open_work, key, Remark(str(getattr(problem, "reason", FAULT))))
    except Exception:
        log.exception("import failed key=%s stage=%s", key, stage)
        refuse(open_work, key, Remark(FAULT))
    with open_work() as work:
        return Stage(_row(work, key).stage)


def refuse(open_work: OpenWork, key: str, remark: Remark) -> None:
    """The import stops here, and its page says why."""
    with open_work(writing=True) as work:
        row = _row(work, key)
        row.stage, row.raw, row.finished_at = Stage.REFUSED.value, None, work.now
        row.refusal = [remark.message, keepable(dict(remark.values))]


def refuse_dead(open_work: OpenWork, key: str) -> None:
    """For whoever finds that the process of this import ended without a word."""
    with open_work() as work:
        is_busy = Stage(_row(work, key).stage).is_busy
    if is_busy:
        refuse(open_work, key, Remark(STOPPED))


def _read(open_work: OpenWork, key: str) -> None:
    """Documents need no columns and are checked at once."""
    with open_work() as work:
        row = _row(work, key)
        name, raw = row.file_name, row.raw or b""
    incoming = read_file(name, raw)
    with open_work(writing=True) as work:
        row = _row(work, key)
        row.raw, row.packed = None, incoming.packed()
        row.stage = (Stage.READ if incoming.is_table else Stage.CHECKING).value
        row.beat_at = work.now
    if not incoming.is_table:
        _check(open_work, key)


def _read_and_check(open_work: OpenWork, key: str) -> None:
    _read(open_work, key)
    with open_work(writing=True) as work:
        row = _row(work, key)
        if Stage(row.stage) is not Stage.READ:
            return
        incoming = Incoming.unpacked(row.packed or b"")
        row.mapping = suggest(incoming, remembered(work, _person(work, row))).as_document()
        row.stage, row.beat_at = Stage.CHECKING.value, work.now
    _check(open_work, key)


def _check(open_work: OpenWork, key: str) -> None:
    with open_work() as work:
        row = _row(work, key)
        incoming = Incoming.unpacked(row.packed or b"")
        mapping = FileMapping.of_document(row.mapping) if row.mapping else suggest(incoming, {})
        found = proposals(incoming, mapping)
        if not found:
            raise Unusable(_("There is no row with an initiative in it."))
        beat = Beat(open_work, key)
        reading = reading_of(work, clear=mapping.clear)
        checked = check(work, _person(work, row), found, reading, progress=beat)
        rows = [row_of(number, one) for number, one in enumerate(checked, 1)]
    with open_work(writing=True) as work:
        row = _row(work, key)
        replace_rows(work.session, row.id, rows)
        row.stage, row.beat_at = Stage.CHECKED.value, work.now


def _apply(open_work: OpenWork, key: str) -> None:
    with open_work(writing=True, origin=_origin(open_work, key)) as work:
        row = _row(work, key)
        apply_rows(work, _person(work, row), row)
        row.stage, row.finished_at = Stage.APPLIED.value, work.now


def _undo(open_work: OpenWork, key: str) -> None:
    with open_work(writing=True, origin=_origin(open_work, key)) as work:
        row = _row(work, key)
        undo_rows(work, _person(work, row), row)
        row.stage, row.finished_at = Stage.UNDONE.value, work.now


DEEDS: dict[Stage, Callable[[OpenWork, str], None]] = {
    Stage.RECEIVED: _read,
    Stage.CHECKING: _check,
    Stage.APPLYING: _apply,
    Stage.UNDOING: _undo,
}


@dataclass(slots=True)
class Beat:
    """Tells the page now and then how far it is, in a transaction of its own."""

    open_work: OpenWork
    key: str
    last: float = field(default_factory=time.monotonic)

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.last < BEAT_S and done < total:
            return
        self.last = now
        with self.open_work(writing=True) as work:
            row = _row(work, self.key)
            row.done, row.total, row.beat_at = done, total, work.now


def reading_of(work: Work, *, clear: bool) -> Reading:
    """How the cells of any file are understood here and now."""
    voice = Voice(work.vocabulary, approaches=approach_names(work))
    return Reading(voice, work.now.date().isoformat(), clear)


def row_of(number: int, checked: Checked) -> dict[str, Any]:
    """A row as it is kept; what no database takes is replaced, for then it is wrong anyhow."""
    alike, known = checked.alike, checked.known
    notes = {
        "errors": [_kept_error(each) for each in sorted(checked.errors, key=_by_place)],
        "changes": list(checked.changes),
        "about": [known.slug, known.content.title] if known and known.standing.is_public else [],
        "alike": [alike.slug, alike.content.title] if alike else [],
    }
    return {
        "number": number,
        "sheet": keepable(checked.place.sheet),
        "row": checked.place.row,
        "outcome": checked.outcome.value,
        "title": keepable(checked.title),
        "slug": keepable(checked.slug)[:120],
        "source_key": keepable(checked.source_key),
        "content": to_document(checked.content) if checked.content and checked.outcome in WRITTEN else {},
        "notes": keepable(notes),
        "initiative_id": checked.known.id if checked.known else None,
        "base_revision_id": checked.known.revision_id if checked.known else None,
        "status_before": checked.known.standing.status.value if checked.known else "",
        "revision_id": None,
    }


# Outcomes that can become a draft.
WRITTEN: Iterable[Outcome] = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.ALIKE})


def _by_place(each: Misplaced) -> tuple[int, int, str]:
    """A to Z come before AA."""
    return each.place.row, len(each.place.column), each.place.column


def _kept_error(each: Misplaced) -> dict[str, Any]:
    place, error = each.place, each.error
    return {
        "sheet": place.sheet,
        "row": place.row,
        "column": place.column,
        "heading": place.heading[:200],
        "value": place.value,
        "field": error.field,
        "message": error.message,
        "values": {name: _short(value) for name, value in error.values.items()},
    }


def _short(value: object) -> object:
    return value if isinstance(value, int | float) else str(value)[:LONGEST_REMARK]


def _row(work: Work, key: str) -> ImportRun:
    row = run_row(work.session, key)
    if row is None:
        raise NotFound(KIND, key)
    return row


def _person(work: Work, row: ImportRun) -> Person:
    """Whoever sent the file, with the rights of now."""
    return SYSTEM if row.person_id is None else person_of(work, known_row(work, row.person_id))


def _origin(open_work: OpenWork, key: str) -> str:
    with open_work() as work:
        return _row(work, key).origin
