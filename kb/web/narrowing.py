"""Lists of choices with which a table or map is narrowed, and the addresses that follow from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flask import request

from kb.domain.evidence import Level
from kb.domain.search import Facet, Search
from kb.domain.terms import RegionKind, Scheme, Vocabulary, region_kind
from kb.language import labels
from kb.schemas.search import pairs_of, read_query
from kb.services.work import Work
from kb.web.facets import chips_of, choice_text
from kb.web.public import search_address

REGIONS = (RegionKind.PROVINCE, RegionKind.LABOUR_MARKET_REGION)


@dataclass(frozen=True, slots=True)
class Choice:
    """One list: its parameter, its name, and options with whether each is chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


def narrowed(work: Work, facets: Iterable[Facet], *, ignored: str = "") -> Search:
    """The search of this request's address, of which only these filters count."""
    asked = read_query(pairs_of(request.query_string), work.vocabulary, ignored=ignored)
    return Search(filters={facet: asked.filters[facet] for facet in facets if facet in asked.filters})


def choices(search: Search, facets: Iterable[Facet], vocabulary: Vocabulary) -> list[Choice]:
    """A list for each of these facets."""
    return [_choice(search, facet, vocabulary) for facet in facets]


def chips(page: str, search: Search, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """What is chosen, with the address of this page without it."""
    return [(chip.text, page_address(page, chip.search)) for chip in chips_of(search, vocabulary)]


def page_address(page: str, search: Search) -> str:
    """This page for this search."""
    return search_address(search).replace("/zoeken", page, 1)


def query_of(search: Search) -> str:
    return search_address(search).partition("?")[2]


def narrower_address(search: Search, filters: Iterable[tuple[Facet, str]]) -> str:
    """The search page with these filters on top."""
    more = {facet: (code,) for facet, code in filters}
    return search_address(replace(search, filters={**search.filters, **more}))


def _choice(search: Search, facet: Facet, vocabulary: Vocabulary) -> Choice:
    chosen = search.filters.get(facet, ())
    options = [
        (code, choice_text(facet, code, vocabulary), code in chosen) for code in _codes(facet, vocabulary)
    ]
    return Choice(facet.value, labels.label(facet), tuple(options))


def _codes(facet: Facet, vocabulary: Vocabulary) -> Sequence[str]:
    if facet is Facet.TREDE:
        return [str(int(level)) for level in Level]
    codes = [term.code for term in vocabulary.all(Scheme(facet.value))]
    return codes if facet is not Facet.REGION else [c for c in codes if region_kind(c) in REGIONS]
