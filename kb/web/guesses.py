"""What was understood of a question, as somebody reads it: each guess can be chosen, and taken away."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.domain.search import Facet, Search
from kb.domain.terms import RegionKind, Scheme, Vocabulary, region_kind
from kb.language.texts import gettext as _
from kb.language.texts import language, mark
from kb.services.searching import Page
from kb.web.facets import choice_text

Names = Mapping[tuple[Facet, str], str]

REGIONS = {
    RegionKind.COUNTRY: mark("in %(name)s"),
    RegionKind.PART: mark("in %(name)s"),
    RegionKind.PROVINCE: mark("in the province of %(name)s"),
    RegionKind.LABOUR_MARKET_REGION: mark("in the region of %(name)s"),
    RegionKind.MUNICIPALITY: mark("in the municipality of %(name)s"),
}
OTHERS = {
    Facet.LEVEL: mark("at the level of %(name)s"),
    Facet.ROUTE: mark("by the route of %(name)s"),
    Facet.TARGET_GROUP: mark("for the group of %(name)s"),
    Facet.INSTRUMENT: mark("with the instrument %(name)s"),
    Facet.SECTOR: mark("in the sector %(name)s"),
    Facet.PROGRAMME: mark("within the programme %(name)s"),
    Facet.RECOMMENDATION: mark("under recommendation %(name)s"),
    Facet.ORGANISATION: mark("with the organisation %(name)s"),
}


@dataclass(frozen=True, slots=True)
class Guess:
    """One term that the words name. `only` finds nothing else, `away` reads them as plain words."""

    text: str
    count: int
    only: Search
    away: Search


def guesses_of(page: Page, vocabulary: Vocabulary, names: Names) -> tuple[Guess, ...]:
    """What raised results, each with the number of results that carry it."""
    search = page.search
    return tuple(
        Guess(
            _said(each.facet, each.code, vocabulary, names),
            each.count,
            search.with_choice(each.facet, each.code),
            search.reading_literally(each.facet, each.code),
        )
        for each in page.understood
    )


def taken_away(search: Search, vocabulary: Vocabulary, names: Names) -> Iterator[tuple[str, Search]]:
    """What the reader said not to read in the words, with the search that does so again."""
    for facet, code in sorted(search.literal):
        if (facet, code) in names or (
            facet is not Facet.ORGANISATION and (Scheme(facet), code) in vocabulary
        ):
            yield _said(facet, code, vocabulary, names), search.understanding(facet, code)


def _said(facet: Facet, code: str, vocabulary: Vocabulary, names: Names) -> str:
    if facet is Facet.REGION:
        return _(REGIONS[region_kind(code)], name=vocabulary.label(Scheme.REGION, code, language()))
    name = names.get((facet, code)) or choice_text(facet, code, vocabulary)
    return _(OTHERS[facet], name=name) if facet in OTHERS else name
