"""The file as it came in, with a column beside it: what would happen with each row, and what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

from kb.exchange.cells import Cell
from kb.exchange.incoming import Incoming, keepable
from kb.exchange.mapping import FileMapping
from kb.exchange.targets import DONE, REMARKS
from kb.exchange.workbook_out import OPTIONS
from kb.language.texts import gettext, mark

WIDE = 60
RECORD, FIELD, VALUE = mark("Record"), mark("Field"), mark("Value")


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What there is to say about one row; `wrong` are the letters of the columns that are not right."""

    done: str
    errors: tuple[str, ...] = ()
    wrong: frozenset[str] = frozenset()


# By sheet and row from 1.
Lines = Mapping[tuple[str, int], ReportLine]


def report_sheets(incoming: Incoming, mapping: FileMapping, lines: Lines) -> bytes:
    """The same sheets; cells with an error are marked, the remarks stand behind the last column."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {**OPTIONS, "constant_memory": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrong = book.add_format({"bg_color": "#ffd6d6", "border": 1, "border_color": "#a4000f"})
    for sheet, each in zip(incoming.sheets, mapping.sheets, strict=True):
        worksheet = book.add_worksheet(sheet.name[:31])
        last = max((len(row) for row in sheet.rows), default=0)
        if each.table:
            worksheet.set_column(last, last + 1, WIDE)
            worksheet.freeze_panes(each.heading_row + 1, 0)
        for number, row in enumerate(sheet.rows):
            line = lines.get((sheet.name, number + 1))
            for column, cell in enumerate(row):
                is_wrong = line is not None and xlsxwriter.utility.xl_col_to_name(column) in line.wrong
                _write(worksheet, number, column, cell, wrong if is_wrong else None)
            if each.table and number == each.heading_row:
                _write(worksheet, number, last, gettext(DONE), bold)
                _write(worksheet, number, last + 1, gettext(REMARKS), bold)
            elif line is not None:
                _write(worksheet, number, last, line.done, None)
                _write(worksheet, number, last + 1, "\n".join(line.errors), None)
    book.close()
    return file.getvalue()


def report_documents(rows: Iterable[tuple[Cell, ...]]) -> bytes:
    """Documents have no sheet: their errors as a table of record, field, value and what is wrong."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {**OPTIONS, "constant_memory": False})
    worksheet = book.add_worksheet()
    worksheet.set_column(0, 4, WIDE / 2)
    bold = book.add_format({"bold": True})
    headings = [gettext(words) for words in (RECORD, mark("Title"), FIELD, VALUE, DONE, REMARKS)]
    for column, words in enumerate(headings):
        _write(worksheet, 0, column, words, bold)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            _write(worksheet, number, column, cell, None)
    book.close()
    return file.getvalue()


def _write(
    worksheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, style: object
) -> None:
    if isinstance(cell, bool):
        worksheet.write_boolean(row, column, cell, style)
    elif isinstance(cell, int | float):
        worksheet.write_number(row, column, cell, style)
    elif cell or style is not None:
        worksheet.write_string(row, column, keepable(str(cell or ""))[:32_000], style)
