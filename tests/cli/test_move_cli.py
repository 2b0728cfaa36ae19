"""`kb move --to`: everything from SQLite to PostgreSQL, proven on arrival, or nothing at all."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, text

from kb.cli.main import COMMANDS
from kb.domain.people import Person
from kb.domain.search import Search
from kb.domain.workflow import Role
from kb.runtime import Runtime
from kb.services import drafting, searching
from kb.services.missed import note_missed
from kb.settings import Settings
from kb.storage.audit import broken_links
from kb.storage.base import Base
from kb.storage.initiatives import published_by_slug
from kb.storage.migrating import migrate
from kb.storage.people_tables import PersonRow
from kb.storage.tables import InitiativeRow, Revision
from tests.accounts import EMAILS, an_account
from tests.builders import a_content
from tests.conftest import NOW
from tests.databases import another_database

MOVE = next(command for command in COMMANDS if command.name == "move")
ANNE = EMAILS[Role.COORDINATOR]
QUESTIONS = ("lassen", "zij-instroom mbo twente", '"techniek en technologie"', "install*", "")
# Something in the new database that changes a letter on the way in.
MEDDLE = """
CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF new.id = 7 THEN new.name := new.name || '.'; END IF; RETURN new; END $$
"""
MEDDLING = "CREATE TRIGGER meddling BEFORE INSERT ON organisation FOR EACH ROW EXECUTE FUNCTION meddle()"


@pytest.fixture(scope="module")
def old(seeded_dir: Path, tmp_path_factory) -> Path:
    """Everything that comes with the program, with people, a draft and a new version of something public."""
    folder = tmp_path_factory.mktemp("old") / "var"
    shutil.copytree(seeded_dir, folder)
    runtime = _runtime(folder)
    author = an_account(runtime)
    an_account(runtime, Role.REVIEWER)
    anne = _coordinator(author)
    with runtime.work(writing=True) as work:
        draft = drafting.create(work, anne, a_content("Nog niet openbaar: 'wat' \\ ☃"))
        drafting.edit(work, anne, draft.slug, a_content("Tweede versie"), based_on=draft.number)
        note_missed(work, Search("dakdekkersopleiding"))
    runtime.close()
    return folder


@pytest.fixture
def new(postgresql_url: str):
    with another_database(postgresql_url) as url:
        yield url


def _coordinator(key: int) -> Person:
    return Person(key, Role.COORDINATOR, "Anne", frozenset({"AM05"}), frozenset({"AM05"}))


def _runtime(folder: Path, url: str = "") -> Runtime:
    settings = Settings(data_dir=folder)
    return Runtime(settings.with_database(url) if url else settings, clock=lambda: NOW)


def _move(folder: Path, url: str):
    return CliRunner(env={"KB_DATA_DIR": str(folder)}).invoke(MOVE, ["--to", url], catch_exceptions=False)


def _counts(runtime: Runtime) -> dict[str, int]:
    tables = [table for table in Base.metadata.sorted_tables if not table.name.startswith("search_")]
    with runtime.engine.connect() as connection:
        return {t.name: connection.scalar(select(func.count()).select_from(t)) for t in tables}


def test_everything_arrives_and_the_portal_goes_on_from_there(old, new, tmp_path):
    moved = _move(old, new)
    assert moved.exit_code == 0, moved.output
    before, after = _runtime(old), _runtime(tmp_path, new)
    assert _counts(after) == _counts(before)
    assert str(sum(_counts(before).values())) in moved.output.replace(".", "")
    _same_answers(before, after)
    _goes_on(after)
    for runtime in (before, after):
        runtime.close()


def _same_answers(before: Runtime, after: Runtime) -> None:
    for runtime in (before, after):
        assert runtime.open_index()
    with before.work() as one, after.work() as other:
        for words in QUESTIONS:
            asked = Search(words=words)
            first, second = searching.search(one, asked), searching.search(other, asked)
            assert (second.total, second.counts) == (first.total, first.counts)
            assert set(other.catalogue.ids(asked)) == set(one.catalogue.ids(asked))
        slug = one.session.scalar(select(InitiativeRow.slug).where(InitiativeRow.status == "published"))
        assert published_by_slug(other.session, slug) == published_by_slug(one.session, slug)
        assert broken_links(other.session) == broken_links(one.session)


def _goes_on(after: Runtime) -> None:
    """People log in as before, and what they make gets numbers of its own."""
    with after.work(writing=True) as work:
        highest = work.session.scalar(select(func.max(Revision.id)))
        anne = _coordinator(work.session.scalar(select(PersonRow.id).where(PersonRow.email == ANNE)))
        mine = drafting.look(work, anne, "nog-niet-openbaar-wat")
        assert (mine.number, mine.content.title) == (2, "Tweede versie")
        content = replace(mine.content, title="Derde versie")
        assert drafting.edit(work, anne, mine.slug, content, based_on=2).number == 3
        assert work.session.scalar(select(func.max(Revision.id))) == highest + 1


def test_a_database_with_something_in_it_is_refused_and_stays_as_it_was(old, new, tmp_path):
    filled = _runtime(tmp_path, new)
    filled.prepare()
    an_account(filled, email="al.hier@example.nl")
    held = _counts(filled)
    refused = _move(old, new)
    assert refused.exit_code == 2
    assert "kept" in refused.stderr
    assert _counts(filled) == held
    filled.close()


def test_a_row_that_arrives_otherwise_undoes_everything(old, new, tmp_path):
    meddled = _runtime(tmp_path, new)
    migrate(meddled.engine)
    with meddled.engine.begin() as connection:
        connection.execute(text(MEDDLE))
        connection.execute(text(MEDDLING))
    refused = _move(old, new)
    assert refused.exit_code == 2
    assert "organisation" in refused.stderr
    assert set(_counts(meddled).values()) == {0}
    meddled.close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://ergens/kb", "postgresql"),
        ("postgresql://niemand@127.0.0.1:9/kb", "KB_DATABASE_URL"),
    ],
)
def test_an_address_without_a_database_is_told_in_a_line(old, url, words):
    refused = _move(old, url)
    assert refused.exit_code == 2
    assert words in refused.stderr
    assert "Traceback" not in refused.output
