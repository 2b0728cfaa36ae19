"""A process on a replica, which may only read: it answers with everything that is published, and is quiet."""

import logging

import pytest

from kb.domain.search import Search
from kb.paths import asset_dir
from kb.runtime import Runtime
from kb.schemas.vocabulary import read_vocabularies
from kb.search.engine import IndexBusy
from kb.services import indexing, searching, seeding
from kb.services.index_keeping import IndexKeeper
from kb.settings import Settings
from tests.builders import a_content
from tests.databases import another_database
from tests.initiatives import publish

READ_ONLY = "?options=-c%20default_transaction_read_only%3Don"


@pytest.fixture
def writer(tmp_path, postgresql_url):
    with another_database(postgresql_url) as url:
        runtime = Runtime(Settings(data_dir=tmp_path / "writer").with_database(url))
        runtime.prepare()
        with runtime.work(writing=True) as work:
            seeding.load_vocabularies(work, read_vocabularies(asset_dir("seed_data") / "vocabularies"))
        runtime.open_index()
        yield runtime
        runtime.close()


@pytest.fixture
def reader(tmp_path, writer):
    settings = Settings(data_dir=tmp_path / "reader")
    runtime = Runtime(settings.with_database(writer.settings.database_url + READ_ONLY))
    runtime._keeper = IndexKeeper(runtime.work, pause=0.01)
    assert not runtime.prepare()
    assert runtime.open_index()
    yield runtime
    runtime.close()


@pytest.mark.postgresql
def test_what_is_published_elsewhere_is_found_and_nothing_is_written(writer, reader, caplog):
    caplog.set_level(logging.WARNING)
    publish(writer, a_content("Lasrobots in Twente"))
    with reader.work() as work:
        assert searching.search(work, Search(words="lasrobot")).total == 1
        assert work.catalogue.has_unwritten
        with pytest.raises(IndexBusy):
            indexing.commit(work)
    reader.note_missed(Search(words="onvindbaar"))
    reader._keeper.stop()
    (told,) = (record.message for record in caplog.records if record.levelno >= logging.WARNING)
    assert told.startswith("words that found nothing were not counted")


@pytest.mark.postgresql
def test_an_index_of_another_version_is_left_to_who_may_write_and_a_plain_search_answers(writer, reader):
    publish(writer, a_content("Lasrobots in Twente"))
    with reader.work() as work:
        work.catalogue._engine._schema = "another"
        indexing.load(work)
        found = indexing.search(work, Search(words="lasrobots"), "nl")
    assert found.degraded
    assert found.total == 1
