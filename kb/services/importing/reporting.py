"""What the dry run found, written beside the rows of the file itself."""

from typing import Any

from kb.domain.imports import Outcome
from kb.domain.people import Person
from kb.exchange.cells import Cell
from kb.exchange.report import ReportLine, report_documents, report_sheets
from kb.language.imports import cell_error, error_text, outcome_name
from kb.services.importing.runs import own_row, sheets
from kb.services.work import Work
from kb.storage.import_tables import ImportRow
from kb.storage.imports import rows_of


def report(work: Work, person: Person, key: str) -> bytes:
    """A workbook in the reader's language: the same sheets with a column of remarks."""
    run = own_row(work, person, key)
    incoming, mapping = sheets(work, person, key)
    rows = rows_of(work.session, run.id)
    if not incoming.is_table:
        return report_documents([line for row in rows for line in _document_lines(row)])
    return report_sheets(incoming, mapping, _lines(rows))


def _lines(rows: list[ImportRow]) -> dict[tuple[str, int], ReportLine]:
    """An error stands at the row it is about, which may be on another sheet than its initiative."""
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    done = {}
    for row in rows:
        done[row.sheet, row.row] = outcome_name(Outcome(row.outcome))
        for error in row.notes["errors"]:
            found.setdefault((error["sheet"] or row.sheet, error["row"]), []).append(error)
    return {
        place: ReportLine(
            done.get(place, outcome_name(Outcome.ERROR)),
            tuple(cell_error(error) for error in found.get(place, ())),
            frozenset(error["column"] for error in found.get(place, ()) if error["column"]),
        )
        for place in {*found, *done}
    }


def _document_lines(row: ImportRow) -> list[tuple[Cell, ...]]:
    done = outcome_name(Outcome(row.outcome))
    errors = row.notes["errors"]
    if not errors:
        return [(row.row, row.title, "", "", done, "")]
    return [(row.row, row.title, each["field"], each["value"], done, error_text(each)) for each in errors]
