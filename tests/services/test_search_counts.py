"""Totals and counts of every facet equal plain SQL over the same data, alone and in combination."""

from itertools import combinations

import pytest
from sqlalchemy import text

from kb.domain.search import Facet, Search
from kb.domain.terms import Scheme
from kb.runtime import EXTENSION
from kb.services import searching

# For each facet: the initiatives that carry a code, in plain SQL. The country counts only for itself.
TAGGED = """
SELECT DISTINCT pt.initiative_id FROM published_term pt
JOIN term_closure tc ON tc.descendant_id = pt.term_id
JOIN term t ON t.id = tc.ancestor_id
WHERE t.scheme = :scheme AND t.code = :code
"""
COUNTRY = """
SELECT pt.initiative_id FROM published_term pt JOIN term t ON t.id = pt.term_id
WHERE t.scheme = 'regio' AND t.code = :code
"""
# Everything that is more than five years old has a code of its own.
STUDIED = """
WITH age AS (
    SELECT initiative_id, CASE WHEN CAST(flags AS TEXT) LIKE '%verouderd%' THEN '_ouder' ELSE '' END AS old
    FROM verdict WHERE axis = 'hier'),
found AS (
    SELECT initiative_id, 'gemeten' AS stage FROM published_measurement WHERE kind = 'uitkomst'
    UNION SELECT initiative_id, 'gemeten' FROM published_effect
    UNION SELECT initiative_id, 'vergeleken' FROM published_study WHERE design IN
        ('rct', 'cluster_rct', 'rdd', 'iv', 'did', 'matched', 'its_control', 'benchmark', 'crosssection'))
SELECT initiative_id FROM found JOIN age USING (initiative_id) WHERE stage || old = :code
UNION SELECT initiative_id FROM published WHERE has_promise AND :code = 'toegezegd'
"""
PILLAR = """
SELECT DISTINCT pt.initiative_id FROM published_term pt JOIN term t ON t.id = pt.term_id
JOIN json_each(t.details, '$.pijler_agdb') pillar
WHERE t.scheme = 'instrument' AND pillar.value = CAST(:code AS INTEGER)
"""
OTHER = {
    Facet.STUDIED: STUDIED,
    Facet.PILLAR: PILLAR,
    Facet.TREDE: "SELECT initiative_id FROM published WHERE trede = CAST(:code AS INTEGER)",
    Facet.DIRECTION: "SELECT initiative_id FROM published WHERE direction = :code",
    Facet.YEAR: "SELECT initiative_id FROM published_year WHERE year = CAST(:code AS INTEGER)",
    Facet.ORGANISATION: """SELECT DISTINCT initiative_id FROM published_organisation po
        JOIN organisation o ON o.id = po.organisation_id WHERE o.slug = :code""",
    Facet.APPROACH: """SELECT initiative_id FROM published_approach pa
        JOIN approach a ON a.id = pa.approach_id WHERE a.slug = :code""",
}
CHOICES = {
    Facet.REGION: ("PV23", "AM05"),
    Facet.RECOMMENDATION: ("4",),
    Facet.LEVEL: ("mbo",),
    Facet.SECTOR: ("bouw-infra", "metaal-maakindustrie"),
    Facet.YEAR: ("2022",),
    Facet.DIRECTION: ("niet_gemeten",),
}
COMBINATIONS = [chosen for size in (0, 1, 2, 3) for chosen in combinations(CHOICES, size)]


@pytest.fixture
def work(seeded_app):
    with seeded_app.extensions[EXTENSION].work() as work:
        yield work


@pytest.mark.parametrize("facet", list(Facet))
def test_the_counts_of_a_facet_equal_sql(work, facet):
    counts = dict(searching.search(work, Search()).counts[facet])
    # No source of the research tells in which phase an initiative is.
    assert counts or facet is Facet.PHASE, "nothing to compare"
    assert counts == _counted(work, facet, counts, _matching(work, {}))


@pytest.mark.parametrize(
    "chosen", COMBINATIONS, ids=lambda chosen: "+".join(f.value for f in chosen) or "all"
)
def test_totals_and_counts_under_a_combination_of_choices_equal_sql(work, chosen):
    filters = {facet: CHOICES[facet] for facet in chosen}
    page = searching.search(work, Search(filters=filters))
    assert page.total == len(_matching(work, filters))
    everything = searching.search(work, Search()).counts
    for facet in CHOICES:
        rest = {other: codes for other, codes in filters.items() if other is not facet}
        wanted = _counted(work, facet, everything[facet], _matching(work, rest))
        assert dict(page.counts[facet]) == wanted


def test_national_initiatives_join_a_region_only_when_asked(work):
    filters = {Facet.REGION: ("PV29",)}
    without = searching.search(work, Search(filters=filters)).total
    with_national = searching.search(work, Search(filters=filters, include_national=True)).total
    zeeland, country = _ids(work, Facet.REGION, "PV29"), _ids(work, Facet.REGION, "NL01")
    assert (without, with_national) == (len(zeeland), len(zeeland | country))


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_shows_the_total_of_words_and_filters_together(seeded_app, work, language):
    address = "/zoeken?q=omscholing&regio=PV23&aanbeveling=4"
    page = seeded_app.test_client().get(language + address).text
    found = seeded_app.test_client().get(f"/api/v1/initiatieven{address.removeprefix('/zoeken')}").json
    words = {item["slug"] for item in found["items"]}
    allowed = _slugs(work, _matching(work, {Facet.REGION: ("PV23",), Facet.RECOMMENDATION: ("4",)}))
    assert words
    assert words <= allowed
    assert f">{found['totaal']} initiati" in page


def _counted(work, facet: Facet, codes, among: set[int]) -> dict[str, int]:
    """Of these codes, and of all that the vocabulary has for the facet, those that occur and how often."""
    terms = work.vocabulary.all(Scheme(facet.value)) if facet.value in set(Scheme) else ()
    numbers = {code: len(_ids(work, facet, code) & among) for code in {*codes, *(t.code for t in terms)}}
    return {code: number for code, number in numbers.items() if number}


def _matching(work, filters) -> set[int]:
    ids = {row[0] for row in work.session.execute(text("SELECT initiative_id FROM published"))}
    for facet, codes in filters.items():
        ids &= set().union(*(_ids(work, facet, code) for code in codes))
    return ids


def _ids(work, facet: Facet, code: str) -> set[int]:
    if (facet, code) not in _asked:
        statement = OTHER.get(facet, COUNTRY if code == "NL01" else TAGGED)
        rows = work.session.execute(text(statement), {"scheme": facet.value, "code": code})
        _asked[facet, code] = {row[0] for row in rows}
    return _asked[facet, code]


# The catalogue of these tests does not change, and each code is asked many times.
_asked: dict[tuple[Facet, str], set[int]] = {}


def _slugs(work, ids: set[int]) -> set[str]:
    rows = work.session.execute(text("SELECT id, slug FROM initiative"))
    return {slug for key, slug in rows if key in ids}
