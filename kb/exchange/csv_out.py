"""Tables as CSV (RFC 4180): for programs with codes and commas, for Excel with a mark and semicolons."""

import csv
import re
from collections.abc import Iterable
from io import StringIO

from kb.exchange.cells import Cell, Voice
from kb.exchange.edition import Edition, Records, Text
from kb.exchange.flat import flat_columns, flat_row

# A spreadsheet would calculate text that begins like this. One apostrophe more keeps it text; a reader
# takes one off, so nothing is lost.
FORMULA = re.compile(r"'*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]")
BYTE_ORDER_MARK = "\ufeff"


def csv_text(records: Records, edition: Edition) -> Text:
    return _table(records, edition, delimiter=",")


def excel_csv_text(records: Records, edition: Edition) -> Text:
    """The Dutch Excel opens this by a double click, with every letter right and every column apart."""
    yield BYTE_ORDER_MARK
    yield from _table(records, edition, delimiter=";")


def csv_lines(rows: Iterable[Iterable[Cell]], *, delimiter: str = ",") -> Text:
    """Rows as text, each ending in CRLF; words that look like a formula are made safe."""
    line = StringIO()
    writer = csv.writer(line, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def guarded(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def _table(records: Records, edition: Edition, *, delimiter: str) -> Text:
    voice = Voice(edition.vocabulary, edition.language, for_people=False)
    columns = flat_columns()
    yield from csv_lines([[column.key for column in columns]], delimiter=delimiter)
    rows = (flat_row(record, voice, edition.page_of(record.slug), columns) for record in records)
    yield from csv_lines(rows, delimiter=delimiter)
