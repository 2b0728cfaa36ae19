"""Migrations go up and down with data in the tables, on both databases."""

from datetime import datetime

import pytest
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from kb.domain.workflow import Action, Role
from kb.storage.audit import Deed, record_deed
from kb.storage.database import open_database, session, sqlite_url
from kb.storage.initiatives import (
    add_initiative,
    add_revision,
    content_of,
    initiative_by_slug,
    public_versions,
)
from kb.storage.migrating import SCRIPTS, differences, migrate, migrate_down, newest_version, schema_version
from kb.storage.people import add_person
from kb.storage.reminders import remember
from kb.storage.tables import Revision
from tests.builders import a_content


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path):
    on_postgresql = request.param == "postgresql"
    url = request.getfixturevalue("postgresql_url") if on_postgresql else sqlite_url(tmp_path / "kb.sqlite")
    engine = open_database(url)
    yield engine
    migrate_down(engine)
    engine.dispose()


def _with_an_initiative(engine: Engine, now: datetime) -> None:
    with session(engine, writing=True) as opened:
        row = add_initiative(opened, "techniekroute", source_key="test:1", now=now)
        add_revision(opened, row, a_content(), now=now)
        person = add_person(opened, email="jan@example.nl", name="Jan", role=Role.REVIEWER, now=now)
        assert remember(opened, person.id, "bevestigen 1 2026-01-01", now=now)
        assert not remember(opened, person.id, "bevestigen 1 2026-01-01", now=now)
        opened.commit()


def test_the_tables_after_migrating_are_those_of_the_program(engine):
    migrate(engine)
    assert differences(engine) == []
    assert schema_version(engine) == newest_version()


def test_versions_are_those_that_alembic_tells(engine):
    assert schema_version(engine) is None
    migrate(engine)
    with engine.connect() as connection:
        assert schema_version(engine) == MigrationContext.configure(connection).get_current_revision()
    assert newest_version() == ScriptDirectory(str(SCRIPTS)).get_current_head()


def test_c40_data_outlives_a_second_migration(engine, now):
    migrate(engine)
    _with_an_initiative(engine, now)
    migrate(engine)
    with session(engine) as opened:
        row = initiative_by_slug(opened, "techniekroute")
        revision = opened.get(Revision, row.working_revision_id)
        assert content_of(revision) == a_content()
        assert row.created_at == now


def test_c40_migrating_down_with_data_leaves_an_empty_database_that_can_go_up_again(engine, now):
    migrate(engine)
    _with_an_initiative(engine, now)
    migrate_down(engine)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate(engine)
    assert differences(engine) == []


def test_what_was_public_before_there_was_a_public_history_stands_in_it(engine, now):
    migrate(engine, to="0004")
    with session(engine, writing=True) as opened:
        row = add_initiative(opened, "techniekroute", source_key=None, now=now)
        first = add_revision(opened, row, a_content(), now=now)
        second = add_revision(opened, row, a_content(area="Twente"), now=now)
        add_revision(opened, row, a_content(area="Salland"), now=now)
        deed = Deed("persoon:1", Action.PUBLISH.value, "initiatief", row.slug, revision_after=first.id)
        record_deed(opened, deed, now=now)
        row.published_revision_id, row.published_at = second.id, now
        opened.commit()
    migrate(engine)
    with session(engine) as opened:
        row = initiative_by_slug(opened, "techniekroute")
        assert [version.number for version in public_versions(opened, row.id)] == [1, 2]


def test_sqlite_is_set_for_safety(tmp_path):
    engine = open_database(sqlite_url(tmp_path / "kb.sqlite"))
    with engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
