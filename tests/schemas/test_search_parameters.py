"""Parameters of a search: what makes sense is taken, the rest is told, nothing raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.problems import Invalid
from kb.domain.search import Facet, Search, Sort
from kb.domain.terms import Vocabulary
from kb.paths import asset_dir
from kb.schemas.search import read_query, write_query
from kb.schemas.vocabulary import read_vocabularies

VOCABULARY = Vocabulary(read_vocabularies(asset_dir("seed_data") / "vocabularies"))


def _read(*pairs: tuple[str, str], **options) -> Search:
    return read_query(pairs, VOCABULARY, **options)


def test_a_whole_search_is_read():
    search = _read(
        ("q", " zij-instroom  monteur "),
        ("regio", "PV23"),
        ("regio", "AM05"),
        ("aanbeveling", "4"),
        ("sorteer", "bewijs"),
        ("pagina", "2"),
        ("perPagina", "50"),
        ("landelijk", "ja"),
    )
    assert search == Search(
        words="zij-instroom monteur",
        filters={Facet.REGION: ("PV23", "AM05"), Facet.RECOMMENDATION: ("4",)},
        include_national=True,
        sort=Sort.EVIDENCE,
        page=2,
        per_page=50,
    )


def test_terms_to_be_read_as_plain_words_are_named_with_their_facet():
    search = _read(("letterlijk", "regio:AM05"), ("letterlijk", "organisatie:roc-van-twente"))
    assert search.literal == {(Facet.REGION, "AM05"), (Facet.ORGANISATION, "roc-van-twente")}
    assert _read(*write_query(search)) == search
    wrong = [
        ("letterlijk", value)
        for value in ("regio", "trede:3", "kleur:rood", "regio:<b>", "regio:" + "x" * 99)
    ]
    assert _read(*wrong).literal == frozenset()
    assert len(_read(*wrong).rejected) == len(wrong)


def test_a_region_may_be_named_and_the_widest_of_that_name_is_meant():
    assert _read(("regio", "groningen")).filters[Facet.REGION] == ("PV20",)
    assert _read(("regio", "Enschede")).filters[Facet.REGION] == ("GM0153",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("regio", "XX99"),
        ("aanbeveling", "8"),
        ("trede", "6"),
        ("richting", "geweldig"),
        ("jaar", "12"),
        ("pagina", "0"),
        ("pagina", "1000000000"),
        ("pagina", "-1"),
        ("perPagina", "101"),
        ("perPagina", "x"),
        ("sorteer", "omgekeerd"),
        ("organisatie", "../etc"),
        ("nieuw", "1"),
        ("regio", "A" * 100_000),
    ],
)
def test_c19_only_what_stands_in_a_list_reaches_a_search(name, value):
    search = _read((name, value))
    assert [rejected for rejected, _ in search.rejected] == [name]
    assert not search.filters.get(name)
    assert (search.page, search.per_page, search.sort) == (1, 20, Sort.RELEVANCE)


def test_strict_reading_names_everything_at_once():
    with pytest.raises(Invalid) as raised:
        _read(("regio", "XX99"), ("pagina", "0"), ("kleur", "rood"), strict=True)
    assert [error.field for error in raised.value.errors] == ["regio", "pagina", "kleur"]


def test_control_characters_in_words_are_spaces():
    assert _read(("q", "bbl\x00\n\u202emonteur")).words == "bbl monteur"


def test_broken_characters_in_words_are_left_out_and_told():
    search = _read(("q", "bbl\ufffd\ufffe"))
    assert search.words == "bbl"
    assert [name for name, _ in search.rejected] == ["q"]


@given(st.lists(st.tuples(st.sampled_from(["q", "regio", "pagina", "perPagina", "jaar", "x"]), st.text())))
def test_no_parameter_can_raise(pairs):
    read_query(pairs, VOCABULARY)


@given(
    words=st.text(alphabet='abc é-"', max_size=40),
    regions=st.lists(st.sampled_from(["PV23", "AM05", "GM0153"]), unique=True),
    sort=st.sampled_from(list(Sort)),
    page=st.integers(1, 10_000),
)
def test_what_is_written_reads_back_the_same(words, regions, sort, page):
    search = Search(
        words=" ".join(words.split()),
        filters={Facet.REGION: tuple(regions)} if regions else {},
        sort=sort,
        page=page,
    )
    assert read_query(write_query(search), VOCABULARY) == search
