"""What search shows is written into the index by any process that answers, a while later."""

from datetime import UTC, datetime
from threading import Event

import pytest

from kb.domain.search import Search
from kb.runtime import Runtime
from kb.search.engine import IndexBroken, IndexBusy
from kb.search.index_folder import IndexFolder, read_manifest
from kb.services import indexing, searching
from kb.services.index_keeping import IndexKeeper
from kb.settings import Settings
from kb.storage.changes import newest_sequence
from tests.builders import a_content
from tests.initiatives import publish
from tests.search.damage import DAMAGE


@pytest.fixture
def runtime(empty_dir):
    runtime = Runtime(Settings(data_dir=empty_dir), clock=lambda: datetime(2026, 3, 2, tzinfo=UTC))
    runtime.prepare()
    runtime._keeper = IndexKeeper(runtime.work, pause=0.01)
    runtime.open_index()
    yield runtime
    runtime.close()


def written(runtime):
    return read_manifest(IndexFolder(runtime.index_dir).current()).sequence


def newest(runtime):
    with runtime.work() as work:
        return newest_sequence(work.session)


def eventually(holds):
    waiting = Event()
    for _ in range(1_000):
        if holds():
            return True
        waiting.wait(0.01)
    return False


def test_who_publishes_writes_it_without_a_search(runtime):
    publish(runtime, a_content("Lassen"))
    assert eventually(lambda: written(runtime) == newest(runtime) > 0)
    with runtime.work() as work:
        assert not work.catalogue.has_unwritten
        assert searching.search(work, Search(words="lassen")).total == 1
        assert work.catalogue.health().details["changes"] == 0


def test_who_only_searches_writes_what_a_command_published(runtime, empty_dir):
    other = Runtime(Settings(data_dir=empty_dir))
    publish(other, a_content("Lassen"))
    other.close()
    with runtime.work() as work:
        assert searching.search(work, Search(words="lassen")).total == 1
    assert eventually(lambda: written(runtime) == newest(runtime))


def test_while_another_process_writes_answers_are_whole_and_the_writing_follows(runtime):
    with IndexFolder(runtime.index_dir).writing():
        publish(runtime, a_content("Lassen"))
        with runtime.work() as work:
            found = searching.search(work, Search(words="lassen"))
            assert (found.total, found.notices) == (1, ())
            with pytest.raises(IndexBusy):
                indexing.commit(work)
        assert written(runtime) < newest(runtime)
    assert eventually(lambda: written(runtime) == newest(runtime))


def test_a_process_that_finds_another_one_making_the_index_takes_that_a_second_later(empty_dir, tmp_path):
    hands = [datetime(2026, 3, 2, tzinfo=UTC)]
    (empty_dir / "index" / "current").unlink()
    runtime = Runtime(Settings(data_dir=empty_dir), clock=lambda: hands[0])
    runtime.prepare()
    with IndexFolder(runtime.index_dir).writing():
        runtime.open_index()
        with runtime.work() as work:
            assert indexing.search(work, Search(words="lassen"), "nl").degraded
    hands[0] = hands[0].replace(second=1)
    with runtime.work() as work:
        assert not indexing.search(work, Search(words="lassen"), "nl").degraded
    runtime.close()


def test_trouble_is_logged_and_tried_again_later(runtime, caplog, monkeypatch):
    def full(work):
        raise OSError("No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(indexing, "commit", full)
        publish(runtime, a_content("Lassen"))
        assert eventually(lambda: "No space left on device" in caplog.text)
        with runtime.work() as work:
            assert searching.search(work, Search(words="lassen")).total == 1
    assert eventually(lambda: written(runtime) == newest(runtime))


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_index_heals_when_a_process_starts_and_the_log_says_so(empty_dir, caplog, damage):
    first = Runtime(Settings(data_dir=empty_dir))
    first.open_index()
    publish(first, a_content("Lasrobots"))
    with first.work() as work:
        indexing.rebuild(work)
    first.close()
    damage(empty_dir / "index")
    second = Runtime(Settings(data_dir=empty_dir))
    assert not second.open_index()
    assert "the search index must be built anew" in caplog.text
    with second.work() as work:
        # By a part of the word, which the plain search does not know.
        found = searching.search(work, Search(words="robot"))
        assert (found.total, found.notices) == (1, ())
    second.close()
    third = Runtime(Settings(data_dir=empty_dir))
    assert third.open_index()
    third.close()


RUNNING = {name: damage for name, damage in DAMAGE.items() if name != "another schema"}


@pytest.mark.parametrize("damage", RUNNING.values(), ids=RUNNING)
def test_damage_under_a_running_process_heals_with_the_next_change(runtime, caplog, damage):
    publish(runtime, a_content("Lassen"))
    assert eventually(lambda: written(runtime) == newest(runtime))
    runtime._keeper.stop()
    damage(runtime.index_dir)
    runtime._keeper = IndexKeeper(runtime.work, pause=0.01)
    publish(runtime, a_content("Lasrobots"))
    with runtime.work() as work:
        found = searching.search(work, Search(words="lassen"))
        assert (found.total, found.notices) == (2, ())
    assert eventually(lambda: whole(runtime) == newest(runtime))
    assert "made anew" in caplog.text


def whole(runtime):
    """Up to which change the index on disk goes; nothing while it is damaged."""
    folder = IndexFolder(runtime.index_dir)
    try:
        manifest = folder.verified(folder.current())
    except IndexBroken:
        return None
    return manifest.sequence
