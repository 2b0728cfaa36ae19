"""All that the page of one approach tells: its places, what came out, what it costs, where it is not."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.domain.adopting import costs_per_participant
from kb.domain.catalogue import Listed
from kb.domain.content import Approach
from kb.domain.measuring_together import Shared
from kb.domain.small_groups import shielded
from kb.domain.terms import RegionKind, Scheme, Term, region_kind
from kb.services.cell import Studies, studies_of
from kb.services.measuring_together import shared_by
from kb.services.overview import Place
from kb.services.places import approach_page
from kb.services.work import Work
from kb.storage.initiatives import Kept, published_by_ids


@dataclass(frozen=True, slots=True)
class Costs:
    """What a participant costs, from the place that told least to the one that told most."""

    low: float
    high: float
    places: int


@dataclass(frozen=True, slots=True)
class WholeApproach:
    """`regions` are all labour-market regions with their number of places; `everywhere` counts the places
    that name none of them, such as a whole province or the country."""

    approach: Approach
    initiatives: tuple[Listed, ...]
    studies: Studies
    costs: Costs | None
    regions: tuple[Place, ...]
    everywhere: int
    shared: Shared
    indicator: Term | None

    @property
    def without(self) -> tuple[Term, ...]:
        """The regions where we know of no place."""
        return tuple(place.term for place in self.regions if not place.number)


def whole_approach(work: Work, slug: str) -> WholeApproach:
    """Raises NotFound for one that nothing public carries out, Moved for the second name of another."""
    page = approach_page(work, slug)
    kept = published_by_ids(work.session, [one.id for one in page.initiatives])
    ordered = [kept[one.id] for one in page.initiatives if one.id in kept]
    shown = {each.slug: shielded(each.content) for each in ordered}
    shared, indicator = shared_by(work, shown)
    regions, everywhere = _where(work, {each.slug: each for each in ordered})
    return WholeApproach(
        approach=page.approach,
        initiatives=page.initiatives,
        studies=studies_of(work, [each for each in ordered if each.content.studies]),
        costs=_costs([costs_per_participant(content) for content in shown.values()]),
        regions=regions,
        everywhere=everywhere,
        shared=shared,
        indicator=indicator,
    )


def _costs(by_place: list[tuple[float, ...]]) -> Costs | None:
    told = [amounts for amounts in by_place if amounts]
    if not told:
        return None
    return Costs(min(each[0] for each in told), max(each[-1] for each in told), len(told))


def _where(work: Work, places: Mapping[str, Kept]) -> tuple[tuple[Place, ...], int]:
    """Each place counts once in every labour-market region that it lies in."""
    found: dict[str, set[str]] = {}
    for slug, kept in places.items():
        above = work.vocabulary.with_ancestors(Scheme.REGION, kept.content.regions)
        for code in above:
            if region_kind(code) is RegionKind.LABOUR_MARKET_REGION:
                found.setdefault(code, set()).add(slug)
    terms = (
        term
        for term in work.vocabulary.all(Scheme.REGION)
        if region_kind(term.code) is RegionKind.LABOUR_MARKET_REGION
    )
    regions = tuple(
        Place(term, len(found.get(term.code, ()))) for term in sorted(terms, key=lambda term: term.label)
    )
    return regions, len(places) - len(set().union(*found.values()) if found else set())
