"""The datasets that we publish: what each is, and in which formats it is there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, Self

from kb.exchange.formats import KINDS, Format
from kb.exchange.rdf import MEDIA_TYPES, Notation
from kb.exchange.skos import REGIONS_FROM
from kb.language.texts import mark

RFC_4180 = "https://www.rfc-editor.org/rfc/rfc4180"
RFC_4287 = "https://www.rfc-editor.org/rfc/rfc4287"
SPREADSHEET = "https://www.iso.org/standard/71691.html"
SCHEMA_ORG = "https://schema.org/"
SKOS_STANDARD = "http://www.w3.org/2004/02/skos/core"
TABLES = "https://datapackage.org/profiles/1.0/datapackage.json"
LABELS = {
    "xlsx": "Excel (XLSX)",
    "jsonld": "JSON-LD",
    "atom": "Atom",
    "ttl": "Turtle",
    "rdf": "RDF/XML",
    "tabellen": mark("Plain tables"),
}
# The description of the API holds the shapes of our own document.
OWN_FORMAT = "https://spec.openapis.org/oas/v3.1.0"


class Publisher(Protocol):
    """What the settings say of who publishes."""

    @property
    def name(self) -> str: ...
    @property
    def base_url(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def publisher_uri(self) -> str: ...
    @property
    def contact(self) -> str: ...


@dataclass(frozen=True, slots=True)
class About:
    """Who publishes, from where, and when it changed last."""

    site_name: str
    site_url: str
    publisher: str
    publisher_uri: str
    email: str
    issued: datetime
    modified: datetime

    @classmethod
    def of(cls, publisher: Publisher, *, issued: datetime, modified: datetime) -> Self:
        return cls(
            site_name=publisher.name,
            site_url=publisher.base_url,
            publisher=publisher.publisher,
            publisher_uri=publisher.publisher_uri,
            email=publisher.contact,
            issued=issued,
            modified=modified,
        )

    def address(self, path: str) -> str:
        return f"{self.site_url}{path}"


@dataclass(frozen=True, slots=True)
class File:
    """One format of a dataset; `kind` is its name in the European list, `standard` what it conforms to."""

    name: str
    path: str
    media_type: str
    kind: str
    standard: str

    @property
    def label(self) -> str:
        """What people call it: a message id where that differs by language."""
        return LABELS.get(self.name, self.name.upper())


@dataclass(frozen=True, slots=True)
class Dataset:
    """`name` is the last part of its address; title, description and rights are message ids."""

    name: str
    title: str
    description: str
    page: str
    keywords: tuple[str, ...]
    files: tuple[File, ...]
    standard: str
    rights: str = ""


SEARCHABLE = tuple(
    File(str(each), f"/{name}.{each}", KINDS[each].media_type, kind, standard)
    for each, name, kind, standard in (
        (Format.CSV, "zoeken", "CSV", RFC_4180),
        (Format.XLSX, "zoeken", "XLSX", SPREADSHEET),
        (Format.JSON, "zoeken", "JSON", OWN_FORMAT),
        (Format.JSON_LD, "zoeken", "JSON_LD", SCHEMA_ORG),
        (Format.YAML, "zoeken", "YAML", OWN_FORMAT),
        (Format.ATOM, "feed", "ATOM", RFC_4287),
    )
)
DATASETS: tuple[Dataset, ...] = (
    Dataset(
        "initiatieven",
        mark("Initiatives against the shortage of technicians"),
        mark(
            "All local initiatives against the shortage of technicians in the Netherlands that are known "
            "here: what people do, for whom and where, who takes part, and what was measured, with sources."
        ),
        "/zoeken",
        (mark("shortage of technicians"), mark("technical education"), mark("labour market"), mark("region")),
        (
            *SEARCHABLE,
            File("tabellen", "/open-data/datapackage.json", "application/json", "JSON", TABLES),
        ),
        TABLES,
    ),
    Dataset(
        "wat-werkt",
        mark("What works: the map of evidence"),
        mark(
            "For each recommendation and education level how many initiatives there are, how many promised, "
            "measured and compared an outcome, and what came out."
        ),
        "/wat-werkt",
        (mark("evidence"), mark("evaluation"), mark("technical education")),
        (File("csv", "/wat-werkt.csv", "text/csv", "CSV", RFC_4180),),
        RFC_4180,
    ),
    Dataset(
        "begrippen",
        mark("The lists of terms"),
        mark(
            "The terms that initiatives are tagged with: regions, education levels, recommendations, "
            "indicators, instruments, sectors, target groups and programmes, in Dutch and English."
        ),
        "/begrippen",
        (mark("terms"), mark("regions"), mark("education levels"), mark("indicators")),
        tuple(
            File(str(each), f"/begrippen.{each}", MEDIA_TYPES[each], kind, SKOS_STANDARD)
            for each, kind in zip(Notation, ("RDF_TURTLE", "RDF_XML", "JSON_LD"), strict=True)
        ),
        SKOS_STANDARD,
        REGIONS_FROM,
    ),
)
