"""The catalogue from above: the front page, the map, and the counts per recommendation."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.domain.catalogue import Listed, Standing
from kb.domain.terms import RegionKind, Scheme, Term, region_kind
from kb.services.work import Work
from kb.storage.counting import count_by_term, count_by_trede, standing, standing_by_term
from kb.storage.lists import listed, newest_ids

NEWEST_SHOWN = 5
MEASURED_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A term with its three figures: known, measured, compared."""

    term: Term
    standing: Standing


@dataclass(frozen=True, slots=True)
class Place:
    term: Term
    number: int


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the front page shows, all counted from the published rows."""

    total: Standing
    recommendations: tuple[Line, ...]
    regions: tuple[Place, ...]
    provinces: tuple[Place, ...]
    newest: tuple[Listed, ...]
    measured: tuple[Listed, ...]
    by_trede: Mapping[int, int]


def front_page(work: Work) -> FrontPage:
    counts = count_by_term(work.session, Scheme.REGION)
    return FrontPage(
        total=standing(work.session),
        recommendations=recommendation_lines(work),
        regions=_places(work, counts, RegionKind.LABOUR_MARKET_REGION),
        provinces=_places(work, counts, RegionKind.PROVINCE),
        newest=listed(work.session, newest_ids(work.session, NEWEST_SHOWN)),
        measured=listed(work.session, newest_ids(work.session, MEASURED_SHOWN, only_compared=True)),
        by_trede=count_by_trede(work.session),
    )


def recommendation_lines(work: Work) -> tuple[Line, ...]:
    """The seven recommendations, those without any initiative too."""
    found = standing_by_term(work.session, Scheme.RECOMMENDATION)
    terms = work.vocabulary.all(Scheme.RECOMMENDATION)
    return tuple(Line(term, found.get(term.code, Standing())) for term in terms)


def places(work: Work) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Labour-market regions and provinces with their counts, by name."""
    counts = count_by_term(work.session, Scheme.REGION)
    return (
        _places(work, counts, RegionKind.LABOUR_MARKET_REGION),
        _places(work, counts, RegionKind.PROVINCE),
    )


def _places(work: Work, counts: Mapping[str, int], kind: RegionKind) -> tuple[Place, ...]:
    terms = (term for term in work.vocabulary.all(Scheme.REGION) if region_kind(term.code) is kind)
    return tuple(Place(term, counts.get(term.code, 0)) for term in sorted(terms, key=lambda t: t.label))
