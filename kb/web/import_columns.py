"""The page on which people say what the columns of their file are."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.exchange.cells import Cell, as_words, is_blank
from kb.exchange.incoming import Incoming, Sheet, keepable
from kb.exchange.looking_over import column_letters
from kb.exchange.mapping import FileMapping, SheetMapping, headings_of
from kb.exchange.targets import NOTHING, OWN, Target, targets

EXAMPLES = 3
LONGEST = 60
# Rows that are looked through for examples.
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """One column of the file: its field in the form, its heading, a few cells, and what it becomes."""

    name: str
    letters: str
    heading: str
    examples: tuple[str, ...]
    target: str


@dataclass(frozen=True, slots=True)
class SheetShown:
    """A sheet that is read; the columns that nobody knows come first."""

    name: str
    rows: int
    unknown: tuple[ColumnShown, ...]
    known: tuple[ColumnShown, ...]
    choices: tuple[Target, ...]


def columns_of(incoming: Incoming, mapping: FileMapping) -> list[SheetShown]:
    pairs = zip(incoming.sheets, mapping.sheets, strict=True)
    return [_sheet(number, *pair) for number, pair in enumerate(pairs) if pair[1].table]


def preview_of(incoming: Incoming, mapping: FileMapping) -> int:
    """How many rows will be read."""
    pairs = zip(incoming.sheets, mapping.sheets, strict=True)
    return sum(_filled(sheet, each) for sheet, each in pairs if each.table)


def _sheet(number: int, sheet: Sheet, mapping: SheetMapping) -> SheetShown:
    columns = [
        ColumnShown(
            f"kolom.{number}.{place}",
            column_letters(place),
            keepable(heading)[:LONGEST],
            _examples(sheet.rows[mapping.heading_row + 1 :][:LOOKED_AT], place),
            mapping.targets[place],
        )
        for place, heading in enumerate(headings_of(sheet, mapping))
    ]
    shown = [column for column in columns if column.examples or column.target not in (NOTHING, OWN)]
    return SheetShown(
        sheet.name,
        _filled(sheet, mapping),
        tuple(column for column in shown if column.target == NOTHING),
        tuple(column for column in shown if column.target not in (NOTHING, OWN)),
        tuple(targets(mapping.table)),
    )


def _filled(sheet: Sheet, mapping: SheetMapping) -> int:
    return sum(any(not is_blank(cell) for cell in row) for row in sheet.rows[mapping.heading_row + 1 :])


def _examples(rows: Sequence[Sequence[Cell]], place: int) -> tuple[str, ...]:
    words = (as_words(row[place]) for row in rows if place < len(row) and not is_blank(row[place]))
    return tuple(keepable(each)[:LONGEST] for each in list(dict.fromkeys(words))[:EXAMPLES])
