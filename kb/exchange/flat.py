"""An initiative on one line: its own fields, short forms of its lists, and what the portal adds."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kb.domain.catalogue import PublicRecord
from kb.domain.content import PartnerRole
from kb.domain.evidence import Direction
from kb.exchange.cells import LONGEST_CELL, Cell, Voice, written
from kb.exchange.documents_out import document_of
from kb.language.fields import field_name
from kb.language.labels import direction_label
from kb.language.texts import gettext, mark
from kb.schemas.columns import INITIATIVES, Column, table

SLUG, SOURCE_KEY = "slug", "bronsleutel"
INITIATIVE, STUDY = "initiatief", "studie"
# The organisations of each role, and the addresses of the sources, in one cell.
ROLES: Mapping[str, PartnerRole] = {
    "trekker": PartnerRole.LEAD,
    "partners": PartnerRole.PARTNER,
    "financiers": PartnerRole.FUNDER,
    "evaluatoren": PartnerRole.EVALUATOR,
    "opdrachtgevers": PartnerRole.COMMISSIONER,
}
SOURCES = "bronadressen"
KEYS = (SLUG, SOURCE_KEY)
SHORTCUTS = (*ROLES, SOURCES)
# The list that each short form is of; where that has a sheet of its own, the sheet counts.
HELD_BY = {**dict.fromkeys(ROLES, "organisaties"), SOURCES: "bronnen"}
# In a workbook the lead stands beside the title to be read.
LEAD = "trekkerTerInzage"
NAMES = {
    SLUG: mark("Address on this site"),
    SOURCE_KEY: mark("Own reference"),
    "trekker": mark("Lead organisation"),
    "partners": mark("Partners"),
    "financiers": mark("Funders"),
    "evaluatoren": mark("Evaluators"),
    "opdrachtgevers": mark("Commissioned by"),
    SOURCES: mark("Addresses of the sources"),
    "pagina": mark("Page"),
    "trede": mark("Level of evidence"),
    "richting": mark("What came out"),
    "gepubliceerd": mark("Published on"),
    "bevestigd": mark("Confirmed on"),
    "versie": mark("Version"),
    LEAD: mark("Lead organisation (change it on the sheet of the organisations)"),
    INITIATIVE: mark("Initiative"),
    STUDY: mark("Study"),
}
# What an import does not take in: the portal works it out.
COMPUTED = (LEAD, "pagina", "trede", "richting", "gepubliceerd", "bevestigd", "versie")


@dataclass(frozen=True, slots=True)
class FlatColumn:
    """One column of the line: a field of the schema, or one of `NAMES`."""

    key: str
    field: Column | None = None

    @property
    def heading(self) -> str:
        if self.field is not None:
            return field_name(self.field.part, self.field.name)
        return gettext(NAMES[self.key])


@cache
def flat_columns() -> tuple[FlatColumn, ...]:
    """Everything, for a file of one table."""
    own = (FlatColumn(column.path, column) for column in table(INITIATIVES).columns)
    return (
        *(FlatColumn(key) for key in KEYS),
        *own,
        *(FlatColumn(key) for key in (*SHORTCUTS, *COMPUTED) if key != LEAD),
    )


@cache
def sheet_columns() -> tuple[FlatColumn, ...]:
    """For a workbook: the lists have sheets of their own, so their short forms would say things twice."""
    kept = [column for column in flat_columns() if column.key not in SHORTCUTS]
    title = next(place for place, column in enumerate(kept) if column.key == "titel")
    return (*kept[: title + 1], FlatColumn(LEAD), *kept[title + 1 :])


def flat_row(
    record: PublicRecord, voice: Voice, page: str, columns: tuple[FlatColumn, ...]
) -> Iterator[Cell]:
    """The cells under these columns."""
    document = document_of(record)
    for column in columns:
        if column.key in COMPUTED:
            yield OF_RECORD[column.key](record, voice) if column.key != "pagina" else page
        else:
            yield flat_cell(column, document, voice)


def flat_cell(column: FlatColumn, document: Mapping[str, Any], voice: Voice) -> Cell:
    """The cell of what is not computed, out of a document."""
    if column.field is not None:
        return written(column.field, at(document, column.key), voice)
    if column.key in SHORTCUTS:
        words = "; ".join(short_form(document, column.key))
        return words if 0 < len(words) <= LONGEST_CELL else None
    return document.get(column.key)


def short_form(document: Mapping[str, Any], key: str) -> list[str]:
    """The names of the organisations with this part, or the addresses of the sources."""
    if key == SOURCES:
        return [source["adres"] for source in document.get("bronnen", [])]
    role = ROLES[key].value
    return [each["naam"] for each in document.get("organisaties", []) if each["rol"] == role]


def at(document: Mapping[str, Any], path: str) -> Any:
    """What stands at the path, such as `onderbouwing.probleem`; None where nothing does."""
    found: Any = document
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _direction(record: PublicRecord, voice: Voice) -> Cell:
    found = record.here.direction
    if not voice.for_people:
        return found
    return direction_label(Direction(found) if found in set(Direction) else None)


def _confirmed(record: PublicRecord, _voice: Voice) -> Cell:
    return record.confirmed_at.date().isoformat() if record.confirmed_at else None


OF_RECORD: Mapping[str, Callable[[PublicRecord, Voice], Cell]] = {
    LEAD: lambda record, _voice: record.content.lead or None,
    "trede": lambda record, _voice: record.here.trede,
    "richting": _direction,
    "gepubliceerd": lambda record, _voice: record.published_at.date().isoformat(),
    "bevestigd": _confirmed,
    "versie": lambda record, _voice: record.revision,
}
