"""Records analysed together have the very postings that their documents have one by one."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search import bulk_notes
from kb.search.bulk_notes import BulkNotes, Noted
from kb.search.postings_order import in_order
from tests.search.records import a_record, an_analyser

ANALYSER = an_analyser()
TEXT = """de techniek Techniekonderwijs zij-instroom MKB!dee een werk naar traject werk-naar-werk leven lang
ontwikkelen in 1 bètagirls women heat pump the beroepsbegeleidende leerweg a-b-c ‘t x"""
WORDS = TEXT.split()
texts = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
lines = st.lists(texts, max_size=3).map("\n".join)
records = st.lists(st.tuples(texts, texts, lines, lines, texts, texts, st.sampled_from(["", "GM0153 PV23"])))


def _made(drawn):
    names = ("title", "summary", "body", "tags", "title_en", "summary_en", "regio")
    return [a_record(7 * at + 1, **dict(zip(names, each, strict=True))) for at, each in enumerate(drawn)]


def _by_document(noted: Noted, value_of):
    found = defaultdict(dict)
    for at, (token, document) in enumerate(zip(noted.tokens.tolist(), noted.documents.tolist(), strict=True)):
        assert noted.names[token] not in found[document]
        found[document][noted.names[token]] = value_of(at)
    return found


def _together(made):
    notes = BulkNotes(ANALYSER)
    for record in made:
        notes.add(record)
    impacts, positions = notes.impacts(), notes.positions()
    ends = np.cumsum([0, *positions.lengths.tolist()])
    return (
        _by_document(impacts, lambda at: float(impacts.weights[at])),
        _by_document(positions, lambda at: positions.places[ends[at] : ends[at + 1]].tolist()),
        _by_document(notes.spelled(), lambda _: None),
        _by_document(notes.keys(), lambda _: None),
        notes.spellings,
    )


def _same_as_one_by_one(made):
    impacts, positions, spelled, keys, spellings = _together(made)
    documents = [ANALYSER.document(record) for record in made]
    for at, document in enumerate(documents):
        assert impacts[at] == {token: np.float32(each) for token, each in document.impacts.items()}
        assert positions[at] == document.positions
        assert set(spelled[at]) == document.spellings
        assert list(keys[at]) == [str(document.id)]
    assert spellings == frozenset().union(*(document.spellings for document in documents))


@given(records)
def test_together_they_have_the_postings_of_one_by_one(drawn):
    _same_as_one_by_one(_made(drawn))


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_also_when_they_are_added_up_in_several_turns(monkeypatch, at_once):
    monkeypatch.setattr(bulk_notes, "AT_ONCE", at_once)
    made = _made(
        [(" ".join(WORDS[n:]), " ".join(WORDS), "mbo roc\nmbo", "techniek", "", "", "") for n in range(5)]
    )
    _same_as_one_by_one(made)


def test_words_beyond_the_last_place_are_found_without_one():
    _same_as_one_by_one([a_record(1, "Techniek", body="robot " * 66_000 + "drone")])


@given(st.lists(st.integers(0, (1 << 32) - 1)))
def test_numbers_come_in_order_and_equals_stay_as_they_were(numbers):
    order = in_order(np.array(numbers, np.uint32)).tolist()
    assert order == sorted(range(len(numbers)), key=numbers.__getitem__)
