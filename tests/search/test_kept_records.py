"""What search knows of all records is left in a file, so that a process starts without reading them."""

import os

import pytest

from kb.domain.search import Facet, Search, Sort
from kb.search import catalogue
from tests.search.records import a_catalogue, a_record, an_unloaded_catalogue, changes_of

RECORDS = [
    a_record(3, "Robots in de klas", regio="GM0153", organisatie="jet-net", names="Jet-Net"),
    a_record(5, "Lassen", title_en="Welding", regio="NL01", national=True, trede=4, niveau="mbo-4"),
    a_record(9, "Techniek voor meisjes", doelgroep="meisjes", published="2026-02-01T10:00:00+00:00"),
    a_record(4_000, "Één brug", regio="GM0344", organisatie="roc-één", names="ROC Één"),
]
ASKED = [
    Search(),
    Search(words="techniek"),
    Search(words="jet net"),
    Search(filters={Facet.REGION: ("AM04",)}, include_national=True),
    *(Search(sort=sort) for sort in Sort),
]
TYPED = ["rob", "weld", "jet", "ensch", "een br", "tecniek", "roc"]


def _unread():
    raise AssertionError("all records were read")
    yield


def _loaded(folder, *, sequence=0, records=(), missed=(), some=(), **options):
    """A process that starts later; unless it may read `records`, the file has to be enough."""
    later = an_unloaded_catalogue(folder, **options)
    read_some = {record.id: record for record in some}
    assert later.load(
        records or _unread(),
        sequence,
        lambda number: [change for change in missed if change.sequence > number],
        lambda ids: [read_some[record_id] for record_id in ids if record_id in read_some],
    )
    return later


def _answers(asked):
    found = [asked.search(search) for search in ASKED]
    suggested = [asked.suggest(Search(words=typed), language) for typed in TYPED for language in ("nl", "en")]
    return [(each.ids, each.total, each.counts, each.understood) for each in found], suggested, asked.size


def test_a_process_that_starts_later_answers_the_same_without_reading_the_records(tmp_path):
    first = a_catalogue(tmp_path, RECORDS)
    assert _answers(_loaded(tmp_path)) == _answers(first)
    assert _answers(first)[0][1][0] == (9,)


@pytest.mark.parametrize("is_kept_again", [False, True])
def test_only_what_changed_since_is_read(tmp_path, monkeypatch, is_kept_again):
    monkeypatch.setattr(catalogue, "KEPT_AGAIN", 3 if is_kept_again else 4)
    a_catalogue(tmp_path, RECORDS)
    changes = changes_of((1, 3), (2, 5), (3, 70))
    some = [a_record(3, "Drones in de klas", regio="GM0344"), a_record(70, "Nieuw", organisatie="roc-nieuw")]
    other = _loaded(tmp_path, sequence=3, missed=changes, some=some)
    assert other.commit()
    later = _loaded(tmp_path, sequence=3, missed=changes, some=() if is_kept_again else some)
    anew = a_catalogue(tmp_path / "anew", [*some, *RECORDS[2:]])
    assert _answers(later) == _answers(other) == _answers(anew)
    assert [each.label for each in later.suggest(Search(words="dron"))] == ["Drones in de klas"]


def test_what_changes_after_the_start_shows_in_what_came_from_the_file(tmp_path):
    a_catalogue(tmp_path, RECORDS)
    later = _loaded(tmp_path)
    changed = a_record(3, "Drones", organisatie="nieuw")
    later.catch_up(changes_of((1, 3), (2, 9)), {3: changed})
    assert _answers(later) == _answers(a_catalogue(tmp_path / "anew", [changed, RECORDS[1], RECORDS[3]]))


def _cut(file):
    os.truncate(file, file.stat().st_size - 100)


def _garble(file):
    content = bytearray(file.read_bytes())
    content[-200] ^= 0xFF
    file.write_bytes(content)


def _empty(file):
    file.write_bytes(b"")


def _of_another(file):
    file.write_bytes(file.read_bytes().replace(b'"stamp": "', b'"stamp": "x', 1))


@pytest.mark.parametrize("harm", [_cut, _garble, _empty, _of_another, os.unlink])
def test_a_file_that_cannot_be_used_is_made_anew(tmp_path, harm):
    right = _answers(a_catalogue(tmp_path, RECORDS))
    harm(tmp_path / "records")
    assert _answers(_loaded(tmp_path, records=RECORDS)) == right
    assert _answers(_loaded(tmp_path)) == right


def test_what_was_kept_under_another_edition_is_not_used(tmp_path):
    a_catalogue(tmp_path, RECORDS)
    newer = [a_record(record.id, record.title, sector="bouw-infra") for record in RECORDS]
    later = _loaded(tmp_path, records=newer, edition="2027")
    assert later.search(Search()).counts[Facet.SECTOR] == {"bouw-infra": 4}


def test_a_file_of_a_later_moment_than_the_database_is_not_used(tmp_path):
    a_catalogue(tmp_path, RECORDS).rebuild(RECORDS, 7)
    restored = an_unloaded_catalogue(tmp_path)
    assert not restored.load(RECORDS[:2], 3, lambda _: (), lambda _: ())
    assert restored.size == 2


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path):
    right = _answers(a_catalogue(tmp_path, RECORDS))
    (tmp_path / "records").unlink()
    (tmp_path / "records").mkdir()
    assert _answers(_loaded(tmp_path, records=RECORDS)) == right
