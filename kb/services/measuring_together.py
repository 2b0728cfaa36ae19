"""Measuring together: what the places of one approach reach, and what they can see with one measure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.domain.content import Approach, Content
from kb.domain.measuring_together import Shared, common_indicator, shared
from kb.domain.people import Person
from kb.domain.rights import Right, require_right
from kb.domain.small_groups import shielded
from kb.domain.terms import Term
from kb.services import planning
from kb.services.work import Work
from kb.storage.approaches import approach_by_slug
from kb.storage.drafts import Working
from kb.storage.initiatives import published_by_ids
from kb.storage.lists import ids_of_approach

# On a desk; the pages of the approaches have the rest.
MOST_INVITATIONS = 5
# Somebody of a province tends hundreds; the approaches with most of one's own come first.
MOST_LOOKED_AT = 20
SHARE = "binary"


@dataclass(frozen=True, slots=True)
class Invitation:
    """To measure the same as others with one's approach; `own` are the initiatives that do not yet."""

    approach: Approach
    shared: Shared
    indicator: Term
    own: tuple[Working, ...]


def shared_by(work: Work, contents: Mapping[str, Content]) -> tuple[Shared, Term | None]:
    """The outcome that most of these places look at, else one that fits what most of them are for."""
    outcomes = planning.indicators(work, SHARE) + planning.indicators(work, "mean")
    by_code = {term.code: term for term in outcomes}
    term = by_code.get(common_indicator(contents.values(), by_code)) or _fitting(work, contents)
    code = term.code if term else ""
    return shared(contents, code, is_share=term is None or term.details.get("type") == SHARE), term


def invitations(work: Work, person: Person, tended: Iterable[Working]) -> tuple[Invitation, ...]:
    """For each approach of the initiatives one tends that others carry out too, most people first."""
    require_right(person, Right.DESK)
    found: dict[str, list[Working]] = {}
    for one in tended:
        for slug in one.content.approaches if one.is_public else ():
            found.setdefault(slug, []).append(one)
    looked_at = sorted(found, key=lambda slug: (-len(found[slug]), slug))[:MOST_LOOKED_AT]
    made = (_invitation(work, slug, tuple(found[slug])) for slug in looked_at)
    invited = sorted((one for one in made if one), key=lambda one: (-one.shared.people, one.approach.name))
    return tuple(invited[:MOST_INVITATIONS])


def _invitation(work: Work, slug: str, own: tuple[Working, ...]) -> Invitation | None:
    """None where there is nobody to measure with, or where one measures it already everywhere."""
    known = approach_by_slug(work.session, slug)
    if known is None:
        return None
    kept = published_by_ids(work.session, ids_of_approach(work.session, known[0]))
    found, term = shared_by(work, {each.slug: shielded(each.content) for each in kept.values()})
    measuring = {place.slug for place in found.places if place.measures}
    lacking = tuple(one for one in own if one.slug not in measuring)
    if term is None or found.sight is None or not lacking:
        return None
    return Invitation(known[1], found, term, lacking)


def _fitting(work: Work, contents: Mapping[str, Content]) -> Term | None:
    mains = Counter(each.recommendations[0] for each in contents.values() if each.recommendations)
    return planning.proposal(work, min(mains, key=lambda code: (-mains[code], code))) if mains else None
