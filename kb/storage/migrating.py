"""Bringing a database to the tables of this version of the program, and back."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from kb.storage.tables import Base

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(engine: Engine, *, to: str = "head") -> None:
    """Runs the migrations that are missing, all in one transaction."""
    with engine.execution_options(writing=True).begin() as connection:
        command.upgrade(_config(connection), to)


def migrate_down(engine: Engine, *, to: str = "base") -> None:
    with engine.execution_options(writing=True).begin() as connection:
        command.downgrade(_config(connection), to)


def schema_version(engine: Engine) -> str | None:
    """The newest migration that ran here, or None for an empty database."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_version() -> str | None:
    return ScriptDirectory(str(SCRIPTS)).get_current_head()


def differences(engine: Engine) -> list[object]:
    """What the tables in the database and in the program do not agree on."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        return list(compare_metadata(context, Base.metadata))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
