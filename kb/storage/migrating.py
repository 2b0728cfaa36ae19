"""Bringing a database to the tables of this version of the program, and back.

Alembic takes 10 MB, so it is only there while something is migrated.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from kb.storage import (  # noqa: F401 - defining registers them
    cluster_tables,
    desk_tables,
    import_tables,
    ministry_tables,
    people_tables,
    public_tables,
    search_rows,
    tables,
    token_tables,
)
from kb.storage.base import Base
from kb.storage.database import is_sqlite

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine, *, to: str = "head") -> None:
    """Runs the migrations that are missing, all in one transaction."""
    from alembic import command  # noqa: PLC0415 - see above

    with _migrating(engine) as connection:
        command.upgrade(_config(connection), to)


def migrate_down(engine: Engine, *, to: str = "base") -> None:
    from alembic import command  # noqa: PLC0415 - see above

    with _migrating(engine) as connection:
        command.downgrade(_config(connection), to)


def schema_version(engine: Engine) -> str | None:
    """The newest migration that ran here, or None for an empty database."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def newest_version() -> str | None:
    """The files are named by their versions, in order."""
    return max((path.name.partition("_")[0] for path in SCRIPTS.glob("versions/[0-9]*.py")), default=None)


def differences(engine: Engine) -> list[object]:
    """What the tables in the database and in the program do not agree on."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 - see above
    from alembic.migration import MigrationContext  # noqa: PLC0415

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        return list(compare_metadata(context, Base.metadata))


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction for all migrations.

    SQLite changes a table by copying it and dropping the old one; its foreign keys may not object to
    that meanwhile, and are checked as a whole before the commit.
    """
    with engine.execution_options(writing=True).connect() as connection:
        _foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                yield connection
                _refuse_dangling(connection)
        finally:
            _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, state: str) -> None:
    # The pragma does nothing inside a transaction, so it goes past SQLAlchemy, which would begin one.
    if is_sqlite(connection):
        connection.connection.cursor().execute(f"PRAGMA foreign_keys={state}")


def _refuse_dangling(connection: Connection) -> None:
    if is_sqlite(connection):
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if dangling:
            raise RuntimeError(f"the migration left {len(dangling)} rows that point at nothing")


def _config(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
