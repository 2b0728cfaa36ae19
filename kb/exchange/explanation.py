"""The last sheet of a workbook: where it comes from, and what each column means and takes."""

from collections.abc import Iterator, Mapping

from kb.exchange.cells import Voice, choice_words, term_words
from kb.exchange.edition import LICENCE, Edition
from kb.exchange.flat import COMPUTED, FlatColumn, sheet_columns
from kb.exchange.headings import sheet_name
from kb.language.fields import field_hint, field_name
from kb.language.formats import moment
from kb.language.texts import gettext as _
from kb.language.texts import mark, ngettext
from kb.schemas.columns import INITIATIVES, Column, Kind, tables

Row = tuple[str, ...]
# A longer list stands on a sheet of its own, or is told by an example.
FEW = 40
WORDS = {
    Kind.FLAG: mark("yes or no; leave it empty when nobody knows"),
    Kind.SHARE: mark("a percentage from 0 to 100"),
    Kind.YEAR: mark("a year, such as 2024"),
    Kind.WHOLE: mark("a whole number"),
    Kind.NUMBER: mark("a number"),
    Kind.DAY: mark("a day, such as 2026-11-23"),
    Kind.ADDRESS: mark("an address that starts with https://"),
    Kind.EMAIL: mark("the address of a shared mailbox"),
}


def explanation_rows(edition: Edition, count: int, left_out: Mapping[str, int]) -> Iterator[Row]:
    """`left_out` counts the rows of a sheet that no longer fitted."""
    yield (edition.title or edition.site_name,)
    yield (ngettext("%(n)s initiative", "%(n)s initiatives", count), moment(edition.now), edition.address)
    yield (_("You may use these data for everything (CC0)."), LICENCE)
    yield ()
    yield from instructions()
    for key, rows in left_out.items():
        yield (
            _(
                "A sheet of Excel can hold no more: %(n)s rows of “%(sheet)s” are left out.",
                n=rows,
                sheet=key,
            ),
        )
    yield ()
    yield from column_rows(Voice(edition.vocabulary, edition.language, approaches=edition.approaches))


def instructions() -> Iterator[Row]:
    """How the workbook goes back in."""
    yield (_("Change what you want in Excel and import the file at your desk: that makes drafts."),)
    yield (_("Leave the first column as it is: the initiative is found by it."),)
    yield (_("More than one term in a cell? Put a semicolon between them."),)
    yield (_("Each row of the other sheets belongs to the initiative in its first column."),)


def column_rows(voice: Voice) -> Iterator[Row]:
    """A row for each column of each sheet."""
    yield (_("Sheet"), _("Column"), _("What it is"), _("What you can fill in"))
    for table in tables():
        name = sheet_name(table)
        if table.key == INITIATIVES:
            yield from (_flat(name, column, voice) for column in sheet_columns())
        else:
            yield from (_own(name, column, voice) for column in table.columns)


def _flat(sheet: str, column: FlatColumn, voice: Voice) -> Row:
    if column.field is not None:
        return _own(sheet, column.field, voice)
    takes = _("The site fills this in; an import looks past it.") if column.key in COMPUTED else ""
    return (sheet, column.heading, column.key, takes)


def _own(sheet: str, column: Column, voice: Voice) -> Row:
    hint = field_hint(column.part, column.name)
    name = field_name(column.part, column.name)
    return (sheet, name, f"{column.path}. {hint}" if hint else column.path, takes(column, voice))


def takes(column: Column, voice: Voice) -> str:
    """What a cell may hold, in words."""
    if column.choices is not None:
        return "; ".join(choice_words(choice) for choice in column.choices)
    if column.scheme is not None:
        return _terms(column, voice)
    return _(WORDS[column.kind]) if column.kind in WORDS else ""


def _terms(column: Column, voice: Voice) -> str:
    assert column.scheme is not None  # noqa: S101
    terms = voice.vocabulary.all(column.scheme)
    words = "; ".join(term_words(column.scheme, term.code, voice) for term in terms[:FEW])
    return words if len(terms) <= FEW else _("A name or code from the list, such as: %(words)s", words=words)
