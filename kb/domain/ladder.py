"""The ladder of certainty: for each trede what it asks, from the top, and the flags beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from kb.domain.direction import Outcome
from kb.domain.evidence import Answer, Answers, Flag, Grade, Level
from kb.domain.grading import Graded

OVERDUE_AFTER_MONTHS = 12
OUTDATED_AFTER_YEARS = 5


@dataclass(frozen=True)
class Facts:
    """All that the ladder looks at: the answers, the graded studies and what came out."""

    answers: Answers
    studies: tuple[Graded, ...]
    outcome: Outcome

    @cached_property
    def says_something(self) -> tuple[Graded, ...]:
        return tuple(one for one in self.studies if one.grade.says_something)

    @cached_property
    def comparisons(self) -> tuple[Graded, ...]:
        """Strong and moderate studies."""
        return tuple(one for one in self.studies if one.grade.attributes)

    @cached_property
    def public(self) -> tuple[Graded, ...]:
        """Strong and moderate studies that anyone can read."""
        return tuple(one for one in self.comparisons if one.study.report_public is True)

    @property
    def hidden(self) -> int:
        return len(self.comparisons) - len(self.public)

    @property
    def places(self) -> int:
        return len({one.study.place for one in self.public} - {None})

    @property
    def participants(self) -> int:
        return sum(one.study.participants for one in self.public)

    @property
    def independent(self) -> int:
        return sum(one.study.independent is True for one in self.public)

    @property
    def longest_followup(self) -> int:
        return max((one.study.followup_months or 0 for one in self.public), default=0)

    @property
    def newest_year(self) -> int | None:
        """The last year of the newest study that says anything, as far as known."""
        years = [one.study.end_year for one in self.says_something if one.study.end_year is not None]
        return max(years, default=None)

    def graded(self, grade: Grade) -> int:
        return sum(one.grade is grade for one in self.public)


class Need(StrEnum):
    """What a level can ask."""

    DESCRIPTION = "description"
    THEORY = "theory"
    STUDY = "study"
    PUBLIC_COMPARISON = "public_comparison"
    TWO_COMPARISONS = "two_comparisons"
    PLACES = "places"
    STRENGTH = "strength"
    PARTICIPANTS = "participants"
    INDEPENDENT = "independent"
    FOLLOWUP = "followup"
    SAME_DIRECTION = "same_direction"
    PROMISE_KEPT = "promise_kept"


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing a level asks: the figure or answer it looks at, and what that must be at least."""

    looks_at: str
    found: Callable[[Facts], int]
    at_least: int

    def holds(self, facts: Facts) -> bool:
        return self.found(facts) >= self.at_least

    def because(self, facts: Facts) -> tuple[tuple[str, Answer], ...]:
        return ((self.looks_at, self.found(facts)), ("at_least", self.at_least))


def _strength(facts: Facts) -> int:
    """One strong study weighs as much as three moderate ones."""
    return 3 * facts.graded(Grade.S) + facts.graded(Grade.M)


ASKS = {
    Need.DESCRIPTION: Ask("described", lambda facts: facts.answers.described, True),
    Need.THEORY: Ask("theory", lambda facts: facts.answers.theory, True),
    Need.STUDY: Ask("studies_that_say_something", lambda facts: len(facts.says_something), 1),
    Need.PUBLIC_COMPARISON: Ask("public_strong_or_moderate_studies", lambda facts: len(facts.public), 1),
    Need.TWO_COMPARISONS: Ask("public_strong_or_moderate_studies", lambda facts: len(facts.public), 2),
    Need.PLACES: Ask("places", lambda facts: facts.places, 2),
    Need.STRENGTH: Ask("moderate_studies_with_a_strong_one_as_three", _strength, 3),
    Need.PARTICIPANTS: Ask("participants", lambda facts: facts.participants, 350),
    Need.INDEPENDENT: Ask("independent_evaluators", lambda facts: facts.independent, 1),
    Need.FOLLOWUP: Ask("longest_followup_months", lambda facts: facts.longest_followup, 6),
    Need.SAME_DIRECTION: Ask(
        "directions_known_not_mixed", lambda facts: not facts.outcome.may_be_mixed, True
    ),
}

# From the top; the first level whose needs all hold is the trede.
LADDER = (
    (
        Level.REPLICATED,
        (
            Need.DESCRIPTION,
            Need.THEORY,
            Need.TWO_COMPARISONS,
            Need.PLACES,
            Need.STRENGTH,
            Need.PARTICIPANTS,
            Need.INDEPENDENT,
            Need.FOLLOWUP,
            Need.SAME_DIRECTION,
        ),
    ),
    (Level.COMPARED, (Need.DESCRIPTION, Need.THEORY, Need.PUBLIC_COMPARISON)),
    (Level.MEASURED, (Need.DESCRIPTION, Need.STUDY)),
    (Level.SUBSTANTIATED, (Need.DESCRIPTION, Need.THEORY)),
    (Level.DESCRIBED, (Need.DESCRIPTION,)),
    (Level.REGISTERED, ()),
)

# A promise this long overdue holds the level down.
OVERDUE_CAP = Level.MEASURED


@dataclass(frozen=True, slots=True)
class Warn:
    """When a flag is raised, and the figures that tell."""

    raised: Callable[[Facts], bool]
    because: Callable[[Facts], tuple[tuple[str, Answer], ...]]


def is_overdue(facts: Facts) -> bool:
    months = facts.answers.overdue_promise_months
    return months is not None and months > OVERDUE_AFTER_MONTHS


def _is_outdated(facts: Facts) -> bool:
    newest = facts.newest_year
    return newest is not None and facts.answers.today_year - newest > OUTDATED_AFTER_YEARS


FLAGS = {
    Flag.DESCRIPTION_INCOMPLETE: Warn(
        lambda facts: not facts.answers.described, lambda facts: (("described", facts.answers.described),)
    ),
    Flag.THEORY_MISSING: Warn(
        lambda facts: bool(facts.public) and not facts.answers.theory,
        lambda facts: (
            ("theory", facts.answers.theory),
            ("public_strong_or_moderate_studies", len(facts.public)),
        ),
    ),
    Flag.REPORT_NOT_PUBLIC: Warn(
        lambda facts: facts.hidden > 0,
        lambda facts: (("strong_or_moderate_studies_not_public", facts.hidden),),
    ),
    Flag.PROMISE_OVERDUE: Warn(
        is_overdue, lambda facts: (("overdue_promise_months", facts.answers.overdue_promise_months),)
    ),
    Flag.OUTDATED: Warn(
        _is_outdated,
        lambda facts: (
            ("newest_end_year", facts.newest_year),
            ("today_year", facts.answers.today_year),
        ),
    ),
}
