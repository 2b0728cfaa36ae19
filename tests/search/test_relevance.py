"""The judged questions over the initiatives that come with the product: how good the answers are, by kind."""

import importlib.util
from pathlib import Path

import pytest

from kb.domain.search import Search
from kb.paths import asset_dir
from kb.runtime import EXTENSION
from kb.search.budget import unlimited
from kb.search.catalogue import Catalogue
from kb.services import indexing
from kb.storage.database import open_database
from kb.storage.migrating import migrate
from kb.storage.search_rows import SearchRows
from tests.databases import another_database

ROOT = Path(__file__).parents[2]
FLOOR, FLOOR_OF_A_KIND = 0.78, 0.50
BETWEEN_ENGINES = 0.01
KINDS = 12
RESULTS = 30


def _scorer():
    spec = importlib.util.spec_from_file_location("score", ROOT / "tools" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCORE = _scorer()
TOPICS = SCORE.read_jsonl(ROOT / "tests" / "relevance" / "dev.jsonl")


@pytest.fixture(scope="module")
def public(seeded_app):
    """All records, the vocabulary and the catalogue in its folder."""
    with seeded_app.extensions[EXTENSION].work() as work:
        indexing.catch_up(work)
        before = work.catalogue._budget
        yield list(indexing.all_records(work)), work.vocabulary, work.catalogue
        work.catalogue._budget = before


@pytest.fixture(scope="module")
def in_rows(public, postgresql_url, tmp_path_factory):
    """The same records in PostgreSQL."""
    records, vocabulary, _ = public
    with another_database(postgresql_url) as url:
        engine = open_database(url)
        migrate(engine)
        catalogue = Catalogue(
            tmp_path_factory.mktemp("rows"),
            language_dir=asset_dir("seed_data") / "language",
            vocabulary=vocabulary,
            database_id="relevance",
            rows=SearchRows(engine),
        )
        catalogue.rebuild(records, 0)
        yield catalogue
        engine.dispose()


def _run(catalogue, records):
    # A busy machine must not make an answer partial.
    catalogue._budget = unlimited
    slugs = {record.id: record.slug for record in records}
    asked = {topic["id"]: Search(words=topic["query"], per_page=RESULTS) for topic in TOPICS}
    return {key: [slugs[found] for found in catalogue.search(search).ids] for key, search in asked.items()}


def _by_kind(run):
    kinds = {}
    for row in SCORE.evaluate(TOPICS, run):
        kinds.setdefault(row["kind"], []).append(row["ndcg10"])
    return kinds


def _overall(run):
    return _mean([row["ndcg10"] for row in SCORE.evaluate(TOPICS, run)])


def _mean(values):
    return sum(values) / len(values)


def test_answers_are_as_good_as_they_must_be_and_for_every_kind_of_question(public):
    records, _, catalogue = public
    run = _run(catalogue, records)
    kinds = _by_kind(run)
    assert len(kinds) == KINDS
    assert _overall(run) >= FLOOR
    assert {kind: _mean(values) for kind, values in kinds.items() if _mean(values) < FLOOR_OF_A_KIND} == {}


def test_both_engines_answer_every_judged_question_alike(public, in_rows):
    records, _, catalogue = public
    one, other = _run(catalogue, records), _run(in_rows, records)
    assert {key: (one[key], other[key]) for key in one if one[key] != other[key]} == {}
    assert abs(_overall(one) - _overall(other)) <= BETWEEN_ENGINES
