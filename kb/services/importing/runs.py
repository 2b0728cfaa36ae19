"""An import as its maker steps through it: the file, its columns, the dry run, the drafts, the way back."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from kb.domain.imports import Outcome, Stage
from kb.domain.people import Person
from kb.domain.problems import Conflict, NotFound, TooOften
from kb.domain.rights import Right, require_right
from kb.exchange.incoming import Incoming
from kb.exchange.mapping import FileMapping, learnt, suggest
from kb.services import auditing
from kb.services.work import Work
from kb.storage.import_tables import ImportRow, ImportRun
from kb.storage.imports import (
    Run,
    add_run,
    as_run,
    count_busy,
    count_done,
    count_outcomes,
    forget_runs,
    headings_of,
    remember_headings,
    rows_of,
    run_row,
    runs_of,
)

KIND = "import"
ACTION = "importeren"
# A process that has not been heard of for so long is dead.
SILENCE = timedelta(seconds=240)
AT_ONCE = 2
WAIT_S = 30
KEPT_FOR = timedelta(days=30)
SHOWN = 20

# The files of this door know no storage.
__all__ = [
    "ImportRow",
    "Overview",
    "Run",
    "apply",
    "choose",
    "look",
    "own",
    "receive",
    "rows",
    "sheets",
    "undo",
]


@dataclass(frozen=True, slots=True)
class Overview:
    """An import with how many rows have which outcome. `is_dead`: its process ended without a word."""

    run: Run
    counts: Mapping[Outcome, int]
    drafts: int
    is_dead: bool

    @property
    def can_apply(self) -> bool:
        return bool(
            self.counts.get(Outcome.NEW) or self.counts.get(Outcome.CHANGED) or self.counts.get(Outcome.ALIKE)
        )


def receive(work: Work, person: Person, name: str, data: bytes, *, language: str = "nl") -> str:
    """Keeps the file for the process that reads it, and gives the key of the import."""
    require_right(person, Right.IMPORT)
    forget_runs(work.session, before=work.now - KEPT_FOR)
    if count_busy(work.session, since=work.now - SILENCE) >= AT_ONCE:
        raise TooOften(WAIT_S)
    # Small letters only: an address with capitals that is not there is taken for a slip of the pen.
    key = secrets.token_hex(16)
    row = ImportRun(
        key=key,
        person_id=person.id,
        file_name=name[-200:] or "bestand",
        language=language,
        origin=work.origin[:80],
        stage=Stage.RECEIVED.value,
        made_at=work.now,
        beat_at=work.now,
        raw=data,
        mapping={},
        refusal=[],
    )
    add_run(work.session, row)
    auditing.note(work, person.actor, ACTION, KIND, key, details=name[-200:])
    return key


def look(work: Work, person: Person, key: str) -> Overview:
    """One's own import; somebody else's is not found."""
    row = own_row(work, person, key)
    run = as_run(row)
    return Overview(
        run,
        count_outcomes(work.session, row.id),
        count_done(work.session, row.id),
        is_dead=run.stage.is_busy and work.now - run.beat_at > SILENCE,
    )


def own(work: Work, person: Person) -> tuple[Run, ...]:
    require_right(person, Right.IMPORT)
    return runs_of(work.session, person.id, limit=SHOWN) if person.id is not None else ()


def rows(
    work: Work, person: Person, key: str, outcome: Outcome | None, *, page: int, per_page: int
) -> list[ImportRow]:
    """One page of the rows, if asked those with one outcome."""
    row = own_row(work, person, key)
    outcomes = None if outcome is None else (outcome,)
    offset = (page - 1) * per_page
    return rows_of(work.session, row.id, outcomes=outcomes, offset=offset, limit=per_page)


def sheets(work: Work, person: Person, key: str) -> tuple[Incoming, FileMapping]:
    """What was in the file, and what its columns mean as far as is known."""
    row = own_row(work, person, key)
    if row.packed is None:
        raise NotFound(KIND, key)
    incoming = Incoming.unpacked(row.packed)
    if row.mapping:
        return incoming, FileMapping.of_document(row.mapping)
    return incoming, suggest(incoming, remembered(work, person))


def choose(work: Work, person: Person, key: str, mapping: FileMapping) -> None:
    """Keeps what the columns mean, remembers it for the next file, and asks for the dry run."""
    row = own_row(work, person, key)
    _require_stage(row, Stage.READ, Stage.CHECKED, Stage.REFUSED)
    if row.packed is None:
        raise NotFound(KIND, key)
    row.mapping = mapping.as_document()
    if person.id is not None:
        remember_headings(work.session, person.id, learnt(Incoming.unpacked(row.packed), mapping))
    _ask(work, row, Stage.CHECKING)


def apply(work: Work, person: Person, key: str, *, with_alike: bool = False) -> None:
    """Asks for drafts of all good rows; `with_alike` takes those along that look like something known."""
    row = own_row(work, person, key)
    _require_stage(row, Stage.CHECKED)
    row.with_alike = with_alike
    _ask(work, row, Stage.APPLYING)


def undo(work: Work, person: Person, key: str) -> None:
    """Asks to take everything back that this import did."""
    row = own_row(work, person, key)
    _require_stage(row, Stage.APPLIED)
    _ask(work, row, Stage.UNDOING)


def own_row(work: Work, person: Person, key: str) -> ImportRun:
    require_right(person, Right.IMPORT)
    row = run_row(work.session, key)
    if row is None or row.person_id != person.id:
        raise NotFound(KIND, key)
    return row


def remembered(work: Work, person: Person) -> dict[tuple[str, str], str]:
    return headings_of(work.session, person.id) if person.id is not None else {}


def _require_stage(row: ImportRun, *stages: Stage) -> None:
    """A second click, or one on an old page, finds that it is done already."""
    if Stage(row.stage) not in stages:
        raise Conflict(KIND, row.key, current=row.id)


def _ask(work: Work, row: ImportRun, stage: Stage) -> None:
    row.stage = stage.value
    row.done = row.total = 0
    row.refusal = []
    row.beat_at = work.now
