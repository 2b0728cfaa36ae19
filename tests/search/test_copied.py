"""The words that a copy takes along say the same as the search itself."""

import pytest

from kb.domain.search import Search
from kb.search.copied import inflections
from kb.services import indexing
from tests.accounts import runtime_of


@pytest.fixture(scope="module")
def index(seeded_app):
    with runtime_of(seeded_app).work() as work:
        records = sorted(indexing.all_records(work), key=lambda record: record.slug)
        return records, work.catalogue.words(records)


@pytest.fixture(scope="module")
def families(index):
    return {word: family for family in index[1].families for word in family.words}


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("techniekopleidingen", "techniekopleiding"),
        ("zonnepaneel", "zonnepanelen"),
        ("initiatief", "initiatieven"),
        ("bedrijfsbezoeken", "bedrijfsbezoek"),
        ("gastlessen", "gastles"),
        ("sociaal", "sociale"),
    ],
)
def test_forms_of_a_word_look_for_the_same(families, typed, written):
    assert families[typed].token == families[written].token


def test_each_spelling_belongs_to_one_family(index):
    words = [word for family in index[1].families for word in family.words]
    assert len(words) == len(set(words)) > 10_000


def test_words_that_differ_stay_apart(families):
    assert families["les"].token != families["lassen"].token
    assert families["meisjes"].token != families["jongens"].token


def test_what_stands_for_a_word_comes_along(index, families):
    """Meiden and meisjes are two words for the same."""
    shared = {token for token, _ in families["meiden"].others} & {
        token for token, _ in families["meisjes"].others
    }
    assert any(token in weights for weights in index[1].weights for token in shared)


@pytest.mark.parametrize("word", ["omscholing", "techniek", "lassen", "basisschool", "meiden", "gastlessen"])
def test_the_copy_finds_nothing_that_the_search_does_not(index, families, seeded_app, word):
    """The search finds more: it also reads regions, levels and single parts of a compound in a word."""
    records, words = index
    family = families[word]
    wanted = {family.token, *(token for token, _ in family.others)}
    found = {
        record.id
        for record, weights in zip(records, words.weights, strict=True)
        if wanted & weights.keys() or (family.parts and set(family.parts) <= weights.keys())
    }
    with runtime_of(seeded_app).work() as work:
        assert set() < found <= set(indexing.ids(work, Search(words=word), "nl"))


def test_a_form_is_spelled_as_dutch_spells_it():
    assert "gastlessen" in set(inflections("gastles"))
    assert "banen" in set(inflections("baan"))
    assert "brieven" in set(inflections("brief"))
    assert "brief" in set(inflections("brieven"))
    assert "baan" in set(inflections("banen"))
    assert list(inflections("bbl")) == []
