"""`datapackage.json`: which tables there are, and what stands in each of their columns."""

import json
from collections.abc import Iterator
from typing import Any

from kb.exchange.datasets import DATASETS
from kb.exchange.edition import Edition
from kb.exchange.flat import NAMES, SLUG, flat_columns
from kb.exchange.tables_out import file_name, link_headings
from kb.language.fields import field_name
from kb.language.texts import gettext, speaking
from kb.schemas.columns import INITIATIVES, Column, Kind, Table, tables

Document = dict[str, Any]
CC0 = {"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/", "title": "CC0 1.0"}
TYPES: dict[Kind, Document] = {
    Kind.FLAG: {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    Kind.SHARE: {"type": "number"},
    Kind.NUMBER: {"type": "number"},
    Kind.WHOLE: {"type": "integer"},
    Kind.YEAR: {"type": "integer"},
    Kind.DAY: {"type": "string"},
}
COMPUTED: dict[str, Document] = {
    "trede": {"type": "integer", "constraints": {"minimum": 0, "maximum": 5}},
    "gepubliceerd": {"type": "date"},
    "bevestigd": {"type": "date"},
    "versie": {"type": "integer"},
    "pagina": {"type": "string", "format": "uri"},
}
STUDY_KEY = "sleutel"
PACKAGE = "datapackage.json"


def datapackage_text(edition: Edition) -> str:
    """The file that stands beside the tables."""
    return json.dumps(datapackage(edition), ensure_ascii=False, indent=1) + "\n"


def datapackage(edition: Edition) -> Document:
    """The description of all tables; their files stand beside it."""
    with speaking(edition.language):
        initiatives = DATASETS[0]
        return {
            "profile": "tabular-data-package",
            "name": "initiatievenbank-techniek",
            "title": edition.site_name,
            "description": gettext(initiatives.description),
            "homepage": edition.site_url,
            "created": edition.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "licenses": [CC0],
            "keywords": [gettext(word) for word in initiatives.keywords],
            "resources": [_resource(table) for table in tables()],
        }


def _resource(table: Table) -> Document:
    path = file_name(table)
    return {
        "name": path.removesuffix(".csv"),
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": _schema(table),
    }


def _schema(table: Table) -> Document:
    if table.key == INITIATIVES:
        fields = [_flat(column.key, column.field) for column in flat_columns()]
        return {"fields": fields, "primaryKey": SLUG, "missingValues": [""]}
    links = link_headings(table)
    fields = [{"name": name, "title": gettext(NAMES[name]), "type": "string"} for name in links]
    fields += [_field(column) for column in table.columns]
    return {
        "fields": fields,
        "missingValues": [""],
        "foreignKeys": list(_foreign_keys(links)),
    }


def _foreign_keys(links: list[str]) -> Iterator[Document]:
    yield {
        "fields": links[0],
        "reference": {"resource": INITIATIVES, "fields": SLUG},
    }
    if len(links) > 1:
        yield {"fields": links, "reference": {"resource": "studies", "fields": [links[0], STUDY_KEY]}}


def _flat(key: str, column: Column | None) -> Document:
    if column is not None:
        return _field(column)
    return {"name": key, "title": gettext(NAMES[key]), **COMPUTED.get(key, {"type": "string"})}


def _field(column: Column) -> Document:
    shape = {"type": "string"} if column.several else TYPES.get(column.kind, {"type": "string"})
    named = {"name": column.path, "title": field_name(column.part, column.name)}
    if column.choices is not None and not column.several:
        return {**named, **shape, "constraints": {"enum": [str(each) for each in column.choices]}}
    return {**named, **shape}
