"""The vocabularies of seed_data as terms."""

import shutil
from collections import Counter

import pytest

from kb.domain.problems import Invalid
from kb.domain.terms import RegionKind, Scheme, region_kind
from kb.paths import asset_dir
from kb.schemas.vocabulary import read_vocabularies

FOLDER = asset_dir("seed_data") / "vocabularies"
COUNTS = {
    Scheme.REGION: 1 + 4 + 12 + 35 + 342,
    Scheme.LEVEL: 30,
    Scheme.ROUTE: 8,
    Scheme.RECOMMENDATION: 7,
    Scheme.INDICATOR: 23,
    Scheme.INSTRUMENT: 20,
    Scheme.SECTOR: 17,
    Scheme.TARGET_GROUP: 19,
    Scheme.PROGRAMME: 15,
    Scheme.ACTOR_TYPE: 20,
    Scheme.PHASE: 7,
}


@pytest.mark.parametrize(("scheme", "count"), COUNTS.items())
def test_every_scheme_has_its_terms(vocabulary, scheme, count):
    assert len(vocabulary.all(scheme)) == count


def test_no_scheme_is_left_out(vocabulary):
    assert set(COUNTS) == set(Scheme)


def test_the_layers_of_the_regional_division_are_complete(vocabulary):
    kinds = Counter(region_kind(term.code) for term in vocabulary.all(Scheme.REGION))
    assert kinds == {
        RegionKind.COUNTRY: 1,
        RegionKind.PART: 4,
        RegionKind.PROVINCE: 12,
        RegionKind.LABOUR_MARKET_REGION: 35,
        RegionKind.MUNICIPALITY: 342,
    }


def test_every_municipality_stands_under_one_province_and_one_labour_market_region(vocabulary):
    for term in vocabulary.all(Scheme.REGION):
        if region_kind(term.code) is RegionKind.MUNICIPALITY:
            assert [region_kind(parent) for parent in term.parents] == [
                RegionKind.PROVINCE,
                RegionKind.LABOUR_MARKET_REGION,
            ]


def test_labour_market_regions_stand_under_the_country_and_never_under_a_province(vocabulary):
    for term in vocabulary.all(Scheme.REGION):
        if region_kind(term.code) is RegionKind.LABOUR_MARKET_REGION:
            assert term.parents == ("NL01",)


def test_everything_in_the_regional_division_lies_in_the_country(vocabulary):
    assert len(vocabulary.descendants(Scheme.REGION, "NL01")) == COUNTS[Scheme.REGION]


@pytest.mark.parametrize(
    ("name", "today"),
    [
        ("Hoogezand", {"Midden-Groningen"}),
        ("Hoogezand-Sappemeer", {"Midden-Groningen"}),
        ("Aalburg", {"Altena"}),
        ("Haren", {"Groningen"}),
        ("Heerhugowaard", {"Dijk en Waard"}),
        ("Brielle", {"Voorne aan Zee"}),
        ("Muiden", {"Gooise Meren"}),
        ("Maasdonk", {"'s-Hertogenbosch", "Oss"}),
        ("Den Bosch", {"'s-Hertogenbosch"}),
        ("Drachten", {"Smallingerland"}),
    ],
)
def test_old_and_other_names_find_the_municipality_of_today(vocabulary, name, today):
    assert {term.label for term in vocabulary.named(Scheme.REGION, name)} == today


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("Drechtsteden", 1),
        ("Achterhoek", 1),
        ("West-Friesland", 7),
        ("Veluwe", 16),
        ("Betuwe", 7),
        ("het Gooi", 5),
        ("Brainport", 2),
        ("Zeeuws-Vlaanderen", 3),
    ],
)
def test_names_of_areas_find_their_regions(vocabulary, name, count):
    assert len(vocabulary.named(Scheme.REGION, name)) == count


def test_an_indicator_knows_its_type_unit_direction_and_smallest_difference(vocabulary):
    details = vocabulary.term(Scheme.INDICATOR, "uitval").details
    assert (details["type"], details["eenheid"], details["goed"]) == ("binary", "procent", "neer")
    assert (details["soort"], details["sesoi"], details["sesoi_maat"]) == ("outcome", 3, "pp")
    assert details["aanbevelingen"] == [2, 4, 5]


def test_a_recommendation_knows_its_explanation_causes_and_words(vocabulary):
    details = vocabulary.term(Scheme.RECOMMENDATION, "4").details
    assert details["kort_nl"] == "Nieuwe mensen de techniek in, via LLO of bbl"
    assert {"uitleg_nl", "uitleg_en", "oorzaken", "zoektermen_nl", "instrumenten", "doelgroepen"} <= set(
        details
    )


def test_the_references_of_recommendations_and_programmes_point_at_terms(vocabulary):
    for term in vocabulary.all(Scheme.RECOMMENDATION):
        for code in term.details["instrumenten"]:
            assert (Scheme.INSTRUMENT, code) in vocabulary
        for code in term.details["doelgroepen"]:
            assert (Scheme.TARGET_GROUP, code) in vocabulary
    for term in vocabulary.all(Scheme.PROGRAMME):
        for code in term.details["niveau"]:
            assert (Scheme.LEVEL, code) in vocabulary


def test_every_term_has_both_labels(vocabulary):
    for scheme in Scheme:
        for term in vocabulary.all(scheme):
            assert term.label
            assert term.label_en


def test_all_errors_of_all_files_are_told_at_once(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "vocabularies")
    _replace(folder / "sectors.yaml", "label_nl: Bouw en infra", "label_nl: ''")
    _replace(folder / "phases.yaml", "slug: pilot", "slug: idee")
    _replace(folder / "education_levels.yaml", "parent: llo,", "parent: lla,")
    _replace(folder / "areas.yaml", "[Maasdriel, Zaltbommel]", "[Maasdriel, Zaltbomel]")
    (folder / "programmes.yaml").write_text("items: [", encoding="utf-8")

    with pytest.raises(Invalid) as caught:
        read_vocabularies(folder)

    fields = {error.field for error in caught.value.errors}
    assert fields >= {
        "sectors.yaml.items.1.label_nl",
        "fase.idee",
        "niveau.llo-omscholing",
        "areas.yaml.Bommelerwaard",
        "programmes.yaml",
    }


def _replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
