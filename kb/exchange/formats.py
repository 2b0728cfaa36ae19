"""The kinds of file that go out: what each is called, and who writes it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kb.exchange.atom import atom_text
from kb.exchange.citations import bibtex_text, ris_text
from kb.exchange.csv_out import csv_text, excel_csv_text
from kb.exchange.documents_out import json_text, yaml_text
from kb.exchange.edition import Edition, Records, Writer, encoded
from kb.exchange.linked_data import json_ld_text
from kb.exchange.workbook_out import workbook

Bytes = Callable[[Records, Edition], Iterator[bytes]]


class Format(StrEnum):
    """The value is the end of the address."""

    CSV = "csv"
    EXCEL_CSV = "excel.csv"
    XLSX = "xlsx"
    JSON = "json"
    JSON_LD = "jsonld"
    YAML = "yaml"
    RIS = "ris"
    BIBTEX = "bib"
    ATOM = "atom"


@dataclass(frozen=True, slots=True)
class Kind:
    """`media_type` is what a program asks for; `name` is what people call it."""

    media_type: str
    name: str
    write: Bytes
    charset: bool = True

    @property
    def content_type(self) -> str:
        return f"{self.media_type}; charset=utf-8" if self.charset else self.media_type


def _as_bytes(writer: Writer) -> Bytes:
    return lambda records, edition: encoded(writer(records, edition), edition.language)


XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: dict[Format, Kind] = {
    Format.CSV: Kind("text/csv", "CSV", _as_bytes(csv_text)),
    Format.EXCEL_CSV: Kind("text/csv", "CSV (Excel)", _as_bytes(excel_csv_text)),
    Format.XLSX: Kind(XLSX_TYPE, "Excel (XLSX)", workbook, charset=False),
    Format.JSON: Kind("application/json", "JSON", _as_bytes(json_text), charset=False),
    Format.JSON_LD: Kind("application/ld+json", "JSON-LD", _as_bytes(json_ld_text), charset=False),
    Format.YAML: Kind("application/yaml", "YAML", _as_bytes(yaml_text)),
    Format.RIS: Kind("application/x-research-info-systems", "RIS", _as_bytes(ris_text)),
    Format.BIBTEX: Kind("application/x-bibtex", "BibTeX", _as_bytes(bibtex_text)),
    Format.ATOM: Kind("application/atom+xml", "Atom", _as_bytes(atom_text)),
}


def write(wanted: Format, records: Records, edition: Edition) -> Iterator[bytes]:
    """The file in pieces, made while it is read."""
    return KINDS[wanted].write(records, edition)
