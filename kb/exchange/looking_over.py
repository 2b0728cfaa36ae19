"""What is in a workbook before it is read: sizes and formulas, counted while unpacking within bounds.

A small file can unpack to gigabytes, and one cell far away makes a sheet of billions. Both are seen here,
so that the reader itself never meets them.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO
from xml.parsers import expat

from kb.exchange.incoming import Remark, Trouble, Unusable
from kb.exchange.limits import CELLS, COLUMNS, PARTS, ROWS_OF_LISTS, UNPACKED_BYTES
from kb.exchange.text_in import TOO_MANY_COLUMNS
from kb.language.texts import mark as _

PIECE = 64 * 1024
# Troubles of one sheet that are remembered; the rest of its rows is refused by the same column anyhow.
MOST_TROUBLES = 2_000
CELL = re.compile(r"([A-Z]{1,4})([0-9]{1,8})")
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
NOT_A_WORKBOOK = _(
    "This is a packed file, but no Excel workbook. Choose “Save as” and “Excel workbook (.xlsx)”."
)
DAMAGED = _("This workbook is damaged: %(reason)s.")


@dataclass(slots=True)
class Looked:
    """What was seen of one sheet: cells with a formula, and cells that cannot be used."""

    formulas: list[str] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def look_over(data: bytes) -> dict[str, Looked]:
    """What was seen, by the name of the sheet; raises Unusable where it is too large or not to be trusted."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return _look_over(packed)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unusable(DAMAGED, reason=str(error)[:100]) from None


def cell_name(row: int, column: int) -> str:
    """`B3` for row 2 and column 1."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def column_letters(column: int) -> str:
    return cell_name(0, column)[:-1]


def _look_over(packed: zipfile.ZipFile) -> dict[str, Looked]:
    names = set(packed.namelist())
    if WORKBOOK not in names or RELATIONS not in names:
        raise Unusable(NOT_A_WORKBOOK)
    parts = packed.infolist()
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED_BYTES:
        raise Unusable(TOO_LARGE, megabytes=UNPACKED_BYTES >> 20)
    budget = Budget(UNPACKED_BYTES)
    sheets = _sheet_parts(packed, budget)
    looked = {}
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        with packed.open(part) as file:
            name = sheets.get(part.filename)
            if name is None:
                _parse(file, budget, lambda _name, _attributes: None)
            else:
                looked[name] = SheetWatch(name).watch(file, budget)
    return looked


@dataclass(slots=True)
class Budget:
    """How many bytes may still be unpacked; what a file says about its own size may be a lie."""

    left: int

    def pieces(self, file: IO[bytes]) -> Iterator[bytes]:
        while piece := file.read(PIECE):
            self.left -= len(piece)
            if self.left < 0:
                raise Unusable(TOO_LARGE, megabytes=UNPACKED_BYTES >> 20)
            yield piece


class SheetWatch:
    """Follows the cells of one sheet as they go by."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.looked = Looked()
        self._row = self._column = 0
        self._highest = self._widest = 0
        self._is_error = self._has_formula = self._has_value = False

    def watch(self, file: IO[bytes], budget: Budget) -> Looked:
        _parse(file, budget, self._begin, self._end)
        return self.looked

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row = int(attributes["r"]) - 1 if attributes.get("r", "").isdigit() else self._row + 1
            self._column = -1
        elif name == "c":
            self._place(attributes.get("r", ""))
            self._is_error = attributes.get("t") == "e"
            self._has_formula = self._has_value = False
        elif name == "f":
            self._has_formula = True
        elif name in ("v", "t"):
            self._has_value = True

    def _end(self, name: str) -> None:
        if name != "c":
            return
        if self._has_value:
            self._measure()
        if self._has_formula and len(self.looked.formulas) < MOST_TROUBLES:
            self.looked.formulas.append(cell_name(self._row, self._column))
        if self._is_error:
            self._note(_("The formula in this cell went wrong in Excel. Type what should be there."))
        elif self._has_formula and not self._has_value:
            self._note(
                _("This formula has no result. Open the file in Excel and save it, or type the value.")
            )

    def _place(self, reference: str) -> None:
        found = CELL.fullmatch(reference)
        if not found:
            self._column += 1
            return
        self._row = int(found[2]) - 1
        self._column = _column_of(found[1])
        if self._column >= 16_384:
            raise Unusable(DAMAGED, reason=reference)

    def _measure(self) -> None:
        """Empty cells do not count: people give whole columns a colour."""
        self._highest = max(self._highest, self._row + 1)
        self._widest = max(self._widest, self._column + 1)
        if self._widest > COLUMNS:
            raise Unusable(TOO_MANY_COLUMNS, n=self._widest, most=COLUMNS)
        if self._highest > ROWS_OF_LISTS or self._highest * self._widest > CELLS:
            raise Unusable(TOO_MANY_ROWS, sheet=self.name, n=self._highest, most=ROWS_OF_LISTS)

    def _note(self, message: str) -> None:
        if len(self.looked.troubles) < MOST_TROUBLES:
            self.looked.troubles.append(Trouble(self._row, self._column, Remark(message)))


def _column_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _sheet_parts(packed: zipfile.ZipFile, budget: Budget) -> dict[str, str]:
    """The name of the sheet in each part."""
    relations: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            relations[attributes.get("Id", "")] = target.lstrip("/") if target[:1] == "/" else f"xl/{target}"

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            part = relations.get(attributes.get(RELATION, ""), "")
            sheets[part] = attributes.get("name", "")

    with packed.open(RELATIONS) as file:
        _parse(file, budget, relation)
    with packed.open(WORKBOOK) as file:
        _parse(file, budget, sheet)
    return sheets


def _parse(
    file: IO[bytes],
    budget: Budget,
    begin: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
) -> None:
    """Goes through the XML once; names lose their namespace, and a document type is refused."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = lambda name, found: begin(name.rpartition(" ")[2], found)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    try:
        for piece in budget.pieces(file):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unusable(DAMAGED, reason=str(error)[:100]) from None


def _refuse_document_type(*_arguments: object) -> None:
    raise Unusable(ENTITIES)


TOO_LARGE = _(
    "Unpacked, this workbook is larger than %(megabytes)s MB. Take out sheets and pictures you do not need."
)
TOO_MANY_ROWS = _(
    "Sheet “%(sheet)s” has something in row %(n)s; at most %(most)s rows can be read. "
    "Send it in parts, or remove what stands far below your table."
)
ENTITIES = _("This workbook refers to things outside itself, which Excel never does. It is not read.")
