"""What several places of one approach can find out together that none of them can alone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from kb.domain.adopting import indicators_of
from kb.domain.answers import ICC
from kb.domain.content import Content, MeasureKind
from kb.domain.small_groups import counts_people
from kb.domain.statistics.power import smallest_visible_d, smallest_visible_share

# A share is hardest to see at one half; it is what we take where no comparison group told one.
UNKNOWN_SHARE = 0.5
FEWEST = 2
# A side, where whole places are set against each other.
FEWEST_WHOLES = 4


@dataclass(frozen=True, slots=True)
class Reach:
    """One place with its participants, None where nobody told; `measures` says whether it measures, or
    promised to measure, what the others do."""

    slug: str
    people: int | None
    measures: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """The smallest difference that can be seen: of a share in points of 1, of a score in standard deviations.

    `alone` is for a place of the middle size, `together` for all people as one, `as_wholes` where whole
    places are set against each other. None where even the largest difference stays unseen.
    """

    is_share: bool
    baseline: float | None
    alone: float | None
    together: float | None
    as_wholes: float | None


@dataclass(frozen=True, slots=True)
class Shared:
    """The places of one approach, the outcome that they can all measure, and what that can show."""

    places: tuple[Reach, ...]
    indicator: str = ""
    sight: Sight | None = None

    @property
    def known(self) -> tuple[int, ...]:
        return tuple(place.people for place in self.places if place.people)

    @property
    def people(self) -> int:
        return sum(self.known)

    @property
    def measuring(self) -> int:
        return sum(place.measures for place in self.places)


def participants_of(content: Content) -> int | None:
    """The most people that one source says it reached; sources about other years are not added up."""
    found = [
        *(each.reached or each.started for each in content.delivery),
        *(cost.participants for cost in content.costs),
        *(
            round(each.value)
            for each in content.measurements
            if each.kind is MeasureKind.REACH and each.value and counts_people(each.unit)
        ),
    ]
    return max((count for count in found if count), default=None)


def common_indicator(contents: Iterable[Content], known: Iterable[str]) -> str:
    """The outcome that most of them promised, studied or measured; nothing where none did."""
    allowed = frozenset(known)
    counted = Counter(code for content in contents for code in indicators_of(content) if code in allowed)
    # Of equals the first by code, so that a page says the same tomorrow.
    return min(counted, key=lambda code: (-counted[code], code), default="")


def shared(contents: Mapping[str, Content], indicator: str, *, is_share: bool) -> Shared:
    """All places together on this outcome; without one nothing is said about differences."""
    places = tuple(
        Reach(slug, participants_of(content), bool(indicator) and indicator in indicators_of(content))
        for slug, content in contents.items()
    )
    found = Shared(places, indicator)
    if not indicator or len(found.known) < FEWEST:
        return found
    baseline = without_it(contents.values(), indicator) if is_share else None
    return Shared(places, indicator, sight(found.known, baseline))


def without_it(contents: Iterable[Content], indicator: str) -> float:
    """The share among people who did not take part, over all studies that counted them."""
    counted = [
        (effect.events_c, effect.n_c)
        for content in contents
        for study in content.studies
        for effect in study.effects
        if effect.indicator == indicator and effect.events_c is not None and effect.n_c
    ]
    people = sum(n for _events, n in counted)
    share = sum(events for events, _n in counted) / people if people else UNKNOWN_SHARE
    return share if 0 < share < 1 else UNKNOWN_SHARE


def sight(people: Sequence[int], baseline: float | None) -> Sight:
    """What these places can see with 80% power at 5%, against as many people who do not take part.

    By the formulas of the planner (`domain/statistics/power`). Where whole places are set against each other,
    people count for less, as those of one place resemble each other: the variance grows by 1+(m-1)·icc, with
    the icc of 0.10 of the What Works Clearinghouse (`domain/answers`). For places of unequal size m is the
    mean weighed by people, as Eldridge, Ashby and Kerry have it (2006, Int J Epidemiol 35:1292-1300); for
    equal places that is the plain mean. Fewer than four places a side never differ by more than luck: of
    three against three one draw in ten is as extreme as the most extreme.
    """
    total = sum(people)
    size = sum(n * n for n in people) / total
    as_people = total / (1 + (size - 1) * ICC)
    return Sight(
        is_share=baseline is not None,
        baseline=baseline,
        alone=_smallest(median(people), baseline),
        together=_smallest(total, baseline),
        as_wholes=_smallest(as_people, baseline) if len(people) >= FEWEST_WHOLES else None,
    )


def _smallest(people: float, baseline: float | None) -> float | None:
    if people < FEWEST:
        return None
    if baseline is None:
        return smallest_visible_d(int(people), int(people))
    shares = (smallest_visible_share(baseline, people, people, up=up) for up in (True, False))
    # To the side where the larger difference is needed: nobody knows which way it will go.
    found = [abs(share - baseline) for share in shares if share is not None]
    return max(found) if found else None
