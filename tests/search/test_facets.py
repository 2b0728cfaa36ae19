import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from kb.domain.search import Facet, Search, Sort
from kb.search.facets import Bitmaps
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
    assert Bitmaps.build(made).ordered(ids, sort, scores).tolist() == order


def test_record_ids_far_apart_are_no_problem():
    bitmaps = Bitmaps.build([a_record(1), a_record(50_000)])
    assert bitmaps.ordered(np.array([1, 50_000], np.int32), Sort.NEWEST, None).tolist() == [1, 50_000]
