"""Every title, source address and figure of the research stands in the database after seeding."""

from collections import Counter

import pytest
import yaml

from kb.paths import asset_dir
from kb.runtime import EXTENSION
from kb.storage.initiatives import published_by_slug

RESEARCH = asset_dir("seed_data") / "research"
RECORDS = [
    record
    for name in ("north_east_centre", "west_south_national")
    for record in yaml.load(
        (RESEARCH / f"{name}.yaml").read_text(encoding="utf-8"),
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
    )
]


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
    for record in RECORDS:
        content = contents[record["slug"]]
        names = {organisation.name for organisation in content.organisations}
        assert names == {*record.get("partners", []), *filter(None, [record.get("organisation")])}
        assert content.regions, record["slug"]
        assert content.instruments or any(free.scheme == "instrument" for free in content.free_words)


def test_an_unknown_status_stays_unknown(contents):
    words = {"active": "actief", "ended": "beeindigd", "unknown": "onbekend"}
    kept = Counter(content.activity.value for content in contents.values())
    assert kept == Counter(words[record["status"]] for record in RECORDS)


def test_the_seed_is_what_the_conversion_makes():
    """A hand edit of the seed, or a rule changed without converting again, shows here."""
    from kb.domain.terms import Vocabulary
    from kb.schemas.content import write_content
    from kb.schemas.vocabulary import read_vocabularies
    from tools.converting.records import Converter

    rules, figures = (
        yaml.safe_load((RESEARCH / name).read_text(encoding="utf-8"))
        for name in ("mappings.yaml", "figures.yaml")
    )
    vocabulary = Vocabulary(read_vocabularies(asset_dir("seed_data") / "vocabularies"))
    converter = Converter(vocabulary, rules, figures)
    made = {record["slug"]: write_content(converter.content_of(record)) for record in RECORDS}
    seeded = {}
    for path in sorted((asset_dir("seed_data") / "initiatives").glob("*.yaml")):
        for document in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            slug, _ = document.pop("slug"), document.pop("bronsleutel")
            seeded[slug] = document
    assert seeded == made


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
