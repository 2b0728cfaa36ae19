"""Each initiative that a file speaks of: its cells, and the rows of its lists from all sheets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.domain.problems import FieldError
from kb.domain.terms import RegionKind, plain
from kb.exchange.cells import Cell, as_words, is_blank
from kb.exchange.flat import INITIATIVE, SLUG, SOURCE_KEY
from kb.exchange.incoming import Incoming, Remark, Sheet
from kb.exchange.limits import ROWS
from kb.exchange.looking_over import column_letters
from kb.exchange.mapping import FileMapping, SheetMapping, headings_of
from kb.exchange.targets import NOTHING, OWN, split_target
from kb.language.texts import mark as _
from kb.schemas.columns import INITIATIVES

# The target of a cell beyond the last heading.
BEYOND = "+"
LONGEST_WORDS = 200
TOO_MANY = _("Only the first %(most)s initiatives of a file are read. Send the rest in another file.")
SHIFTED = _(
    "This row has more cells than there are headings. Is there a separator inside a text? "
    "Put that text between quotation marks."
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file something stands: sheet, row from 1, column with its heading, and its words."""

    sheet: str
    row: int
    column: str = ""
    heading: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Misplaced:
    """An error with the place in the file where it can be mended."""

    place: Place
    error: FieldError


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell under its target; `kind` says which of the regions with one name is meant.

    With `trouble` the cell cannot be used, and that says why.
    """

    target: str
    column: int
    cell: Cell
    kind: RegionKind | None = None
    trouble: Remark | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet, numbered from 1 like the spreadsheet does."""

    sheet: str
    row: int
    headings: list[str]
    cells: tuple[Filled, ...]

    def words(self, target: str) -> str:
        return next((as_words(one.cell).strip() for one in self.cells if one.target == target), "")

    @property
    def place(self) -> Place:
        return Place(self.sheet, self.row)

    def place_of(self, filled: Filled) -> Place:
        heading = self.headings[filled.column] if filled.column < len(self.headings) else ""
        words = as_words(filled.cell)[:LONGEST_WORDS]
        return Place(self.sheet, self.row, column_letters(filled.column), heading, words)


@dataclass(slots=True)
class Proposal:
    """What the file says of one initiative. `lists` holds a key for each list of which there is a sheet.

    A `document` is the whole initiative in the import format; then there are no lines.
    """

    place: Place
    slug: str = ""
    source_key: str = ""
    title: str = ""
    line: Line | None = None
    lists: dict[str, list[Line]] = field(default_factory=dict)
    document: Any = None
    errors: list[Misplaced] = field(default_factory=list)


def proposals(incoming: Incoming, mapping: FileMapping) -> list[Proposal]:
    """In the order of the file; a row of a list that belongs to nothing here is a proposal of its own."""
    if not incoming.is_table:
        return [_of_document(number, document) for number, document in enumerate(incoming.documents, 1)]
    pairs = list(zip(incoming.sheets, mapping.sheets, strict=True))
    found = [
        _of_line(line) for sheet, each in pairs if each.table == INITIATIVES for line in _lines(sheet, each)
    ]
    for proposal in found[ROWS:]:
        proposal.errors.append(Misplaced(proposal.place, FieldError("", TOO_MANY, {"most": ROWS})))
    names = _named(found)
    for sheet, each in pairs:
        if each.table and each.table != INITIATIVES:
            _gather(sheet, each, found, names)
    return found


def _of_document(number: int, document: Any) -> Proposal:
    known = document if isinstance(document, Mapping) else {}
    return Proposal(
        Place("", number),
        slug=_said(known, SLUG),
        source_key=_said(known, SOURCE_KEY),
        title=_said(known, "titel"),
        document=document,
    )


def _said(document: Mapping[str, Any], key: str) -> str:
    value = document.get(key)
    return value.strip()[:LONGEST_WORDS] if isinstance(value, str) else ""


def _of_line(line: Line) -> Proposal:
    return Proposal(
        line.place,
        slug=line.words(SLUG),
        source_key=line.words(SOURCE_KEY)[:LONGEST_WORDS],
        title=line.words("titel")[:LONGEST_WORDS],
        line=line,
        errors=_shifted(line),
    )


def _shifted(line: Line) -> list[Misplaced]:
    found = (one for one in line.cells if one.target == BEYOND)
    return [Misplaced(line.place_of(one), FieldError("", SHIFTED)) for one in found]


def _named(found: list[Proposal]) -> dict[str, Proposal]:
    """Every name by which another sheet can mean a row: addresses before references before titles."""
    names: dict[str, Proposal] = {}
    for part in ("slug", "source_key", "title"):
        for proposal in found:
            if name := getattr(proposal, part):
                names.setdefault(plain(name), proposal)
    return names


def _gather(sheet: Sheet, mapping: SheetMapping, found: list[Proposal], names: dict[str, Proposal]) -> None:
    for proposal in found:
        proposal.lists.setdefault(mapping.table, [])
    for line in _lines(sheet, mapping):
        name = line.words(INITIATIVE)
        if plain(name) not in names:
            # Perhaps one that is on the site already: its address says which.
            names[plain(name)] = Proposal(line.place, slug=name)
            found.append(names[plain(name)])
        proposal = names[plain(name)]
        proposal.lists.setdefault(mapping.table, []).append(line)
        proposal.errors += _shifted(line)


def _lines(sheet: Sheet, mapping: SheetMapping) -> Iterator[Line]:
    """The rows under the headings in which something stands."""
    headings = headings_of(sheet, mapping)
    troubles: dict[int, dict[int, Remark]] = {}
    for trouble in sheet.troubles:
        troubles.setdefault(trouble.row, {})[trouble.column] = trouble.remark
    heading_cells = sheet.rows[mapping.heading_row] if sheet.rows else []
    last = max((place for place, cell in enumerate(heading_cells) if not is_blank(cell)), default=-1)
    for number, row in enumerate(sheet.rows):
        if number <= mapping.heading_row or all(is_blank(cell) for cell in row):
            continue
        cells = tuple(_filled(mapping, row, last, troubles.get(number, {})))
        yield Line(sheet.name, number + 1, headings, cells)


def _filled(
    mapping: SheetMapping, row: list[Cell], last: int, troubles: Mapping[int, Remark]
) -> Iterator[Filled]:
    for column, target in enumerate(mapping.targets):
        cell = row[column] if column < len(row) else None
        if column > last and not is_blank(cell):
            yield Filled(BEYOND, column, cell)
        elif target not in (NOTHING, OWN):
            name, kind = split_target(target)
            yield Filled(name, column, cell, kind, troubles.get(column))
