"""The search index in PostgreSQL: one row for each public record. What is in it, the search room decides.

On SQLite the tables are there and stay empty: the index then stands in a folder.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil, isinf

from sqlalchemy import Index, Text, delete, func, insert, select, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from kb.storage.base import Base

# Names the lock of the one writer among those of this database.
LOCK = 20_260_303
THE_ONE = 1

Vector = TSVECTOR().with_variant(Text(), "sqlite")


class SearchRecord(Base):
    """`weighed` holds tokens with their weight, `placed` tokens with positions, `spelled` whole words."""

    __tablename__ = "search_record"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    weighed: Mapped[str] = mapped_column(Vector)
    placed: Mapped[str] = mapped_column(Vector)
    spelled: Mapped[str] = mapped_column(Vector)


class SearchState(Base):
    """What the rows hold: up to which change, written by which schema, how many. One row."""

    __tablename__ = "search_state"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int]
    schema: Mapped[str] = mapped_column(Text)
    records: Mapped[int]


for _vector in (SearchRecord.weighed, SearchRecord.placed, SearchRecord.spelled):
    # Without fastupdate no list of latest rows has to be searched through.
    Index(
        f"ix_search_record_{_vector.key}",
        _vector,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )

WEIGHED = text(
    "SELECT wanted.number - 1, array_agg(search_record.id) "
    "FROM unnest(CAST(:lexemes AS text[])) WITH ORDINALITY AS wanted (lexeme, number) "
    "JOIN search_record ON search_record.weighed @@ CAST(wanted.lexeme AS tsquery) GROUP BY wanted.number"
)
# Without a time limit where it is 0.
LIMITS = text(
    "SELECT set_config('enable_seqscan', 'off', true), set_config('statement_timeout', :milliseconds, true)"
)
TAKE_LOCK = text(
    "SELECT CASE WHEN current_setting('transaction_read_only') = 'off' "
    "THEN pg_try_advisory_xact_lock(:lock) ELSE false END"
)
QUERY_CANCELED = "57014"
PLACED = text("SELECT id FROM search_record WHERE placed @@ CAST(:query AS tsquery)")
SPELLED = text("SELECT id FROM search_record WHERE spelled @@ CAST(:query AS tsquery)")
SPELLINGS = text("SELECT word FROM ts_stat('SELECT spelled FROM search_record') ORDER BY word COLLATE \"C\"")
PUT = text(
    "INSERT INTO search_record (id, weighed, placed, spelled) VALUES (:id, "
    "array_to_tsvector(CAST(:weighed AS text[])), CAST(:placed AS tsvector), "
    "array_to_tsvector(CAST(:spelled AS text[]))) ON CONFLICT (id) DO UPDATE SET "
    "weighed = excluded.weighed, placed = excluded.placed, spelled = excluded.spelled"
)


class SearchRows:
    """The index as the search room asks for it. Give it an engine of PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._seconds = float("inf")

    def state(self) -> tuple[int, str, int] | None:
        """Sequence, schema and number of records; None when nothing was written yet."""
        with self._engine.connect() as connection:
            row = connection.execute(select(SearchState.sequence, SearchState.schema, SearchState.records))
            found = row.first()
        return None if found is None else (found.sequence, found.schema, found.records)

    def ids(self) -> list[int]:
        with self._engine.connect() as connection:
            return list(connection.scalars(select(SearchRecord.id)))

    def limit(self, seconds: float) -> None:
        """What a question to the index may take from now on."""
        self._seconds = seconds

    def weighed(self, lexemes: Sequence[str]) -> list[tuple[int, list[int]]]:
        """For each lexeme that occurs its place in the list, and the records that have it."""
        with self._by_index() as connection:
            rows = connection.execute(WEIGHED, {"lexemes": list(lexemes)})
            return [(int(number), list(ids)) for number, ids in rows]

    def placed(self, query: str) -> list[int]:
        with self._by_index() as connection:
            return list(connection.scalars(PLACED, {"query": query}))

    def spelled(self, query: str) -> list[int]:
        with self._by_index() as connection:
            return list(connection.scalars(SPELLED, {"query": query}))

    def spellings(self) -> list[str]:
        with self._engine.connect() as connection:
            return list(connection.scalars(SPELLINGS))

    @contextmanager
    def writing(self) -> Iterator["RowWriter | None"]:
        """A writer for one transaction; None when another process is writing, and on a replica."""
        with self._engine.begin() as connection:
            is_ours = connection.scalar(TAKE_LOCK, {"lock": LOCK})
            yield RowWriter(connection) if is_ours else None

    @contextmanager
    def _by_index(self) -> Iterator[Connection]:
        """PostgreSQL takes a small table for one to read through, for each lexeme again."""
        milliseconds = 0 if isinf(self._seconds) else ceil(self._seconds * 1000)
        try:
            with self._engine.begin() as connection:
                connection.execute(LIMITS, {"milliseconds": str(milliseconds)})
                yield connection
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") == QUERY_CANCELED:
                raise TimeoutError from error
            raise


class RowWriter:
    """Writes in one transaction: readers keep the old rows until all new ones are there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def clear(self) -> None:
        self._connection.execute(delete(SearchRecord))

    def put(self, rows: Sequence[tuple[int, list[str], str, list[str]]]) -> None:
        names = ("id", "weighed", "placed", "spelled")
        if rows:
            self._connection.execute(PUT, [dict(zip(names, row, strict=True)) for row in rows])

    def remove(self, ids: Sequence[int]) -> None:
        if ids:
            self._connection.execute(delete(SearchRecord).where(SearchRecord.id.in_(ids)))

    def count(self) -> int:
        return self._connection.scalar(select(func.count()).select_from(SearchRecord)) or 0

    def keep(self, sequence: int, schema: str, records: int) -> None:
        self._connection.execute(delete(SearchState))
        values = {"id": THE_ONE, "sequence": sequence, "schema": schema, "records": records}
        self._connection.execute(insert(SearchState).values(values))
