"""Writing under load: nobody is refused, nothing is lost, and an old base is noticed."""

import threading
from datetime import datetime

import pytest
from sqlalchemy.orm.exc import StaleDataError

from kb.storage.audit import Deed, broken_links, record_deed
from kb.storage.changes import changes_after, newest_sequence, note_change
from kb.storage.database import open_database, session, sqlite_url
from kb.storage.initiatives import add_initiative, initiative_by_slug
from kb.storage.migrating import migrate
from kb.storage.tables import AuditRow


@pytest.fixture
def engine(tmp_path):
    engine = open_database(sqlite_url(tmp_path / "kb.sqlite"))
    migrate(engine)
    yield engine
    engine.dispose()


def test_eight_writers_that_read_first_all_get_their_turn(engine, now):
    failures: list[BaseException] = []

    def write(name: int) -> None:
        try:
            for number in range(25):
                with session(engine, writing=True) as opened:
                    newest_sequence(opened)
                    note_change(opened, name * 100 + number, now=now)
                    opened.commit()
        except BaseException as failure:
            failures.append(failure)

    writers = [threading.Thread(target=write, args=(name,)) for name in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    with session(engine) as opened:
        changes = changes_after(opened, 0)
    assert len(changes) == 200
    assert [change.sequence for change in changes] == list(range(1, 201))


def test_the_second_writer_on_the_same_base_is_refused(engine, now: datetime):
    with session(engine, writing=True) as opened:
        add_initiative(opened, "route", source_key=None, now=now)
        opened.commit()
    with session(engine) as first, session(engine, writing=True) as second:
        mine, theirs = initiative_by_slug(first, "route"), initiative_by_slug(second, "route")
        assert mine is not None and theirs is not None  # noqa: PT018
        first.commit()  # ends the reading; what was read stays as it was
        theirs.status = "ingediend"
        second.commit()
        mine.status = "ingetrokken"
        first.add(mine)
        with pytest.raises(StaleDataError):
            first.commit()


def test_a_removed_row_of_the_audit_trail_shows(engine, now):
    with session(engine, writing=True) as opened:
        for number in range(3):
            record_deed(opened, Deed("systeem", "publiceren", "initiatief", f"nummer-{number}"), now=now)
        opened.commit()
    with session(engine, writing=True) as opened:
        assert broken_links(opened) == []
        opened.delete(opened.get(AuditRow, 2))
        opened.commit()
        assert broken_links(opened) == [3]


def test_a_row_that_is_removed_from_the_end_of_the_audit_trail_shows(engine, now):
    with session(engine, writing=True) as opened:
        for number in range(3):
            record_deed(opened, Deed("systeem", "publiceren", "initiatief", f"nummer-{number}"), now=now)
        opened.commit()
    with session(engine, writing=True) as opened:
        opened.delete(opened.get(AuditRow, 3))
        opened.commit()
        assert broken_links(opened) == [3]
    with session(engine, writing=True) as opened:
        record_deed(opened, Deed("systeem", "publiceren", "initiatief", "nummer-4"), now=now)
        opened.commit()
        assert broken_links(opened) == [3]


def test_a_changed_row_of_the_audit_trail_shows(engine, now):
    with session(engine, writing=True) as opened:
        record_deed(opened, Deed("systeem", "publiceren", "initiatief", "route"), now=now)
        opened.get(AuditRow, 1).object_key = "iets-anders"
        opened.commit()
        assert broken_links(opened) == [1]
