"""Everything that is public as plain tables for programs: a CSV for the initiatives and one for each list."""

from collections.abc import Iterator

from kb.exchange.cells import Cell, Voice
from kb.exchange.csv_out import csv_lines, csv_text
from kb.exchange.documents_out import document_of
from kb.exchange.edition import Edition, Records, Text
from kb.exchange.flat import INITIATIVE, STUDY
from kb.exchange.workbook_out import list_rows
from kb.schemas.columns import INITIATIVES, Table


def table_text(table: Table, records: Records, edition: Edition) -> Text:
    """The table with codes, each row of a list with the address of its initiative in front."""
    if table.key == INITIATIVES:
        yield from csv_text(records, edition)
        return
    yield from csv_lines([headings(table)])
    yield from csv_lines(_rows(table, records, edition))


def headings(table: Table) -> list[Cell]:
    return [*link_headings(table), *(column.path for column in table.columns)]


def link_headings(table: Table) -> list[str]:
    """The columns that say what a row of a list belongs to."""
    return [INITIATIVE, *([STUDY] if "." in table.key else [])]


def file_name(table: Table) -> str:
    """`studies.effecten` is in studies-effecten.csv."""
    return f"{table.key.replace('.', '-').lower()}.csv"


def _rows(table: Table, records: Records, edition: Edition) -> Iterator[tuple[Cell, ...]]:
    voice = Voice(edition.vocabulary, edition.language, for_people=False)
    for record in records:
        for row in list_rows(table, document_of(record), voice):
            yield (record.slug, *row)
