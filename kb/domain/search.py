"""A search as values: what is asked, what one record offers, what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

MAX_QUERY_LENGTH = 200
MAX_QUERY_TERMS = 12
MAX_PAGE = 10_000
MAX_PER_PAGE = 100
DEFAULT_PER_PAGE = 20


class Facet(StrEnum):
    """What results can be narrowed by. The value is the parameter in addresses and the API."""

    RECOMMENDATION = "aanbeveling"
    REGION = "regio"
    LEVEL = "niveau"
    ROUTE = "leerweg"
    TREDE = "trede"
    DIRECTION = "richting"
    STUDIED = "onderzoek"
    INSTRUMENT = "instrument"
    SECTOR = "sector"
    TARGET_GROUP = "doelgroep"
    PROGRAMME = "programma"
    PILLAR = "pijler"
    PHASE = "fase"
    YEAR = "jaar"
    ORGANISATION = "organisatie"
    APPROACH = "aanpak"


class Sort(StrEnum):
    RELEVANCE = "relevantie"
    EVIDENCE = "bewijs"
    NEWEST = "nieuw"
    CONFIRMED = "bevestigd"


@dataclass(frozen=True, slots=True)
class Search:
    """One search as an address can hold it.

    Within one facet the codes are alternatives, between facets all hold.

    `include_national` adds initiatives for the whole country to a choice of regions.
    `literal` are the terms that its words name and that should be read as plain words.
    `rejected` names the parameters that made no sense and were left out.
    """

    words: str = ""
    filters: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    include_national: bool = False
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = DEFAULT_PER_PAGE
    literal: frozenset[tuple[Facet, str]] = frozenset()
    rejected: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.words.strip() and not self.filters

    @property
    def choices(self) -> tuple[tuple[Facet, str], ...]:
        return tuple((facet, code) for facet, codes in self.filters.items() for code in codes)

    def without(self, facet: Facet, code: str) -> "Search":
        """The same search without one choice, from its first page."""
        rest = tuple(other for other in self.filters.get(facet, ()) if other != code)
        filters = {key: codes for key, codes in self.filters.items() if key is not facet}
        if rest:
            filters[facet] = rest
        return replace(self, filters=filters, page=1)

    def with_choice(self, facet: Facet, code: str) -> "Search":
        codes = dict.fromkeys((*self.filters.get(facet, ()), code))
        return replace(self, filters={**self.filters, facet: tuple(codes)}, page=1)

    def reading_literally(self, facet: Facet, code: str) -> "Search":
        """The same search, in which the words that name this term are only words."""
        return replace(self, literal=self.literal | {(facet, code)}, page=1)

    def understanding(self, facet: Facet, code: str) -> "Search":
        """The same search, in which they may name the term again."""
        return replace(self, literal=self.literal - {(facet, code)}, page=1)

    @property
    def whole(self) -> "Search":
        """The same search, whatever the page."""
        return replace(self, page=1, per_page=DEFAULT_PER_PAGE, rejected=())

    def on_page(self, page: int) -> "Search":
        return replace(self, page=page)


@dataclass(frozen=True, slots=True)
class Record:
    """What search knows of one published initiative.

    `facets` holds the codes of each facet with all their ancestors, so a province finds its municipalities.
    `tags` holds labels and synonyms of the terms in both languages.
    `trede` and `direction` come from the verdict.
    `confirmed` and `published` are days (ISO) for sorting.
    """

    id: int
    slug: str
    title: str
    summary: str
    title_en: str = ""
    summary_en: str = ""
    body: str = ""
    names: str = ""
    tags: str = ""
    facets: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    trede: int = 0
    direction: str = "niet_gemeten"
    published: str = ""
    confirmed: str = ""
    national: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One note of the outbox: this initiative changed, as number `sequence`."""

    sequence: int
    initiative_id: int
