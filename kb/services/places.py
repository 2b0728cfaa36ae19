"""The same initiatives from the other side: by organisation, region, recommendation and approach."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kb.domain.catalogue import Listed, Standing
from kb.domain.content import Approach, PartnerRole
from kb.domain.problems import Moved, NotFound
from kb.domain.terms import RegionKind, Scheme, Term, region_kind
from kb.services.overview import Line, Place
from kb.services.work import Work
from kb.storage.approaches import approach_by_slug, approach_counts, second_names
from kb.storage.approaches import approach_names as names_by_slug
from kb.storage.counting import count_by_term, ids_under, standing_by_term
from kb.storage.lists import ids_of_approach, ids_of_organisation, listed
from kb.storage.organisations import organisation_by_slug

SHOWN = 20


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    name: str
    slug: str
    actor_type: str
    by_role: Mapping[PartnerRole, tuple[Listed, ...]]
    total: int


@dataclass(frozen=True, slots=True)
class RegionPage:
    """A region: where it lies, what lies in it, and what happens there for each recommendation."""

    term: Term
    kind: RegionKind
    above: tuple[Term, ...]
    below: tuple[Place, ...]
    recommendations: tuple[Line, ...]
    initiatives: tuple[Listed, ...]
    total: int


@dataclass(frozen=True, slots=True)
class RecommendationPage:
    term: Term
    standing: Standing
    levels: tuple[Line, ...]
    regions: tuple[Place, ...]
    initiatives: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class ApproachPage:
    approach: Approach
    initiatives: tuple[Listed, ...]


def organisation_page(work: Work, slug: str) -> OrganisationPage:
    """Raises NotFound for an organisation that nothing public names."""
    row = organisation_by_slug(work.session, slug)
    by_role = ids_of_organisation(work.session, row.id) if row else {}
    if row is None or not by_role:
        raise NotFound("organisatie", slug)
    roles = sorted((PartnerRole(role) for role in by_role), key=list(PartnerRole).index)
    return OrganisationPage(
        name=row.name,
        slug=row.slug,
        actor_type=row.actor_type,
        by_role={role: listed(work.session, by_role[role.value]) for role in roles},
        total=len({key for ids in by_role.values() for key in ids}),
    )


def region_page(work: Work, code: str) -> RegionPage:
    term = work.vocabulary.get(Scheme.REGION, code)
    if term is None:
        raise NotFound("regio", code)
    ids = ids_under(work.session, Scheme.REGION, code)
    counts = count_by_term(work.session, Scheme.REGION)
    found = standing_by_term(work.session, Scheme.RECOMMENDATION, within=(Scheme.REGION, code))
    children = work.vocabulary.children(Scheme.REGION, code)
    return RegionPage(
        term=term,
        kind=region_kind(code),
        above=tuple(work.vocabulary.term(Scheme.REGION, parent) for parent in term.parents),
        below=tuple(Place(child, counts.get(child.code, 0)) for child in _by_name(children)),
        recommendations=tuple(
            Line(each, found.get(each.code, Standing()))
            for each in work.vocabulary.all(Scheme.RECOMMENDATION)
        ),
        initiatives=listed(work.session, ids[:SHOWN]),
        total=len(ids),
    )


def recommendation_page(work: Work, number: str) -> RecommendationPage:
    term = work.vocabulary.get(Scheme.RECOMMENDATION, number)
    if term is None:
        raise NotFound("aanbeveling", number)
    here = (Scheme.RECOMMENDATION, number)
    ids = ids_under(work.session, *here)
    levels = standing_by_term(work.session, Scheme.LEVEL, within=here)
    counts = count_by_term(work.session, Scheme.REGION, within=here)
    return RecommendationPage(
        term=term,
        standing=standing_by_term(work.session, Scheme.RECOMMENDATION).get(number, Standing()),
        levels=tuple(
            Line(level, levels.get(level.code, Standing())) for level in work.vocabulary.top(Scheme.LEVEL)
        ),
        regions=tuple(
            Place(region, counts.get(region.code, 0))
            for region in _by_name(work.vocabulary.all(Scheme.REGION))
            if region_kind(region.code) is RegionKind.LABOUR_MARKET_REGION
        ),
        initiatives=listed(work.session, ids[:SHOWN]),
    )


def approach_page(work: Work, slug: str) -> ApproachPage:
    """Raises NotFound for one that nothing public carries out, Moved for the second name of another."""
    found = approach_by_slug(work.session, slug)
    if found is None:
        raise NotFound("aanpak", slug)
    key, approach = found
    if approach.slug != slug:
        raise Moved("aanpak", approach.slug)
    places = listed(work.session, ids_of_approach(work.session, key))
    if not places:
        raise NotFound("aanpak", slug)
    called = dict.fromkeys((*approach.aliases, *second_names(work.session, slug)))
    return ApproachPage(replace(approach, aliases=tuple(called)), places)


def approaches(work: Work) -> list[tuple[Approach, int]]:
    """Every approach that is carried out in public, with the number of places, most first."""
    return [(approach, places) for approach, places in approach_counts(work.session) if places]


def _by_name(terms: tuple[Term, ...]) -> list[Term]:
    return sorted(terms, key=lambda term: term.label)


def approach_names(work: Work) -> dict[str, str]:
    """What people read for each approach, also under a second name."""
    return names_by_slug(work.session)
