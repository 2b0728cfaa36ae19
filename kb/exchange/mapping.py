"""Which sheet holds what, and which column is which field: guessed by name, and for people to change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from kb.domain.terms import plain
from kb.exchange.cells import Cell, as_words, is_blank
from kb.exchange.headings import explaining_sheets, sheet_names
from kb.exchange.incoming import Incoming, Remark, Sheet, listed
from kb.exchange.limits import SHOWN
from kb.exchange.looking_over import column_letters
from kb.exchange.targets import NOTHING, OWN, recognised, split_target, targets
from kb.language.texts import mark as _
from kb.schemas.columns import INITIATIVES, tables

# A heading stands in one of the first rows; above it there may be a title.
FIRST_ROWS = 10
# What a person called each heading before, by the table and the plain heading.
Remembered = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """One sheet: the table it fills (none: it is not read), its heading row from 0, a target per column."""

    sheet: str
    table: str
    heading_row: int = 0
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileMapping:
    """A whole file. With `clear` an empty cell empties the field of an initiative that is there already."""

    sheets: tuple[SheetMapping, ...]
    clear: bool = False

    def as_document(self) -> dict[str, Any]:
        return {
            "sheets": [[s.sheet, s.table, s.heading_row, list(s.targets)] for s in self.sheets],
            "clear": self.clear,
        }

    @classmethod
    def of_document(cls, document: Mapping[str, Any]) -> Self:
        sheets = (SheetMapping(name, key, row, tuple(found)) for name, key, row, found in document["sheets"])
        return cls(tuple(sheets), document["clear"])


def suggest(incoming: Incoming, remembered: Remembered) -> FileMapping:
    """What the names say. Our own files know the address of each initiative, so there empty means empty."""
    known = {plain(name): table.key for table in tables() for name in sheet_names(table)}
    mapped = [_suggested(sheet, known.get(plain(sheet.name), ""), remembered) for sheet in incoming.sheets]
    if not any(each.table == INITIATIVES for each in mapped):
        mapped = _with_main_sheet(incoming.sheets, mapped, remembered)
    has_address = any(each.table == INITIATIVES and "slug" in each.targets for each in mapped)
    return FileMapping(tuple(mapped), clear=has_address)


def changed(mapping: FileMapping, sheet: str, chosen: Sequence[str]) -> FileMapping:
    """The mapping with other targets for the columns of one sheet; unknown targets count as none."""
    return replace(
        mapping,
        sheets=tuple(_changed(each, chosen) if each.sheet == sheet else each for each in mapping.sheets),
    )


def headings_of(sheet: Sheet, mapping: SheetMapping) -> list[str]:
    """The headings as they stand in the sheet; a column without one is called by its letter."""
    row = sheet.rows[mapping.heading_row] if mapping.heading_row < len(sheet.rows) else []
    width = max((len(each) for each in sheet.rows), default=0)
    cells: list[Cell] = [*row, *[None] * (width - len(row))]
    return [as_words(cell).strip() or column_letters(place) for place, cell in enumerate(cells)]


def remarks_on(incoming: Incoming, mapping: FileMapping) -> Iterator[Remark]:
    """What people should know about the mapping before they go on."""
    own = set(explaining_sheets())
    ignored = [each.sheet for each in mapping.sheets if not each.table and each.sheet not in own]
    if ignored:
        yield Remark(_("These sheets are not read: %(names)s."), {"names": listed(ignored[:SHOWN])})
    for sheet, each in zip(incoming.sheets, mapping.sheets, strict=True):
        if each.table:
            yield from _twice(sheet, each)


def learnt(incoming: Incoming, mapping: FileMapping) -> dict[tuple[str, str], str]:
    """What to remember for the next file of this person: every heading with what it was called."""
    found = {}
    for sheet, each in zip(incoming.sheets, mapping.sheets, strict=True):
        if each.table:
            headings = headings_of(sheet, each)
            found.update(
                {
                    (each.table, plain(heading)[:200]): target
                    for heading, target in zip(headings, each.targets, strict=False)
                }
            )
    return found


def _suggested(sheet: Sheet, key: str, remembered: Remembered) -> SheetMapping:
    if not key:
        return SheetMapping(sheet.name, "")
    row = _heading_row(sheet, key, remembered)
    headings = headings_of(sheet, SheetMapping(sheet.name, key, row))
    return SheetMapping(sheet.name, key, row, tuple(_targets(key, headings, remembered)))


def _with_main_sheet(
    sheets: Sequence[Sheet], mapped: list[SheetMapping], remembered: Remembered
) -> list[SheetMapping]:
    """No sheet carries our name: the one with the most headings that mean something holds the initiatives."""
    guesses = [
        each if each.table else _suggested(sheet, INITIATIVES, remembered)
        for sheet, each in zip(sheets, mapped, strict=True)
    ]
    free = [place for place, each in enumerate(mapped) if not each.table]
    best = max(free, key=lambda place: _likelihood(guesses[place]), default=0)
    if len(free) < len(mapped) and not any(_likelihood(guesses[place])[0] for place in free):
        # Only lists, of initiatives that are there already.
        return mapped
    return [guesses[place] if place == best else each for place, each in enumerate(mapped)]


def _likelihood(mapping: SheetMapping) -> tuple[bool, int]:
    return "titel" in mapping.targets, _known(mapping.targets)


def _heading_row(sheet: Sheet, key: str, remembered: Remembered) -> int:
    """The row with the most known names; else the first one in which something stands."""
    scores = []
    for row in sheet.rows[:FIRST_ROWS]:
        words = [as_words(cell) for cell in row]
        scores.append((_known(_targets(key, words, remembered)), any(not is_blank(cell) for cell in row)))
    return scores.index(max(scores)) if scores else 0


def _targets(key: str, headings: Sequence[str], remembered: Remembered) -> list[str]:
    """The first of two columns with one meaning has it, unless a list can take both."""
    many = {target.key for target in targets(key) if target.many}
    found: list[str] = []
    for heading in headings:
        target = remembered.get((key, plain(heading)[:200]), recognised(key, heading))
        is_taken = target in found and split_target(target)[0] not in many and target not in many
        found.append(NOTHING if is_taken and target != OWN else target)
    return found


def _known(found: Sequence[str]) -> int:
    return sum(target not in (NOTHING, OWN) for target in found)


def _changed(mapping: SheetMapping, chosen: Sequence[str]) -> SheetMapping:
    allowed = {NOTHING, OWN, *(target.key for target in targets(mapping.table))} if mapping.table else set()
    picked = [target if target in allowed else NOTHING for target in chosen]
    width = len(mapping.targets)
    return replace(mapping, targets=tuple([*picked, *[NOTHING] * width][:width]))


def _twice(sheet: Sheet, mapping: SheetMapping) -> Iterator[Remark]:
    """Two columns under one heading: the second is not read until somebody says what it is."""
    seen: dict[str, int] = {}
    for place, heading in enumerate(headings_of(sheet, mapping)):
        first = seen.setdefault(plain(heading), place)
        if first != place and mapping.targets[place] == NOTHING:
            message = _(
                "The heading “%(heading)s” occurs twice, in column %(first)s and column %(second)s. "
                "Only column %(first)s is read."
            )
            names = {"first": column_letters(first), "second": column_letters(place)}
            yield Remark(message, {"heading": heading[:60], **names})
