"""The connection: SQLite made safe, PostgreSQL as it comes; one engine per process."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import uniform
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Engine, create_engine, event, func, select
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

# The other rooms name these types without knowing where they come from.
__all__ = [
    "DatabaseError",
    "Engine",
    "Session",
    "is_sqlite",
    "open_database",
    "session",
    "sqlite_url",
    "wait_for_turn",
]

BUSY_TIMEOUT_MS = 30_000
# SQLite looks ten times a second whether a writer may begin, and who comes later looks more often at first.
# With eight that write all the time some waited over five seconds and lost their work. Looking often is fair.
LOOK_AGAIN_S = (0.002, 0.008)
# Names the lock of writers that take numbers in order, among those of this database.
TURN = 20_260_302

# Measured: without these, edits were lost under load or after a power cut (docs/decisions).
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA secure_delete=ON",
)


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


def open_database(url: str) -> Engine:
    """An engine whose sessions are safe under several writers. Make it after a fork, not before."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=8)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False})
    event.listen(engine, "connect", _make_safe)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def session(engine: Engine, *, writing: bool = False) -> Iterator[Session]:
    """A session in one transaction. A writing one takes the write lock at once.

    SQLite refuses to turn a reading transaction into a writing one under load, whatever the timeout. A
    reading one sees one moment: SQLite does that by itself, PostgreSQL when it is asked.
    """
    one_moment = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    bound = engine.execution_options(writing=True) if writing else engine.execution_options(**one_moment)
    with Session(bound, expire_on_commit=False) as opened:
        yield opened


def is_sqlite(opened: Session | Connection) -> bool:
    bind = opened.get_bind() if isinstance(opened, Session) else opened
    return bind.dialect.name == "sqlite"


def wait_for_turn(opened: Session) -> None:
    """On PostgreSQL what is numbered first could be seen last; SQLite has one writer at a time anyway."""
    if not is_sqlite(opened):
        opened.execute(select(func.pg_advisory_xact_lock(TURN)))


def _make_safe(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    if not connection.get_execution_options().get("writing", False):
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    end = monotonic() + BUSY_TIMEOUT_MS / 1000
    while not _has_begun(connection, is_last=monotonic() > end):
        sleep(uniform(*LOOK_AGAIN_S))  # noqa: S311 (no secret)
    connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def _has_begun(connection: Connection, *, is_last: bool) -> bool:
    """Whether this writer may begin; False while another one is at it. The last time that raises."""
    driver: Any = connection.connection.driver_connection
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY and not is_last:
            return False
        # Once more, as an error that the other rooms know.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    return True
