"""Who does this too: the nearest initiatives in other regions, and why they are near."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.domain.catalogue import NATIONAL, Listed
from kb.domain.content import Content
from kb.domain.terms import RegionKind, Scheme, Term, Vocabulary, region_kind
from kb.services.noticing import nearest_to
from kb.services.reading import InitiativePage
from kb.services.work import Work
from kb.storage.initiatives import published_by_ids
from kb.storage.lists import listed

SHOWN = 3
# So many are looked at; those of the same region fall away.
LOOKED_AT = 40
PRECISE = (RegionKind.MUNICIPALITY, RegionKind.LABOUR_MARKET_REGION)
# Tags that say what somebody does, for whom; a shared level or recommendation says little.
TELLING = (
    (Scheme.INSTRUMENT, "instruments"),
    (Scheme.TARGET_GROUP, "target_groups"),
    (Scheme.SECTOR, "sectors"),
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another initiative that looks alike, with what both have: `approaches` by address, `terms` by tag."""

    listed: Listed
    score: float
    approaches: tuple[str, ...]
    terms: tuple[Term, ...]


def neighbours(work: Work, page: InitiativePage) -> tuple[Neighbour, ...]:
    """The three nearest elsewhere, what is surest first; of two as sure the nearer."""
    near = nearest_to(work, page.id, page.content, LOOKED_AT)
    kept = published_by_ids(work.session, [one.key for one in near])
    here = _municipalities(page.content, work.vocabulary)
    apart = (one for one in near if one.key in kept)
    elsewhere = [
        one for one in apart if here.isdisjoint(_municipalities(kept[one.key].content, work.vocabulary))
    ]
    elsewhere = elsewhere[:SHOWN]
    cards = {each.id: each for each in listed(work.session, [one.key for one in elsewhere])}
    found = [
        Neighbour(
            listed=cards[one.key],
            score=one.score,
            approaches=_shared(page.content.approaches, kept[one.key].content.approaches),
            terms=tuple(_terms(page.content, kept[one.key].content, work.vocabulary)),
        )
        for one in elsewhere
    ]
    return tuple(sorted(found, key=lambda each: (-each.listed.here.trede, -each.score)))


def _municipalities(content: Content, vocabulary: Vocabulary) -> frozenset[str]:
    """Where it happens. Who names a municipality or labour-market region happens there, not in all of
    the province that stands beside it; who is for the whole country is nobody's neighbour in place."""
    regions = [code for code in content.regions if code != NATIONAL]
    precise = [code for code in regions if region_kind(code) in PRECISE]
    inside = (vocabulary.descendants(Scheme.REGION, code) for code in precise or regions)
    return frozenset().union(*inside)


def _shared(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in ours if each in theirs)


def _terms(ours: Content, theirs: Content, vocabulary: Vocabulary) -> Iterator[Term]:
    for scheme, name in TELLING:
        for code in _shared(getattr(ours, name), getattr(theirs, name)):
            yield vocabulary.term(scheme, code)
