"""The rows of a dry run as its page shows them: what would change, what is wrong, what it looks like."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.domain.content import Content
from kb.domain.imports import Outcome
from kb.domain.people import Person
from kb.services.comparing import Difference, compare
from kb.services.importing.runs import own_row
from kb.services.work import Work
from kb.storage.bulk_drafts import contents_of
from kb.storage.documents import from_document
from kb.storage.import_tables import ImportRow
from kb.storage.imports import rows_of


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of the file. `slug` leads to its draft once there is one; `alike` is an address and a title.

    `about` is that of the public initiative that a row with an error is about.
    """

    sheet: str
    row: int
    title: str
    outcome: Outcome
    errors: tuple[Mapping[str, Any], ...]
    differences: tuple[Difference, ...]
    alike: tuple[str, str] | None
    about: tuple[str, str] | None
    slug: str
    is_written: bool


def rows(
    work: Work, person: Person, key: str, outcome: Outcome | None, *, page: int, per_page: int
) -> tuple[RowShown, ...]:
    """One page of the rows, if asked those with one outcome."""
    run = own_row(work, person, key)
    outcomes = None if outcome is None else (outcome,)
    found = rows_of(work.session, run.id, outcomes=outcomes, offset=(page - 1) * per_page, limit=per_page)
    before = contents_of(work.session, [row.base_revision_id for row in found if row.base_revision_id])
    return tuple(_shown(work, row, before) for row in found)


def _shown(work: Work, row: ImportRow, before: Mapping[int, Content]) -> RowShown:
    outcome = Outcome(row.outcome)
    known = before.get(row.base_revision_id or 0)
    is_changed = outcome is Outcome.CHANGED and known is not None
    alike, about = row.notes["alike"], row.notes.get("about")
    return RowShown(
        sheet=row.sheet,
        row=row.row,
        title=row.title,
        outcome=outcome,
        errors=tuple(row.notes["errors"]),
        differences=compare(work, known, from_document(row.content, Content)) if is_changed else (),
        alike=(alike[0], alike[1]) if alike else None,
        about=(about[0], about[1]) if about else None,
        slug=row.slug,
        is_written=row.revision_id is not None,
    )
