"""A rebuild by two processes gives the index that one would have made."""

import sys

import pytest

from kb.domain.search import Search
from kb.search import rebuilding, second_writer
from kb.search.engine import IndexBroken
from tests.search.records import a_catalogue, a_record, an_unloaded_catalogue, changes_of

WORDS = "robot lassen techniekonderwijs zij-instroom waterstof meisjes".split()  # noqa: SIM905
RECORDS = [
    a_record(number, f"{WORDS[number % 6]} {WORDS[number // 6 % 6]}", summary=" ".join(WORDS[: number % 5]))
    for number in range(1, 60)
]
ASKED = [*WORDS, *(f"{one} {other}" for one in WORDS for other in WORDS), '"robot lassen"', "rob*", "lasen"]


@pytest.fixture
def shared(monkeypatch):
    """A second process, that also gets its turn when it is slow to start."""
    monkeypatch.setattr(rebuilding, "AT_ONCE", 7)
    monkeypatch.setattr(rebuilding, "MUCH", 10)
    monkeypatch.setattr(rebuilding, "has_core", lambda: True)


def _answers(catalogue):
    found = [catalogue.search(Search(words=words)) for words in ASKED]
    return [(each.ids, each.total, each.scores, each.notices) for each in found]


def test_two_processes_write_what_one_would(tmp_path, shared, monkeypatch):
    both = a_catalogue(tmp_path / "both", RECORDS)
    segments = both.health().details["segments"]
    monkeypatch.setattr(rebuilding, "has_core", lambda: False)
    alone = a_catalogue(tmp_path / "alone", RECORDS)
    assert (segments, alone.health().details["segments"]) == (2, 1)
    assert _answers(both) == _answers(alone)


def test_changes_come_on_top_of_what_both_wrote_and_are_written(tmp_path, shared):
    catalogue = a_catalogue(tmp_path, RECORDS)
    changed = a_record(9, "Iets nieuws")
    catalogue.catch_up(changes_of((1, 9), (2, 40)), {9: changed})
    before = _answers(catalogue)
    assert catalogue.commit()
    later = an_unloaded_catalogue(tmp_path)
    rest = [changed if record.id == 9 else record for record in RECORDS if record.id != 40]
    assert later.load(rest, 2, lambda _: ())
    assert _answers(later) == before


@pytest.mark.parametrize(
    "code", ["raise SystemExit(3)", "import sys; sys.stdin.buffer.read(); raise SystemExit(3)"]
)
def test_without_its_second_half_an_index_is_not_taken_in_use(tmp_path, shared, monkeypatch, code):
    monkeypatch.setattr(rebuilding, "has_core", lambda: False)
    catalogue = a_catalogue(tmp_path, RECORDS)
    before = _answers(catalogue)
    monkeypatch.setattr(rebuilding, "has_core", lambda: True)
    monkeypatch.setattr(second_writer, "COMMAND", (sys.executable, "-c", code))
    with pytest.raises(IndexBroken, match="ended with 3"):
        catalogue.rebuild(RECORDS, 1)
    assert _answers(catalogue) == before
    assert _answers(_opened(tmp_path)) == before


def test_the_second_process_ends_when_the_records_cannot_be_read(tmp_path, shared):
    def records():
        yield from RECORDS
        raise OSError("the database is gone")

    with pytest.raises(OSError, match="is gone"):
        a_catalogue(tmp_path).rebuild(records(), 1)
    assert len(list(tmp_path.glob("generation-*"))) == 1


def _opened(folder):
    catalogue = an_unloaded_catalogue(folder)
    assert catalogue.load(RECORDS, 0, lambda _: ())
    return catalogue
