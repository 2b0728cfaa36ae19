"""CSV as people save it: whatever its letters and separators, and said which."""

import csv
import re

from kb.exchange.cells import Cell
from kb.exchange.csv_out import unguarded
from kb.exchange.incoming import Incoming, Remark, Sheet, Unusable
from kb.exchange.limits import CELLS, COLUMNS, FIELD, ROWS_OF_LISTS
from kb.language.texts import mark as _

SEPARATORS = {";": _("semicolons"), ",": _("commas"), "\t": _("tabs"), "|": _("vertical bars")}
# Excel writes the separator on a line of its own when it is asked to.
SAYS_SEPARATOR = re.compile(r"\s*sep=(.)\r?\n", re.IGNORECASE)
NAME = "CSV"


def read_csv(data: bytes) -> Incoming:
    """The one sheet in the text; raises Unusable."""
    text, letters = decoded(data)
    if said := SAYS_SEPARATOR.match(text):
        separator, text = said[1], text[said.end() :]
    else:
        separator = _separator(text)
    rows = _rows(text, separator)
    remarks = [
        _letters_remark(letters),
        Remark(_("Columns are separated by %(what)s."), {"what": SEPARATORS[separator]}),
    ]
    return Incoming((Sheet(NAME, rows),), remarks=tuple(filter(None, remarks)))


def decoded(data: bytes) -> tuple[str, str]:
    """The text, and the name of its letters; raises Unusable where no letters fit."""
    for mark, letters in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _strictly(data, letters)
    if letters := _wide_letters(data):
        return _strictly(data, letters)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _strictly(data, "cp1252")


def _strictly(data: bytes, letters: str) -> tuple[str, str]:
    try:
        return data.decode(letters), letters
    except UnicodeDecodeError as error:
        message = _(
            "The letters of this file cannot be read (at byte %(place)s). Save it again as CSV UTF-8."
        )
        raise Unusable(message, place=error.start) from None


def _wide_letters(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of Dutch text is a zero."""
    start = data[:400]
    if len(start) < 4:
        return ""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > len(start) * 0.4:
        return "utf-16-le"
    return "utf-16-be" if even > len(start) * 0.4 else ""


def _letters_remark(letters: str) -> Remark | None:
    if letters.startswith("utf-8"):
        return None
    if letters == "cp1252":
        message = _("The letters were read as Windows-1252. Look whether names such as “Curaçao” are right.")
        return Remark(message, {})
    return Remark(_("The letters were read as UTF-16."), {})


def _separator(text: str) -> str:
    """The one that gives the first lines the most columns."""
    lines = text[:20_000].splitlines()[:10]
    best, most = ",", 0
    for separator in SEPARATORS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=separator)]
        except csv.Error:
            continue
        # A heading line above the table has one cell; commas in a text give every line another width.
        if sum(width for width in widths if width > 1) > most:
            best, most = separator, sum(width for width in widths if width > 1)
    return best


def _rows(text: str, separator: str) -> list[list[Cell]]:
    csv.field_size_limit(FIELD)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator)
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for row in reader:
            cells += len(row)
            if len(row) > COLUMNS:
                raise Unusable(TOO_MANY_COLUMNS, n=len(row), most=COLUMNS)
            if len(rows) >= ROWS_OF_LISTS or cells > CELLS:
                raise Unusable(TOO_MANY_ROWS, most=ROWS_OF_LISTS)
            rows.append([unguarded(cell) for cell in row])
    except csv.Error:
        message = _("A quotation mark is opened in row %(row)s and never closed.")
        raise Unusable(message, row=len(rows) + 1) from None
    return rows


TOO_MANY_COLUMNS = _(
    "There are %(n)s columns; at most %(most)s can be read. Take away the ones you do not need."
)
TOO_MANY_ROWS = _("There are more than %(most)s rows. Send the file in parts.")
