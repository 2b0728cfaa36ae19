"""A workbook (XLSX): a sheet of initiatives, a sheet for each of their lists, and an explanation."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

import xlsxwriter
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.worksheet import Worksheet

from kb.domain.catalogue import PublicRecord
from kb.exchange.cells import Cell, Voice, written
from kb.exchange.documents_out import document_of
from kb.exchange.edition import CHUNK, Edition, Records
from kb.exchange.explanation import explanation_rows
from kb.exchange.flat import INITIATIVE, NAMES, STUDY, at, flat_row, sheet_columns
from kb.exchange.headings import EXPLANATION, sheet_name
from kb.language.fields import field_name
from kb.language.texts import gettext, mark, speaking
from kb.schemas.columns import INITIATIVES, Table, tables

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# What one sheet of Excel holds, its headings included.
MOST_ROWS = 1_048_576
WIDE, MIDDLING, NARROW = 50, 22, 12
TITLE = mark("Title")


@dataclass(slots=True)
class Sheet:
    """A worksheet that is filled from above; `left_out` counts rows that no longer fit."""

    worksheet: Worksheet
    row: int = 0
    left_out: int = 0

    def write(self, cells: Iterable[Cell], style: CellFormat | None = None) -> None:
        if self.row >= MOST_ROWS:
            self.left_out += 1
            return
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                self.worksheet.write_string(self.row, place, cell, style)
            elif cell is not None:
                self.worksheet.write_number(self.row, place, cell, style)
        self.row += 1


@dataclass
class Book:
    """A workbook that is being written into a file."""

    file: IO[bytes]
    edition: Edition
    sheets: dict[str, Sheet] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._book = xlsxwriter.Workbook(self.file, OPTIONS)
        self._book.set_properties(
            {"title": self.edition.title, "author": self.edition.site_name, "created": self.edition.now}
        )
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})

    def add(
        self, key: str, name: str, headings: Sequence[str], widths: Sequence[int], *, frozen: int
    ) -> None:
        worksheet = self._book.add_worksheet(name)
        for place, width in enumerate(widths):
            worksheet.set_column(place, place, width)
        worksheet.freeze_panes(1, frozen)
        self.sheets[key] = Sheet(worksheet)
        self.sheets[key].write(headings, self._bold)

    @property
    def count(self) -> int:
        """How many initiatives are in it, those that did not fit too."""
        sheet = self.sheets[INITIATIVES]
        return sheet.row - 1 + sheet.left_out

    @property
    def left_out(self) -> dict[str, int]:
        return {key: sheet.left_out for key, sheet in self.sheets.items() if sheet.left_out}

    def close(self) -> None:
        for sheet in self.sheets.values():
            if sheet.row > 1:
                sheet.worksheet.autofilter(0, 0, sheet.row - 1, sheet.worksheet.dim_colmax)
        self._book.close()


def workbook(records: Records, edition: Edition) -> Iterator[bytes]:
    """The file in pieces; it is made on disk, so its size costs no memory."""
    with tempfile.TemporaryFile() as file:
        with speaking(edition.language):
            _write(file, records, edition)
        file.seek(0)
        while piece := file.read(CHUNK):
            yield piece


def _write(file: IO[bytes], records: Records, edition: Edition) -> None:
    voice = Voice(edition.vocabulary, edition.language, approaches=edition.approaches)
    book = Book(file, edition)
    for table in tables():
        add_table(book, table)
    for record in records:
        _write_record(book, record, voice)
    add_explanation(book, explanation_rows(edition, book.count, book.left_out))
    book.close()


def add_explanation(book: Book, rows: Iterable[tuple[str, ...]]) -> None:
    name = gettext(EXPLANATION)
    book.add("uitleg", name, (name,), (34, 34, WIDE, WIDE), frozen=0)
    for row in rows:
        book.sheets["uitleg"].write(row)


def add_table(book: Book, table: Table) -> None:
    """The sheet of a table with its headings."""
    if table.key == INITIATIVES:
        columns = sheet_columns()
        names = [column.heading for column in columns]
        widths = [_width(column.field.name if column.field else column.key) for column in columns]
        book.add(table.key, sheet_name(table), names, widths, frozen=3)
        return
    names = [gettext(NAMES[INITIATIVE]), gettext(TITLE)]
    names += [gettext(NAMES[STUDY])] if "." in table.key else []
    widths = [NARROW + 8, WIDE - 10] + [MIDDLING] * (len(names) - 2 + len(table.columns))
    names += [field_name(column.part, column.name) for column in table.columns]
    book.add(table.key, sheet_name(table), names, widths, frozen=2)


def list_rows(table: Table, document: Mapping[str, Any], voice: Voice) -> Iterator[tuple[Cell, ...]]:
    """The rows of one list of an initiative; those one deeper begin with the key of their study."""
    above, _, inner = table.key.rpartition(".")
    for holder in at(document, above) or [] if above else (document,):
        start = (holder["sleutel"],) if above else ()
        for item in holder.get(inner, []):
            yield (*start, *(written(column, at(item, column.path), voice) for column in table.columns))


def _write_record(book: Book, record: PublicRecord, voice: Voice) -> None:
    page = book.edition.page_of(record.slug)
    document = document_of(record)
    for table in tables():
        if table.key == INITIATIVES:
            book.sheets[table.key].write(flat_row(record, voice, page, sheet_columns()))
            continue
        for row in list_rows(table, document, voice):
            book.sheets[table.key].write((record.slug, record.content.title, *row))


def _width(name: str) -> int:
    if name in ("title", "summary", "goal", "activities", "regions"):
        return WIDE
    return NARROW if name.endswith("_year") or name in ("trede", "versie") else MIDDLING
