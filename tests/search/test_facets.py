import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from kb.domain.search import Facet, Search, Sort
from kb.search import tallies
from kb.search.facets import Bitmaps
from kb.search.ordering import Ordering
from tests.search.records import a_record

REGIONS = ["GM0153", "GM0344", "AM04", "PV26", "NL01"]
codes = st.lists(st.sampled_from(REGIONS), max_size=2, unique=True)
levels = st.lists(st.sampled_from(["mbo", "mbo-4"]), max_size=2, unique=True)
records = st.lists(st.tuples(codes, levels, st.booleans()), max_size=12)
choices = st.fixed_dictionaries(
    {},
    optional={
        Facet.REGION: st.lists(st.sampled_from([*REGIONS, "PV23", "weg"]), min_size=1, max_size=2),
        Facet.LEVEL: st.lists(st.sampled_from(["mbo", "mbo-4", "weg"]), min_size=1, max_size=2),
    },
)


def _made(drawn):
    return [
        a_record(number, regio=" ".join(regions), niveau=" ".join(level), national=national)
        for number, (regions, level, national) in enumerate(drawn, start=1)
    ]


def _ordering(records):
    ordering = Ordering()
    for record in records:
        ordering.put(record)
    return ordering


def _passes(record, search, *, without=None):
    for facet, chosen in search.filters.items():
        if facet is without:
            continue
        is_national = search.include_national and facet is Facet.REGION and record.national
        if not (is_national or record.facets.get(facet, frozenset()) & set(chosen)):
            return False
    return True


@settings(max_examples=150, deadline=None)
@given(records, choices, st.booleans(), st.sets(st.integers(1, 12)))
def test_totals_and_counts_equal_a_count_by_hand(drawn, filters, national, matched):
    made = _made(drawn)
    search = Search(
        filters={facet: tuple(chosen) for facet, chosen in filters.items()}, include_national=national
    )
    bitmaps = Bitmaps.build(made)
    asked = BitMap(matched)
    results = {r.id for r in made if r.id in matched and _passes(r, search)}
    assert set(bitmaps.results(search, asked)) == results
    counts = bitmaps.counts(search, asked)
    for facet in (Facet.REGION, Facet.LEVEL):
        base = [r for r in made if r.id in matched and _passes(r, search, without=facet)]
        for code in {c for r in made for c in r.facets.get(facet, ())}:
            here = [r for r in base if code in r.facets[facet]]
            if national and facet is Facet.REGION and here:
                here = [r for r in base if code in r.facets[facet] or r.national]
            assert counts[facet].get(code, 0) == len(here)


def test_a_province_finds_its_municipalities():
    bitmaps = Bitmaps.build([a_record(1, regio="GM0153"), a_record(2, regio="GM0344")])
    assert set(bitmaps.results(Search(filters={Facet.REGION: ("PV23",)}), None)) == {1}


def test_national_initiatives_join_a_region_when_asked():
    bitmaps = Bitmaps.build([a_record(1, regio="GM0153"), a_record(2, regio="NL01", national=True)])
    search = Search(filters={Facet.REGION: ("PV23",)}, include_national=True)
    assert set(bitmaps.results(search, None)) == {1, 2}
    assert bitmaps.counts(search, None)[Facet.REGION]["PV23"] == 2


def test_a_changed_record_leaves_its_old_choices():
    bitmaps = Bitmaps.build([a_record(1, regio="GM0153")])
    bitmaps.put(a_record(1, regio="GM0344"))
    assert bitmaps.counts(Search(), None)[Facet.REGION] == {"GM0344": 1, "PV26": 1, "AM13": 1, "NL01": 1}
    bitmaps.remove(1)
    assert bitmaps.counts(Search(), None)[Facet.REGION] == {}
    assert not bitmaps.results(Search(), None)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.RELEVANCE, [2, 1, 3]),
        (Sort.EVIDENCE, [3, 1, 2]),
        (Sort.NEWEST, [1, 3, 2]),
        (Sort.CONFIRMED, [3, 2, 1]),
    ],
)
def test_results_stand_in_the_order_that_was_asked_for(sort, order):
    made = [
        a_record(1, published="2026-03-01", confirmed="2026-03-01", trede=1),
        a_record(2, published="2026-01-01", confirmed="2026-04-01", trede=0),
        a_record(3, published="2026-02-01", confirmed="2026-05-01T12:00:00+00:00", trede=4),
    ]
    ids, scores = np.array([1, 2, 3], np.int32), np.array([2.0, 3.0, 1.0], np.float32)
    assert _ordering(made).first(ids, sort, scores).tolist() == [number - 1 for number in order]


@pytest.mark.parametrize("different", [1, 2, 5, 28])
def test_the_first_few_are_the_first_of_all(different):
    made = [a_record(n, published=f"2026-01-{n % different + 1:02}") for n in range(1, 60)]
    ids = np.arange(1, 60, dtype=np.int32)
    scores = (ids % different).astype(np.float32)
    ordering = _ordering(made)
    for sort in Sort:
        assert ordering.first(ids, sort, scores, 7).tolist() == ordering.first(ids, sort, scores).tolist()[:7]


@pytest.mark.parametrize("number", [1, 7, 20, None])
def test_the_first_few_of_raised_scores_are_the_first_of_all(number):
    made = [a_record(n, published=f"20{n * 7 % 26:02}-01-01", trede=n * 3 % 6) for n in range(1, 200)]
    ids = np.arange(1, 200, dtype=np.int32)
    scores = (1 + ids % 40 / 500).astype(np.float32)
    ordering = _ordering(made)
    raised = ordering.raised(ids, scores, np.arange(199), 0.01, 0.02)
    expected = np.lexsort((ids, -ordering._keys[Sort.NEWEST][ids], -raised))[:number]
    places, found = ordering.first_raised(ids, scores, number, 0.01, 0.02)
    assert places.tolist() == expected.tolist()
    assert found.tolist() == raised[expected].tolist()


def test_record_ids_far_apart_are_no_problem():
    made = [a_record(1, regio="GM0153"), a_record(50_000, regio="GM0153")]
    assert _ordering(made).first(np.array([1, 50_000], np.int32), Sort.NEWEST, None).tolist() == [0, 1]
    assert Bitmaps.build(made).counts(Search(), None)[Facet.REGION]["GM0153"] == 2


def test_many_records_are_counted_like_few(monkeypatch):
    made = [a_record(n, regio=REGIONS[n % 5], niveau="mbo" if n % 3 else "mbo-4") for n in range(1, 1300)]
    ways = []
    for few_records, few_values, part in ((10_000, 0, 1), (10, 0, 1), (10, 0, 10_000), (10, 100, 4)):
        monkeypatch.setattr(tallies, "FEW_RECORDS", few_records)
        monkeypatch.setattr(tallies, "FEW_VALUES", few_values)
        monkeypatch.setattr(tallies, "PART", part)
        bitmaps = Bitmaps.build(made)
        bitmaps.counts(Search(), None)
        bitmaps.put(a_record(5, regio="GM0344"))
        bitmaps.put(a_record(2000, regio="PV26", niveau="nieuw"))
        bitmaps.remove(7)
        counts = bitmaps.counts(Search(), BitMap(range(3, 2001)))
        ways.append({facet: dict(counts[facet]) for facet in Facet})
    assert ways[0] == ways[1] == ways[2] == ways[3]
    assert ways[0][Facet.LEVEL]["mbo-4"] > 400
