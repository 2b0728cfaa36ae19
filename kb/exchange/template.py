"""An empty workbook to fill in: the columns people need first, lists to choose from, and an explanation."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kb.exchange.cells import Voice, choice_words, term_words
from kb.exchange.edition import Edition
from kb.exchange.explanation import column_rows, instructions
from kb.exchange.flat import COMPUTED, INITIATIVE, NAMES, SOURCE_KEY, STUDY, FlatColumn, flat_columns
from kb.exchange.headings import EXPLANATION, LISTS, sheet_name
from kb.exchange.workbook_out import MIDDLING, OPTIONS, WIDE
from kb.language.fields import field_hint, field_name, yes_or_no
from kb.language.texts import gettext as _
from kb.language.texts import speaking
from kb.schemas.columns import INITIATIVES, Column, Kind, Table, table
from kb.schemas.numbers import FIRST_YEAR, LAST_YEAR

# What people fill in first; the other fields come behind, their English twins last.
FIRST = (
    SOURCE_KEY,
    "titel",
    "samenvatting",
    "trekker",
    "regios",
    "gebied",
    "aanbevelingen",
    "niveaus",
    "doelgroepen",
    "sectoren",
    "instrumenten",
    "website",
    "contactEmail",
    "bronadressen",
    "partners",
    "financiers",
    "actief",
    "beginjaar",
    "eindjaar",
)
LEFT_OUT = ("slug", "onderdeelVan", "opgevolgdDoor", "overgenomenVan")
SHEETS = (INITIATIVES, "metingen", "studies")
# Rows that get lists to choose from.
ROWS = 2_000
# What Excel shows beside a chosen cell.
LONGEST_TITLE, LONGEST_HINT = 32, 255


def template(edition: Edition) -> bytes:
    """The workbook, in the language of the edition."""
    with speaking(edition.language):
        return _Template(Voice(edition.vocabulary, edition.language, approaches=edition.approaches)).made()


class _Template:
    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._file = BytesIO()
        self._book = xlsxwriter.Workbook(self._file, {**OPTIONS, "constant_memory": False})
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._needed = self._book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#fff2cc", "border": 1}
        )
        self._ranges: dict[str, str] = {}

    def made(self) -> bytes:
        filled = [(self._book.add_worksheet(sheet_name(table(key))), table(key)) for key in SHEETS]
        explanation = self._book.add_worksheet(_(EXPLANATION))
        self._write_lists(self._book.add_worksheet(_(LISTS)))
        for worksheet, of in filled:
            self._write_sheet(worksheet, of)
        self._write_explanation(explanation)
        self._book.close()
        return self._file.getvalue()

    def _write_sheet(self, worksheet: Worksheet, of: Table) -> None:
        worksheet.freeze_panes(1, 1)
        for place, (heading, column, hint) in enumerate(self._columns(of)):
            is_needed = column is not None and column.required
            worksheet.write_string(0, place, heading, self._needed if is_needed else self._bold)
            worksheet.set_column(place, place, WIDE if column and column.name == "summary" else MIDDLING)
            if options := self._options(column, heading, hint):
                worksheet.data_validation(1, place, ROWS, place, options)

    def _columns(self, of: Table) -> Iterator[tuple[str, Column | None, str]]:
        """Heading, field and hint of each column."""
        if of.key == INITIATIVES:
            for flat in _in_order():
                yield flat.heading, flat.field, _hint(flat)
            return
        hint = _("The own reference or the title of the initiative on the first sheet.")
        yield _(NAMES[INITIATIVE]), None, hint
        if "." in of.key:
            yield _(NAMES[STUDY]), None, ""
        for column in of.columns:
            yield field_name(column.part, column.name), column, field_hint(column.part, column.name)

    def _options(self, column: Column | None, heading: str, hint: str) -> dict[str, Any]:
        """A list to choose from, or bounds, with the hint beside the cell."""
        options: dict[str, Any] = {"validate": "any"}
        if column is not None and column.path in self._ranges:
            options = {"validate": "list", "source": self._ranges[column.path], "show_error": False}
        elif column is not None and column.kind is Kind.FLAG:
            options = {"validate": "list", "source": [yes_or_no(True), yes_or_no(False)]}
        elif column is not None and column.kind is Kind.YEAR:
            options = {
                "validate": "integer",
                "criteria": "between",
                "minimum": FIRST_YEAR,
                "maximum": LAST_YEAR,
            }
        if column is not None and column.several:
            hint = f"{hint} {_('More than one? Put a semicolon between them.')}".strip()
        if hint:
            options |= {"input_title": heading[:LONGEST_TITLE], "input_message": hint[:LONGEST_HINT]}
        return options if hint or options["validate"] != "any" else {}

    def _write_lists(self, worksheet: Worksheet) -> None:
        """Every list in a column; the sheets point at it, and people can look things up."""
        place = 0
        for key in SHEETS:
            for column in table(key).columns:
                if words := list(self._words(column)):
                    self._write_list(worksheet, place, column, words)
                    place += 1
        worksheet.freeze_panes(1, 0)

    def _write_list(self, worksheet: Worksheet, place: int, column: Column, words: list[str]) -> None:
        worksheet.set_column(place, place, MIDDLING + 10)
        worksheet.write_string(0, place, field_name(column.part, column.name), self._bold)
        for row, each in enumerate(words, 1):
            worksheet.write_string(row, place, each)
        letters = xl_col_to_name(place, col_abs=True)
        self._ranges.setdefault(column.path, f"='{_(LISTS)}'!{letters}$2:{letters}${len(words) + 1}")

    def _words(self, column: Column) -> Iterator[str]:
        if column.choices is not None:
            yield from (choice_words(choice) for choice in column.choices)
        elif column.name == "approaches":
            yield from sorted(self._voice.approaches.values())
        elif column.scheme is not None:
            terms = self._voice.vocabulary.all(column.scheme)
            yield from (term_words(column.scheme, term.code, self._voice) for term in terms)

    def _write_explanation(self, worksheet: Worksheet) -> None:
        worksheet.set_column(0, 1, MIDDLING + 12)
        worksheet.set_column(2, 3, WIDE)
        rows = [
            (_(EXPLANATION),),
            (_("Fill in one row for each initiative. Only the title is needed; the rest can come later."),),
            (_("Do you import again later? Give each row an own reference, then it is found by that."),),
            *instructions(),
            (),
            *column_rows(self._voice),
        ]
        for number, row in enumerate(rows):
            for place, words in enumerate(row):
                worksheet.write_string(number, place, words, self._bold if number == 0 else None)


def _in_order() -> list[FlatColumn]:
    from_key = {column.key: column for column in flat_columns()}
    rest = [column for column in flat_columns() if column.key not in (*FIRST, *LEFT_OUT, *COMPUTED)]
    rest.sort(key=lambda column: column.key.endswith("En"))
    return [*(from_key[key] for key in FIRST), *rest]


def _hint(flat: FlatColumn) -> str:
    if flat.field is None:
        return ""
    if flat.key == "aanbevelingen":
        return _("The number of the recommendation, 1 to 7; the main one first.")
    return field_hint(flat.field.part, flat.field.name)
