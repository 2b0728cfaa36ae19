"""Erasing a person: every table that knows people is emptied of this one, or says why it is not."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Table,
    func,
    insert,
    select,
)

from kb.domain.people import Person
from kb.domain.workflow import Role
from kb.services import accounts
from kb.storage.base import Base
from tests.accounts import an_account
from tests.builders import a_content
from tests.initiatives import publish

# What stays under the number of the person, because it is about the catalogue and others stand on it.
STAYS = {
    "snapshot": "letters to Parliament point at it",
    "duplicate_choice": "says of two initiatives how they relate",
    "lowered_verdict": "explains a level that everybody sees",
    "initiative_merge": "can be undone",
    "approach_merge": "can be undone",
    "candidate_cluster": "says of a group that it is one approach or none, and can be undone",
}
TABLES = [table for table in Base.metadata.sorted_tables if "person_id" in table.c]
# What hangs from those: the initiatives on a list, the answers that a key got, the rows of a file.
HANGING = [
    table
    for table in Base.metadata.sorted_tables
    if table not in TABLES
    and any(key.column.table in TABLES and key.column.table.name not in STAYS for key in table.foreign_keys)
]
VALUES = {
    Integer: 1,
    Float: 0.5,
    Boolean: False,
    JSON: {},
    LargeBinary: b"x",
    DateTime: datetime(2026, 3, 2, tzinfo=UTC),
    Date: date(2026, 3, 2),
}


def _value(column: Column, person_id: int) -> object:
    if column.name == "person_id":
        return person_id
    plain = getattr(column.type, "impl", column.type)
    return next((value for kind, value in VALUES.items() if isinstance(plain, kind)), "woorden")


def _fill(session, table: Table, person_id: int) -> None:
    """One row, with what must be there; a number that is handed out by the table is left to it."""
    needed = [
        column
        for column in table.c
        if column.name == "person_id" or not (column.nullable or column is table.autoincrement_column)
    ]
    session.execute(insert(table).values({column.name: _value(column, person_id) for column in needed}))


def _left(session, person_id: int) -> set[str]:
    """The tables that still have a row of this person."""
    return {
        table.name
        for table in TABLES
        if session.scalar(select(func.count()).select_from(table).where(table.c.person_id == person_id))
    }


@pytest.fixture
def erased(runtime) -> int:
    """Somebody who left a row in every table, and was erased."""
    publish(runtime, a_content())
    person_id = an_account(runtime, Role.COORDINATOR, regions=())
    boss = an_account(runtime, Role.ADMINISTRATOR)
    with runtime.work(writing=True) as work:
        for table in (Base.metadata.tables["approach"], *TABLES, *HANGING):
            _fill(work.session, table, person_id)
        assert _left(work.session, person_id) == {table.name for table in TABLES}
    with runtime.work(writing=True) as work:
        accounts.erase(work, Person(boss, Role.ADMINISTRATOR), person_id)
    return person_id


def test_nothing_that_was_somebody_s_own_stays_behind(runtime, erased):
    with runtime.work() as work:
        assert _left(work.session, erased) == set(STAYS)


def test_what_hangs_from_it_goes_along(runtime, erased):
    assert {table.name for table in HANGING} >= {"shortlist_item", "api_answer", "import_row"}
    with runtime.work() as work:
        for table in HANGING:
            assert not work.session.scalar(select(func.count()).select_from(table)), table.name
