"""Datasette as the peer: the same records in SQLite with FTS5, the same facets, the same questions."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from kb.domain.search import Facet, Record, Search

# The groups on our own page of results.
FACETS = (
    Facet.RECOMMENDATION,
    Facet.REGION,
    Facet.LEVEL,
    Facet.TREDE,
    Facet.DIRECTION,
    Facet.SECTOR,
    Facet.TARGET_GROUP,
    Facet.INSTRUMENT,
    Facet.PROGRAMME,
    Facet.ROUTE,
    Facet.YEAR,
)
# Each record has one of these; of the others it may have several, which are kept as a JSON list.
SINGLE = (Facet.TREDE, Facet.DIRECTION)
TEXTS = ("title", "summary", "names", "tags", "body")
SHOWN = ("title", "summary", "slug", "trede", "regio", "niveau", "aanbeveling")
PER_PAGE = 20


def write_database(path: Path, records: Iterable[Record]) -> None:
    """One table with an index on each facet of one value, and a full-text index on all texts."""
    path.unlink(missing_ok=True)
    columns = ("id INTEGER PRIMARY KEY", "slug TEXT", *(f"{name} TEXT" for name in (*TEXTS, *FACETS)))
    texts = ", ".join(TEXTS)
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE initiatief ({', '.join(columns)})")
        places = ", ".join("?" * len(columns))
        database.executemany(f"INSERT INTO initiatief VALUES ({places})", map(_row, records))
        for facet in SINGLE:
            database.execute(f"CREATE INDEX ix_{facet} ON initiatief ({facet})")
        options = "content='initiatief', content_rowid='id'"
        database.execute(f"CREATE VIRTUAL TABLE initiatief_fts USING fts5 ({texts}, {options})")
        database.execute(f"INSERT INTO initiatief_fts (rowid, {texts}) SELECT id, {texts} FROM initiatief")
        database.execute("INSERT INTO initiatief_fts (initiatief_fts) VALUES ('optimize')")
        database.execute("ANALYZE")
    database.close()


def address(path: Path, search: Search) -> str:
    """The page of the table that answers this search, with all facets."""
    query = [("_size", str(PER_PAGE)), *(("_col", column) for column in SHOWN)]
    query += (("_facet" if facet in SINGLE else "_facet_array", facet.value) for facet in FACETS)
    query += _words(search.words)
    for facet, code in search.choices:
        query.append((facet.value if facet in SINGLE else f"{facet.value}__arraycontains", code))
    return f"/{path.stem}/initiatief?{urlencode(query)}"


def _row(record: Record) -> tuple[object, ...]:
    texts = (getattr(record, name) for name in TEXTS)
    codes = (sorted(record.facets.get(facet, ())) for facet in FACETS)
    kept = (
        ("".join(each) if facet in SINGLE else json.dumps(each))
        for facet, each in zip(FACETS, codes, strict=True)
    )
    return record.id, record.slug, *texts, *kept


def _words(words: str) -> Iterator[tuple[str, str]]:
    if not words:
        return
    yield "_search", words
    if '"' in words or "*" in words:
        yield "_searchmode", "raw"
