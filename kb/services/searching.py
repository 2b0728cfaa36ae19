"""Searching the catalogue: what the search page and the API show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kb.domain.catalogue import Listed
from kb.domain.reasons import Explanation
from kb.domain.search import Facet, Search
from kb.domain.suggestions import Suggestion
from kb.search.found import Found, Notice, Piece, Understood
from kb.services import indexing
from kb.services.work import Work
from kb.storage.approaches import approach_by_slug, merged_approaches
from kb.storage.lists import listed
from kb.storage.organisations import organisation_by_slug


@dataclass(frozen=True, slots=True)
class Hit:
    """One result with what was looked for marked in its title and in a stretch of its summary."""

    listed: Listed
    title: tuple[Piece, ...]
    summary: tuple[Piece, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page of results with the counts beside every choice; `everything` is the size of the catalogue."""

    search: Search
    hits: tuple[Hit, ...]
    total: int
    counts: Mapping[Facet, Mapping[str, int]]
    notices: tuple[Notice, ...]
    understood: tuple[Understood, ...]
    everything: int

    @property
    def pages(self) -> int:
        """How many pages there are; one for an empty result."""
        return max(1, -(-self.total // self.search.per_page))


def search(work: Work, asked: Search, language: str = "nl") -> Page:
    """The page that was asked for; its text comes from the same state of the database as its ids."""
    found = indexing.search(work, _under_one_name(work, asked), language)
    scores = dict(zip(found.ids, found.scores, strict=False))
    shown = listed(work.session, found.ids)
    return Page(
        search=asked,
        hits=tuple(_hit(work, found, each, scores.get(each.id, 0.0), language) for each in shown),
        total=found.total,
        counts=found.counts,
        notices=found.notices,
        understood=found.understood,
        everything=work.catalogue.size,
    )


def names_on(work: Work, page: Page) -> Mapping[tuple[Facet, str], str]:
    """What the organisations and approaches are called that were chosen or understood.

    The vocabulary knows the other choices."""
    understood = ((each.facet, each.code) for each in page.understood)
    names: dict[tuple[Facet, str], str] = {}
    for facet, slug in (*page.search.choices, *page.search.literal, *understood):
        if facet is Facet.ORGANISATION and (row := organisation_by_slug(work.session, slug)):
            names[facet, slug] = row.name
        elif facet is Facet.APPROACH and (found := approach_by_slug(work.session, slug)):
            names[facet, slug] = found[1].name
    return names


def explain(work: Work, page: Page, language: str = "nl") -> Mapping[int, Explanation]:
    """Why each hit of the page was found, by the number of the initiative."""
    return indexing.explanations(work, page.search, (hit.listed.id for hit in page.hits), language)


def _under_one_name(work: Work, asked: Search) -> Search:
    """An old address may ask for an approach that was merged into another since."""
    slugs = asked.filters.get(Facet.APPROACH)
    if not slugs:
        return asked
    merged = merged_approaches(work.session)
    names = tuple(dict.fromkeys(merged.get(slug, slug) for slug in slugs))
    return replace(asked, filters={**asked.filters, Facet.APPROACH: names})


def suggest(work: Work, typed: Search, language: str = "nl", *, limit: int = 10) -> tuple[Suggestion, ...]:
    """What the reader may be typing: titles, organisations, places and themes."""
    return indexing.suggest(work, typed, language, limit)


def _hit(work: Work, found: Found, each: Listed, score: float, language: str) -> Hit:
    card = each.card
    return Hit(
        listed=each,
        title=work.catalogue.mark(card.title_in(language), found),
        summary=work.catalogue.snippet(card.summary_in(language), found),
        score=score,
    )
