"""A feasible measurement: which comparison, how many people, when, and how sure it can make us."""

from dataclasses import dataclass
from enum import StrEnum

from kb.domain.evidence import Level
from kb.domain.grading import ENOUGH_EVENTS, ENOUGH_PEOPLE
from kb.domain.statistics.power import (
    people_for_means,
    people_for_shares,
    power_for_means,
    power_for_shares,
    smallest_visible_d,
    smallest_visible_share,
)

ENOUGH_POWER = 0.80


class Comparison(StrEnum):
    """Against whom, strongest first."""

    LOTS = "lots"
    OTHERS = "others"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Shares:
    """A yes or no for each person: the share now and the share hoped for, above 0 and below 1."""

    now: float
    hoped: float

    def people(self) -> int | None:
        return people_for_shares(self.now, self.hoped)

    def power(self, participants: int, others: int) -> float:
        return power_for_shares(self.now, self.hoped, participants, others)

    def smallest(self, participants: int, others: int) -> float | None:
        """The share that can just be told from `now`, on the side that is hoped for."""
        return smallest_visible_share(self.now, participants, others, up=self.hoped > self.now)

    def has_events(self, participants: int, others: int) -> bool:
        """Whether both groups may expect as many events as a comparison takes to keep its grade."""
        return min(participants * self.hoped, others * self.now) >= ENOUGH_EVENTS


@dataclass(frozen=True, slots=True)
class Scores:
    """A score or an amount: the standard deviation between people, and the difference hoped for."""

    spread: float
    difference: float

    def people(self) -> int | None:
        """None where more people are needed than live in the country."""
        return people_for_means(self.difference / self.spread)

    def power(self, participants: int, others: int) -> float:
        return power_for_means(self.difference / self.spread, participants, others)

    def smallest(self, participants: int, others: int) -> float:
        """The smallest difference that can be seen, in the unit of the score."""
        return self.spread * smallest_visible_d(participants, others)

    def has_events(self, _participants: int, _others: int) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class PlanQuestion:
    """What somebody has and hopes for."""

    participants: int
    others: int
    aim: Shares | Scores
    can_draw_lots: bool = False
    has_comparison: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What can be found out.

    `people_per_group` shows the hoped difference in 8 of 10 cases, None where that takes too many people.
    `smallest` is what the people one has can just show: for a yes or no the share that can be told from the
    one now (None where even the largest difference stays unseen), for a score the difference itself.
    """

    comparison: Comparison
    people_per_group: int | None
    power: float
    smallest: float | None
    level: Level

    @property
    def is_enough(self) -> bool:
        return self.power >= ENOUGH_POWER


def make_plan(question: PlanQuestion) -> Plan:
    comparison, aim = _comparison(question), question.aim
    return Plan(
        comparison=comparison,
        people_per_group=aim.people(),
        power=aim.power(question.participants, question.others),
        smallest=aim.smallest(question.participants, question.others),
        level=_level(question, comparison),
    )


def _comparison(question: PlanQuestion) -> Comparison:
    if not question.has_comparison:
        return Comparison.BEFORE
    return Comparison.LOTS if question.can_draw_lots else Comparison.OTHERS


def _level(question: PlanQuestion, comparison: Comparison) -> Level:
    """The trede a public report of this can give, with a described initiative and a written theory."""
    if comparison is Comparison.BEFORE:
        return Level.MEASURED if question.participants >= ENOUGH_PEOPLE else Level.SUBSTANTIATED
    few = min(question.participants, question.others) < ENOUGH_PEOPLE
    small = few or not question.aim.has_events(question.participants, question.others)
    # Small numbers lower the grade by one: lots from S to M, a comparison without lots from M to W.
    return Level.MEASURED if small and comparison is Comparison.OTHERS else Level.COMPARED
