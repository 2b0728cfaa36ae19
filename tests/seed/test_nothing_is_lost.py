"""Every title, source address and figure of the research stands in the database after seeding."""

from collections import Counter

import pytest

from kb.domain.terms import Scheme, Vocabulary
from kb.paths import asset_dir
from kb.runtime import EXTENSION
from kb.schemas.content import write_content
from kb.schemas.documents import read_yaml
from kb.schemas.seed import read_approaches
from kb.schemas.vocabulary import read_vocabularies
from kb.storage.initiatives import published_by_slug
from tools.converting.organisations import Organisations
from tools.converting.records import Converter
from tools.converting.rules import FILES, read, read_rules

RECORDS = [record for name in FILES for record in read(name)]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(read_vocabularies(asset_dir("seed_data") / "vocabularies"))


@pytest.fixture(scope="module")
def contents(seeded_app):
    with seeded_app.extensions[EXTENSION].work() as work:
        found = {record["slug"]: published_by_slug(work.session, record["slug"]) for record in RECORDS}
    return {slug: kept.content for slug, kept in found.items() if kept}


def test_all_422_records_are_there(contents):
    assert len(RECORDS) == 422
    assert set(contents) == {record["slug"] for record in RECORDS}


def test_every_title_and_summary_is_there(contents):
    for record in RECORDS:
        content = contents[record["slug"]]
        assert (content.title, content.summary) == (record["title"], record["summary_nl"])


def test_every_source_is_there_with_its_day(contents):
    for record in RECORDS:
        kept = [(s.title, s.url, s.publisher, s.date) for s in contents[record["slug"]].sources]
        asked = [(s["title"], s["url"], s["publisher"], s.get("date") or "") for s in record["sources"]]
        assert kept == asked, record["slug"]
        assert all(source.collected == "2026-11-23" for source in contents[record["slug"]].sources)


def test_every_figure_is_there_in_its_own_words(contents):
    for record in RECORDS:
        kept = [
            (m.label, m.words, m.unit, m.baseline_words, m.period, m.evaluator, m.independent, m.source_url)
            for m in contents[record["slug"]].measurements
        ]
        assert kept == [_figure(item) for item in record["evidence"]], record["slug"]


def test_a_number_is_kept_as_a_number_too(contents):
    for record in RECORDS:
        for item, kept in zip(record["evidence"], contents[record["slug"]].measurements, strict=True):
            if isinstance(item["value"], int | float):
                assert kept.value == item["value"]


def test_every_organisation_partner_and_free_word_is_there(contents):
    organisations = Organisations(read("organisations"))
    for record in RECORDS:
        content = contents[record["slug"]]
        raw = [*record.get("partners", []), *filter(None, [record.get("organisation")])]
        kept = {o.name for o in content.organisations} | _words(content, "actor")
        assert kept == {name for names in raw for name in organisations.names_of(str(names))}
        assert content.instruments or _words(content, "instrument") == {record["instrument"]}


def test_a_word_without_a_term_stays_a_free_word(contents):
    for scheme, key, terms in (
        ("sector", "sectors", "sectors"),
        ("doelgroep", "target_groups", "target_groups"),
    ):
        for record in RECORDS:
            content = contents[record["slug"]]
            assert getattr(content, terms) or _words(content, scheme) == set(record[key])


def test_every_place_is_a_region_or_the_name_of_an_area(contents):
    for record in RECORDS:
        content = contents[record["slug"]]
        assert content.regions or content.area == ", ".join(record["region"]["names"])
        if label := record["region"].get("area_label"):
            assert content.area == label


def test_the_provinces_of_the_source_are_kept_or_implied(contents, vocabulary):
    for record in RECORDS:
        regions = vocabulary.with_ancestors(Scheme.REGION, contents[record["slug"]].regions)
        provinces = {vocabulary.label(Scheme.REGION, code) for code in regions if code.startswith("PV")}
        assert set(record["region"].get("provinces", [])) <= provinces


def test_an_unknown_status_stays_unknown(contents):
    words = {"active": "actief", "ended": "beeindigd", "unknown": "onbekend"}
    kept = Counter(content.activity.value for content in contents.values())
    assert kept == Counter(words[record["status"]] for record in RECORDS)


def test_the_seed_is_what_the_conversion_makes(vocabulary):
    """A hand edit of the seed, or a rule changed without converting again, shows here."""
    converter = Converter(vocabulary, read_rules())
    made = {record["slug"]: write_content(converter.content_of(record)) for record in RECORDS}
    seeded = {}
    for path in sorted((asset_dir("seed_data") / "initiatives").glob("*.yaml")):
        for document in read_yaml(path):
            slug, _ = document.pop("slug"), document.pop("bronsleutel")
            seeded[slug] = document
    assert seeded == made


def test_every_approach_that_is_named_is_described(contents):
    described = {approach.slug for approach in read_approaches(asset_dir("seed_data") / "approaches.yaml")}
    named = {slug for content in contents.values() for slug in content.approaches}
    assert named == described


def test_a_figure_belongs_to_a_study_of_the_same_evaluator(contents):
    for content in contents.values():
        studies = {study.key: study for study in content.studies}
        for measured in content.measurements:
            if measured.study:
                assert studies[measured.study].independent is measured.independent
        assert {m.study for m in content.measurements if m.study} == set(studies)


def _words(content, scheme: str) -> set[str]:
    return {free.word for free in content.free_words if free.scheme == scheme}


def _figure(item: dict) -> tuple:
    value = item["value"]
    words = str(value).replace(".", ",") if isinstance(value, float) else str(value)
    independent = item["independent"] if isinstance(item["independent"], bool) else None
    return (
        item["indicator"],
        words,
        item["unit"],
        str(item.get("baseline", "")),
        str(item.get("period", "")),
        item["evaluator"],
        independent,
        item["source"],
    )
