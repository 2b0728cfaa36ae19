"""The index on disk: damage, interrupted writers, other processes, and changes on top of it."""

import json
import multiprocessing
import os
import resource
import signal
import time
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.domain.search import Search
from kb.domain.terms import Vocabulary
from kb.search.catalogue import Catalogue
from kb.search.engine import IndexBroken, IndexBusy
from kb.search.found import NoticeKind
from kb.search.index_folder import IndexFolder
from tests.search.damage import DAMAGE, locked, read_only_folder
from tests.search.records import LANGUAGE, TERMS, a_catalogue, a_record, an_unloaded_catalogue, changes_of

RECORDS = [a_record(1, "Robots in de klas"), a_record(2, "Lassen in Twente"), a_record(3, "Zorgrobots")]


def found_by(catalogue, words="robots"):
    return catalogue.search(Search(words=words)).ids


def reopened(folder, sequence=0, records=RECORDS, missed=()):
    catalogue = an_unloaded_catalogue(folder)
    is_open = catalogue.load(records, sequence, lambda number: [c for c in missed if c.sequence > number])
    return catalogue, is_open


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_index_is_noticed_at_the_start_and_answers_go_on(tmp_path, damage):
    a_catalogue(tmp_path / "index", RECORDS)
    damage(tmp_path / "index")
    catalogue, is_open = reopened(tmp_path / "index")
    assert not is_open
    found = catalogue.search(Search(words="robots"))
    assert set(found.ids) == {1, 3}
    assert found.degraded
    assert catalogue.health().problem
    catalogue.rebuild(RECORDS, 0)
    healed = catalogue.search(Search(words="robot"))
    assert set(healed.ids) == {1, 3}
    assert not healed.degraded
    assert not catalogue.health().problem


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damage_under_a_running_process_does_not_reach_its_answers(tmp_path, damage):
    catalogue = a_catalogue(tmp_path / "index", RECORDS)
    damage(tmp_path / "index")
    catalogue.catch_up(changes_of((1, 2)), {2: a_record(2, "Lasrobots")})
    assert set(found_by(catalogue)) == {1, 2, 3}


def test_an_index_of_another_database_is_not_used(tmp_path):
    a_catalogue(tmp_path, RECORDS)
    path = IndexFolder(tmp_path).current() / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "database": "twee"}))
    assert reopened(tmp_path)[1] is False


def test_an_index_made_with_other_labels_is_not_used(tmp_path):
    a_catalogue(tmp_path, RECORDS)
    renamed = Vocabulary(replace(term, synonyms=("anders",)) for term in TERMS)
    catalogue = Catalogue(tmp_path, language_dir=LANGUAGE, vocabulary=renamed, database_id="een")
    assert catalogue.load(RECORDS, 0, lambda _: ()) is False


def test_an_index_ahead_of_the_database_is_not_used(tmp_path):
    a_catalogue(tmp_path, RECORDS).rebuild(RECORDS, 7)
    assert reopened(tmp_path, sequence=6)[1] is False
    assert reopened(tmp_path, sequence=7)[1] is True


def test_a_folder_that_cannot_be_written_still_answers(tmp_path):
    (tmp_path / "index").write_text("a file in the place of the folder")
    catalogue, is_open = reopened(tmp_path / "index")
    assert not is_open
    with pytest.raises(FileExistsError):
        catalogue.rebuild(RECORDS, 0)
    assert set(found_by(catalogue)) == {1, 3}


def test_a_folder_that_may_only_be_read_answers_and_takes_changes_in_memory():
    with read_only_folder() as place:
        a_catalogue(place / "index", RECORDS)
        with locked(place):
            catalogue, is_open = reopened(place / "index")
            assert is_open
            catalogue.catch_up(changes_of((1, 2)), {2: a_record(2, "Lasrobots")})
            assert set(found_by(catalogue)) == {1, 2, 3}
            for write in (catalogue.commit, lambda: catalogue.rebuild(RECORDS, 1)):
                with pytest.raises(PermissionError):
                    write()
            assert set(found_by(catalogue)) == {1, 2, 3}
        assert catalogue.commit()
        assert set(found_by(reopened(place / "index", 1, missed=())[0])) == {1, 2, 3}


def test_changes_are_not_written_on_top_of_damage(tmp_path):
    catalogue = a_catalogue(tmp_path / "index", RECORDS)
    DAMAGE["segment garbled"](tmp_path / "index")
    catalogue.catch_up(changes_of((1, 2)), {2: a_record(2, "Lasrobots")})
    with pytest.raises(IndexBroken):
        catalogue.commit()
    assert set(found_by(catalogue)) == {1, 2, 3}


def test_an_index_that_another_version_made_meanwhile_is_left_alone(tmp_path):
    catalogue = a_catalogue(tmp_path / "index", RECORDS)
    DAMAGE["another schema"](tmp_path / "index")
    catalogue.catch_up(changes_of((1, 2)), {2: a_record(2, "Lasrobots")})
    theirs = IndexFolder(tmp_path / "index").current()
    assert catalogue.commit() is False
    assert IndexFolder(tmp_path / "index").current() == theirs
    assert set(found_by(catalogue)) == {1, 2, 3}


def test_a_plain_search_follows_changes_too(tmp_path):
    catalogue, _ = reopened(tmp_path / "index")
    catalogue.catch_up(changes_of((1, 1), (2, 4)), {4: a_record(4, "Robotica")})
    assert set(found_by(catalogue, "robot")) == {3, 4}
    assert catalogue.search(Search(words="robot -zorgrobots")).ids == (4,)
    assert catalogue.search(Search()).total == 3
    assert catalogue.commit() is False


def test_changes_that_the_index_missed_are_caught_up_at_the_start(tmp_path):
    a_catalogue(tmp_path, RECORDS)
    now = [RECORDS[0], a_record(2, "Lasrobots")]
    catalogue, is_open = reopened(tmp_path, 2, now, changes_of((1, 2), (2, 3)))
    assert is_open
    assert set(found_by(catalogue)) == {1, 2}


def test_committed_changes_are_found_by_the_next_process(tmp_path):
    catalogue = a_catalogue(tmp_path, RECORDS)
    catalogue.catch_up(changes_of((1, 2), (2, 3)), {2: a_record(2, "Lasrobots")})
    assert catalogue.commit() is True
    assert catalogue.commit() is False
    assert catalogue.health().details["changes"] == 0
    other, is_open = reopened(tmp_path, 2, [RECORDS[0], a_record(2, "Lasrobots")])
    assert is_open
    assert set(found_by(other)) == set(found_by(catalogue)) == {1, 2}


def test_a_process_takes_a_newer_index_and_keeps_what_it_lacks(tmp_path):
    writer, reader = a_catalogue(tmp_path, RECORDS), reopened(tmp_path)[0]
    first, second = {2: a_record(2, "Lasrobots")}, {3: a_record(3, "Zorg")}
    for catalogue in (writer, reader):
        catalogue.catch_up(changes_of((1, 2)), first)
    reader.catch_up(changes_of((2, 3)), second)
    before = reader.health().details["generation"]
    writer.commit()
    assert set(found_by(reader)) == {1, 2}
    assert reader.health().details["generation"] != before
    assert set(found_by(writer)) == {1, 2, 3}


def test_a_newer_index_than_the_changes_seen_waits_for_them(tmp_path):
    writer, reader = a_catalogue(tmp_path, RECORDS), reopened(tmp_path)[0]
    writer.catch_up(changes_of((1, 2)), {2: a_record(2, "Lasrobots")})
    writer.commit()
    assert set(found_by(reader)) == {1, 3}
    reader.catch_up(changes_of((1, 2)), {2: a_record(2, "Lasrobots")})
    assert set(found_by(reader)) == {1, 2, 3}


def test_only_one_process_writes_at_a_time(tmp_path):
    catalogue = a_catalogue(tmp_path, RECORDS)
    catalogue.catch_up(changes_of((1, 2)), {})
    with IndexFolder(tmp_path).writing():
        with pytest.raises(IndexBusy):
            catalogue.commit()
        with pytest.raises(IndexBusy):
            catalogue.rebuild(RECORDS, 1)
    assert catalogue.commit() is True


def test_old_generations_are_removed_and_the_last_but_one_stays_for_its_readers(tmp_path):
    catalogue = a_catalogue(tmp_path, RECORDS)
    for _ in range(4):
        catalogue.rebuild(RECORDS, 0)
    assert len(list(tmp_path.glob("generation-*"))) == 2


@contextmanager
def full_disk():
    """No file can grow beyond a kilobyte, as on a full disk; briefly, for the report is a file too."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


# Whoosh leaves its files to the garbage collector when it cannot write.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_full_disk_stops_the_writer_and_not_the_answers(tmp_path):
    catalogue = a_catalogue(tmp_path, RECORDS)
    catalogue.catch_up(changes_of((1, 2)), {2: a_record(2, "Lasrobots")})
    with full_disk(), pytest.raises(OSError, match="File too large"):
        catalogue.commit()
    with full_disk(), pytest.raises(OSError, match="File too large"):
        catalogue.rebuild(RECORDS, 1)
    assert set(found_by(catalogue)) == {1, 2, 3}
    assert reopened(tmp_path)[1] is True
    assert len(list(tmp_path.glob("generation-*"))) == 1


def _rebuild_slowly(folder):
    def slowly():
        for number in range(1, 500):
            yield a_record(number, "Robots")
            time.sleep(0.01)

    an_unloaded_catalogue(folder).rebuild(slowly(), 1)


def test_a_killed_rebuild_leaves_the_old_index_and_no_lock(tmp_path):
    a_catalogue(tmp_path, RECORDS)
    process = multiprocessing.get_context("spawn").Process(target=_rebuild_slowly, args=(tmp_path,))
    process.start()
    while len(list(tmp_path.glob("generation-*"))) < 2 and process.is_alive():
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    catalogue, is_open = reopened(tmp_path)
    assert is_open
    assert set(found_by(catalogue)) == {1, 3}
    catalogue.rebuild(RECORDS, 0)
    assert len(list(tmp_path.glob("generation-*"))) == 2


WORDS = ["robots", "lassen", "zorg", "klas", "techniekonderwijs", "zij-instroom", "bbl"]
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
steps = st.lists(st.tuples(st.integers(1, 8), texts | st.none(), st.booleans()), max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.lists(texts, min_size=1, max_size=6), steps, texts)
def test_changes_in_memory_and_on_disk_answer_like_a_new_index(tmp_path_factory, start, changes, asked):
    records = {number: a_record(number, text) for number, text in enumerate(start, start=1)}
    catalogue = a_catalogue(tmp_path_factory.mktemp("index"), records.values())
    for sequence, (number, text, committed) in enumerate(changes, start=1):
        changed = {} if text is None else {number: a_record(number, text)}
        records = {key: kept for key, kept in records.items() if key != number} | changed
        catalogue.catch_up(changes_of((sequence, number)), changed)
        if committed:
            catalogue.commit()
    fresh = a_catalogue(tmp_path_factory.mktemp("fresh"), records.values())
    for words in (asked, f'"{asked}"', f"{asked[:3]}*", f"lassen -{asked}"):
        one, other = catalogue.search(Search(words=words)), fresh.search(Search(words=words))
        assert one.ids == other.ids
        assert one.scores == pytest.approx(other.scores, rel=1e-5)
        assert one.counts == other.counts


def test_the_notice_tells_that_the_index_is_broken(tmp_path):
    catalogue, _ = reopened(tmp_path / "nothing")
    assert catalogue.search(Search()).notices[0].kind is NoticeKind.DEGRADED
