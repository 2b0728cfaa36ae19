"""An import taken back as a whole: what it made is gone from the desk, what it changed is as before.

What somebody went on with since is left alone, and so is what became public.
"""

from dataclasses import dataclass

from kb.domain.people import Person
from kb.domain.rights import Right, require_right
from kb.domain.workflow import Action, Status
from kb.services.standing import KIND
from kb.services.work import Work
from kb.storage.audit import Deed, record_deeds
from kb.storage.bulk_drafts import working_by_ids
from kb.storage.import_tables import ImportRow, ImportRun
from kb.storage.imports import rows_of, write_rows
from kb.storage.tables import InitiativeRow

# The address of what was taken back, so that a second import can have the first one.
GONE = "-teruggedraaid-"
LONGEST_SLUG = 120
OPEN = (Status.DRAFT.value, Status.RETURNED.value)


@dataclass(frozen=True, slots=True)
class Undone:
    """How many rows were taken back, and how many others went on with."""

    rows: int
    left: int


def undo_rows(work: Work, person: Person, run: ImportRun) -> Undone:
    """The revisions stay in the history; a row that is left keeps its revision in the list."""
    require_right(person, Right.IMPORT)
    rows = [row for row in rows_of(work.session, run.id) if row.revision_id is not None]
    initiatives = working_by_ids(work.session, [row.initiative_id for row in rows if row.initiative_id])
    deeds, back = [], []
    for row in rows:
        initiative = initiatives[row.initiative_id or 0][0]
        if initiative.working_revision_id != row.revision_id or initiative.status not in OPEN:
            continue
        deeds.append(_deed(work, person, run, row, initiative))
        _take_back(row, initiative)
        back.append({"run_id": run.id, "number": row.number, "revision_id": None})
    work.session.flush()
    write_rows(work.session, back)
    record_deeds(work.session, deeds, now=work.now)
    return Undone(len(back), len(rows) - len(back))


def _take_back(row: ImportRow, initiative: InitiativeRow) -> None:
    if row.base_revision_id is not None:
        initiative.working_revision_id = row.base_revision_id
        initiative.status = row.status_before
        return
    ending = f"{GONE}{initiative.id}"
    initiative.slug = f"{initiative.slug[: LONGEST_SLUG - len(ending)]}{ending}"
    initiative.source_key = None
    initiative.status = Status.WITHDRAWN.value


def _deed(work: Work, person: Person, run: ImportRun, row: ImportRow, initiative: InitiativeRow) -> Deed:
    return Deed(
        actor=person.actor,
        action=Action.DISCARD.value,
        object_kind=KIND,
        object_key=initiative.slug,
        origin=work.origin[:80],
        revision_before=row.revision_id,
        revision_after=row.base_revision_id,
        details=f"import:{run.key}",
    )
