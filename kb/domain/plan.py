"""A feasible measurement: which comparison, how many people, when, and how sure it can make us."""

from dataclasses import dataclass
from enum import StrEnum

from kb.domain.evidence import Level
from kb.domain.statistics.power import people_for_shares, power_for_shares, smallest_visible_share

ENOUGH_POWER = 0.80
SMALLEST_ARM = 30


class Comparison(StrEnum):
    """Against whom, strongest first."""

    LOTS = "lots"
    OTHERS = "others"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """What somebody has and hopes for; `now` and `hoped` are shares above 0 and below 1."""

    indicator: str
    participants: int
    others: int
    now: float
    hoped: float
    can_draw_lots: bool = False
    has_comparison: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What can be found out.

    `people_per_group` shows the hoped difference in 8 of 10 cases; `smallest` is the share that the people
    one has can just tell from `now`, or None where even the largest difference stays unseen.
    """

    comparison: Comparison
    people_per_group: int
    power: float
    smallest: float | None
    level: Level

    @property
    def is_enough(self) -> bool:
        return self.power >= ENOUGH_POWER


def make_plan(question: PlanQuestion) -> Plan:
    comparison = _comparison(question)
    up = question.hoped > question.now
    return Plan(
        comparison=comparison,
        people_per_group=people_for_shares(question.now, question.hoped),
        power=power_for_shares(question.now, question.hoped, question.participants, question.others),
        smallest=smallest_visible_share(question.now, question.participants, question.others, up=up),
        level=_level(question, comparison),
    )


def _comparison(question: PlanQuestion) -> Comparison:
    if not question.has_comparison:
        return Comparison.BEFORE
    return Comparison.LOTS if question.can_draw_lots else Comparison.OTHERS


def _level(question: PlanQuestion, comparison: Comparison) -> Level:
    """The trede a public report of this can give, with a described initiative and a written theory."""
    enough = min(question.participants, question.others) >= SMALLEST_ARM
    if comparison is Comparison.BEFORE:
        return Level.MEASURED if question.participants >= SMALLEST_ARM else Level.SUBSTANTIATED
    if enough or comparison is Comparison.LOTS:
        return Level.COMPARED
    return Level.MEASURED
