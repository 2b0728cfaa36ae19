"""Where something happens and where nothing does: recommendations by region, and how scattered they are."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from kb.domain.fragmentation import Fragmentation, Member, Spot, fragmentation, spot
from kb.domain.search import Facet, Search
from kb.domain.terms import RegionKind, Scheme, Term, region_kind
from kb.services import indexing
from kb.services.generations import Generations
from kb.services.insight import current_facts, ids_under
from kb.services.work import Work
from kb.storage.insight import Facts, Ids

YEARS_BACK = 10
LAYERS = (RegionKind.LABOUR_MARKET_REGION, RegionKind.PROVINCE)


def _none_yet(_work: Work) -> "dict[str, Scatter]":
    return {}


# The figures of one generation of the data, by the region that was asked for; and of its facts each member.
_scatters = Generations(_none_yet)
_known_members: WeakKeyDictionary[Facts, dict[int, Member]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Cell:
    """One recommendation in one region, counted from what is published."""

    recommendation: str
    region: str
    initiatives: int
    approaches: int
    measured: int
    spot: Spot


@dataclass(frozen=True, slots=True)
class Row:
    """One region: `initiatives` counts each once, whatever the number of its recommendations."""

    region: Term
    initiatives: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The regions of one layer by name. `everywhere` counts what is for the whole country or a part of it."""

    search: Search
    layer: RegionKind
    recommendations: tuple[Term, ...]
    rows: tuple[Row, ...]
    everywhere: Mapping[str, int]

    def of(self, spot: Spot, recommendation: str) -> tuple[Term, ...]:
        """The regions that are such a spot for this recommendation."""
        return tuple(
            row.region
            for row in self.rows
            for cell in row.cells
            if cell.recommendation == recommendation and cell.spot is spot
        )


@dataclass(frozen=True, slots=True)
class ScatterLine:
    """How scattered the initiatives of one recommendation, or of one year, are."""

    name: str
    figures: Fragmentation


@dataclass(frozen=True, slots=True)
class Scatter:
    """By recommendation, and for all together by year."""

    region: str
    whole: Fragmentation
    recommendations: tuple[ScatterLine, ...]
    years: tuple[ScatterLine, ...]


def coverage(work: Work, asked: Search, layer: RegionKind) -> Coverage:
    """Every number is that of the search with the same filters, the region and the recommendation."""
    indexing.catch_up(work)
    known = current_facts(work)
    allowed = _allowed(work, asked)
    recommendations = work.vocabulary.all(Scheme.RECOMMENDATION)
    by_recommendation = {each.code: _tagged(known, each.code, allowed) for each in recommendations}
    rows = tuple(_rows(work, known, layer, by_recommendation, allowed))
    inside = frozenset().union(*(_ids_in(work, known, row.region.code) for row in rows))
    return Coverage(
        search=asked,
        layer=layer,
        recommendations=recommendations,
        rows=rows,
        everywhere={code: len(ids - inside) for code, ids in by_recommendation.items()},
    )


def scatter(work: Work, region: str = "") -> Scatter:
    """The figures of the whole catalogue, or of one region; kept until the data change."""
    indexing.catch_up(work)
    kept = _scatters.now(work)
    if region not in kept:
        kept[region] = _scatter(work, current_facts(work), region)
    return kept[region]


def _allowed(work: Work, asked: Search) -> Ids | None:
    """What the filters leave, None for all; that of a recommendation stays out, as each has its column."""
    filters: dict[Facet, tuple[str, ...]] = dict(asked.filters)
    filters.pop(Facet.RECOMMENDATION, None)
    return frozenset(work.catalogue.ids(replace(asked, filters=filters))) if filters else None


def _rows(
    work: Work, known: Facts, layer: RegionKind, by_recommendation: Mapping[str, Ids], allowed: Ids | None
) -> Iterator[Row]:
    terms = (term for term in work.vocabulary.all(Scheme.REGION) if region_kind(term.code) is layer)
    for term in sorted(terms, key=lambda each: each.label):
        here = _ids_in(work, known, term.code)
        cells = tuple(_cell(known, code, term.code, ids & here) for code, ids in by_recommendation.items())
        yield Row(term, len(here if allowed is None else here & allowed), cells)


def _cell(known: Facts, recommendation: str, region: str, ids: Ids) -> Cell:
    members = list(_members(known, ids))
    return Cell(
        recommendation=recommendation,
        region=region,
        initiatives=len(ids),
        approaches=len({approach for member in members for approach in member.approaches}),
        measured=len(known.measured & ids),
        spot=spot(members),
    )


def _scatter(work: Work, known: Facts, region: str) -> Scatter:
    allowed = _ids_in(work, known, region) if region else None
    everyone = frozenset().union(*known.by_direction.values())
    everyone = everyone if allowed is None else everyone & allowed
    terms = work.vocabulary.all(Scheme.RECOMMENDATION)
    years = range(work.this_year - YEARS_BACK + 1, work.this_year + 1)
    by_year = {year: known.by_year.get(year, frozenset()) & everyone for year in years}
    return Scatter(
        region=region,
        whole=_figures(known, everyone),
        recommendations=tuple(
            ScatterLine(term.code, _figures(known, _tagged(known, term.code, allowed))) for term in terms
        ),
        years=tuple(ScatterLine(str(year), _figures(known, ids)) for year, ids in by_year.items()),
    )


def _figures(known: Facts, ids: Ids) -> Fragmentation:
    return fragmentation(list(_members(known, sorted(ids))))


def _members(known: Facts, ids: Iterable[int]) -> Iterator[Member]:
    made = _known_members.setdefault(known, {})
    for key in ids:
        member = made.get(key)
        if member is None:
            member = made[key] = Member(
                approaches=frozenset(known.approaches.get(key, ())),
                indicators=known.indicators.get(key, frozenset()),
                evaluated=key in known.studied,
                measured=key in known.measured,
            )
        yield member


def _tagged(known: Facts, recommendation: str, allowed: Ids | None) -> Ids:
    ids = known.tagged.get((Scheme.RECOMMENDATION, recommendation), frozenset())
    return ids if allowed is None else ids & allowed


def _ids_in(work: Work, known: Facts, region: str) -> Ids:
    return ids_under(known, work.vocabulary, Scheme.REGION, region)
