"""The fast search gives what Whoosh itself gives, and the counts are those of the records it found."""

import random
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.domain.search import Facet, Record, Search
from kb.search.catalogue import Catalogue
from kb.search.interpreter import Interpreter
from kb.search.names import Names
from kb.search.parser import parse
from tests.search.plain_whoosh import PlainWhoosh
from tests.search.records import a_catalogue, a_record, a_vocabulary, an_analyser, changes_of

SENTENCE = (
    "techniek onderwijs techniekonderwijs bedrijf bedrijven leerlingen meisjes lassen lasrobot robots "
    "zij-instroom omscholing bbl mbo twente utrecht bouw waterstof girls training vmbo enschede"
)
WORDS = SENTENCE.split()
REGIONS = ["GM0153", "GM0344", "AM04", "PV26"]


def _records(rng, number):
    return [
        a_record(
            n,
            " ".join(rng.choices(WORDS, k=3)),
            summary=" ".join(rng.choices(WORDS, k=12)),
            body=" ".join(rng.choices(WORDS, k=8)),
            regio=rng.choice(REGIONS),
            niveau=rng.choice(["mbo", "mbo-4"]),
            trede=0,
        )
        for n in range(1, number + 1)
    ]


@dataclass(repr=False, eq=False)
class Both:
    """Hypothesis shows its arguments, so this one is short."""

    catalogue: Catalogue
    reference: PlainWhoosh
    records: dict[int, Record]


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """An index with changes committed in parts, so that it has deletions and more than one segment."""
    folder = tmp_path_factory.mktemp("index")
    rng = random.Random(3)
    records = {record.id: record for record in _records(rng, 120)}
    catalogue = a_catalogue(folder, records.values())
    for sequence, record in enumerate(_records(rng, 40), start=1):
        gone = sequence % 4 == 0
        catalogue.catch_up(changes_of((sequence, record.id)), {} if gone else {record.id: record})
        records.pop(record.id, None)
        if not gone:
            records[record.id] = record
        if sequence % 15 == 0:
            catalogue.commit()
    catalogue.commit()
    return Both(catalogue, PlainWhoosh(folder), records)


def _reading(catalogue, words):
    engine = catalogue._engine
    names = Names(a_vocabulary(), an_analyser().lexicon)
    return Interpreter(an_analyser(), names, engine.knows, engine.correct).read(parse(words))


words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
choices = st.dictionaries(
    st.just(Facet.REGION), st.lists(st.sampled_from([*REGIONS, "PV23"]), min_size=1, max_size=2).map(tuple)
)


@settings(max_examples=120, deadline=None)
@given(words=words, filters=choices)
def test_hits_totals_scores_and_counts_are_those_of_whoosh_itself(both, words, filters):
    catalogue, reference, records = both.catalogue, both.reference, both.records
    expected = reference.match(_reading(catalogue, words).query)
    passing = {
        number
        for number in expected
        if all(records[number].facets[facet] & set(codes) for facet, codes in filters.items())
    }
    found = catalogue.search(Search(words=words, filters=filters, per_page=100))
    assert found.total == len(passing)
    assert set(catalogue.ids(Search(words=words, filters=filters))) == passing
    for number, score in zip(found.ids, found.scores, strict=True):
        # A share for newness settles equals; here all are as new.
        assert score == pytest.approx(expected[number], rel=1e-3)
    for code, count in found.counts[Facet.LEVEL].items():
        assert count == sum(code in records[number].facets[Facet.LEVEL] for number in passing)
    for code, count in found.counts[Facet.REGION].items():
        assert count == sum(code in records[number].facets[Facet.REGION] for number in expected)


@settings(max_examples=60, deadline=None)
@given(first=st.sampled_from(WORDS), second=st.sampled_from(WORDS))
def test_phrases_are_those_of_whoosh_itself(both, first, second):
    catalogue, reference = both.catalogue, both.reference
    (phrase,) = _reading(catalogue, f'"{first} {second}"').query.phrases
    found = catalogue.ids(Search(words=f'"{first} {second}"'))
    assert set(found) == reference.phrase(phrase)
