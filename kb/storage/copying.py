"""Copying a whole database into another, of the same or the other kind, and proving that it arrived."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Connection, Engine, Integer, Row, Table, func, select, text, update

from kb.storage.base import Base
from kb.storage.database import is_sqlite
from kb.storage.migrating import migrate
from kb.storage.search_rows import SearchRecord, SearchState

ROWS_AT_ONCE = 500
# The search index is made anew from what was copied.
MADE_ANEW = {SearchRecord.__tablename__, SearchState.__tablename__}
HASH_SPACE = 2**256


class CopyError(Exception):
    """The copy was given up, and the target is as it was; `table` is where it showed."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table


class NotEmptyError(CopyError):
    """There is something in the database that should have been filled."""


class DiffersError(CopyError):
    """What arrived in a table is not what was sent."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A table that was copied: how many rows, and one hash over all of them."""

    table: str
    rows: int
    hash: str


def copy_database(source: Engine, target: Engine) -> Iterator[Copied]:
    """Makes the tables in the target and fills them, in one transaction; gives each as it is proven.

    Raises NotEmptyError when there are rows in the target, DiffersError when something did not arrive."""
    migrate(target)
    with _reading(source) as sent, target.execution_options(writing=True).begin() as arrived:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in MADE_ANEW]
        _refuse_filled(arrived, tables)
        for table in tables:
            _copy(sent, arrived, table)
        for table in tables:
            _point_back(sent, arrived, table)
            _count_on(arrived, table)
        yield from (_proven(sent, arrived, table) for table in tables)


def _reading(engine: Engine) -> Connection:
    """A connection that sees one moment, whatever others write meanwhile."""
    connection = engine.connect()
    if is_sqlite(connection):
        return connection
    return connection.execution_options(isolation_level="REPEATABLE READ")


def _refuse_filled(target: Connection, tables: Iterable[Table]) -> None:
    for table in tables:
        if target.execute(select(table).limit(1)).first() is not None:
            raise NotEmptyError(table.name)


def _copy(source: Connection, target: Connection, table: Table) -> None:
    """Rows in the order of their keys, so that each finds the older one it points at."""
    later = {column.name for column in _pointing_back(table)}
    for rows in source.execute(select(table).order_by(*table.primary_key)).partitions(ROWS_AT_ONCE):
        values = [dict(row._mapping) for row in rows]
        target.execute(table.insert(), [{**each, **dict.fromkeys(later)} for each in values])


def _point_back(source: Connection, target: Connection, table: Table) -> None:
    """Columns that point at tables which themselves point here are filled when both are there."""
    columns = _pointing_back(table)
    if not columns:
        return
    (key,) = table.primary_key
    for row in source.execute(select(key, *columns)):
        values = {column.name: row._mapping[column] for column in columns}
        target.execute(update(table).where(key == row._mapping[key]).values(values))


def _pointing_back(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if any(key.use_alter for key in column.foreign_keys)]


def _count_on(target: Connection, table: Table) -> None:
    """New rows get numbers after those that were copied; SQLite sees to that itself."""
    column = table.autoincrement_column
    if column is None or is_sqlite(target):
        return
    highest = target.scalar(select(func.max(column)))
    if isinstance(column.type, Integer) and highest is not None:
        setval = text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)")
        target.execute(setval, {"table": table.name, "column": column.name, "highest": highest})


def _proven(source: Connection, target: Connection, table: Table) -> Copied:
    sent, arrived = _measured(source, table), _measured(target, table)
    if sent != arrived:
        raise DiffersError(table.name)
    return arrived


def _measured(connection: Connection, table: Table) -> Copied:
    """The databases sort texts differently, so the hashes of rows are added up."""
    count, total = 0, 0
    for rows in connection.execute(select(table)).partitions(ROWS_AT_ONCE):
        count += len(rows)
        total = (total + sum(_hash(row) for row in rows)) % HASH_SPACE
    return Copied(table.name, count, f"{total:064x}")


def _hash(row: Row[*tuple[Any, ...]]) -> int:
    spelled = json.dumps(_plain(row._mapping), sort_keys=True, ensure_ascii=False)
    return int.from_bytes(sha256(spelled.encode()).digest())


def _plain(values: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): _spelled(value) for name, value in values.items()}


def _spelled(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value
