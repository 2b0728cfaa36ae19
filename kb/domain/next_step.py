"""What is missing for the next trede, as reasons that can be told as concrete steps."""

from dataclasses import dataclass, replace
from enum import StrEnum

from kb.domain.evidence import Answers, Level, StudyAnswers
from kb.domain.grading import GRADING, SMALL_NUMBERS
from kb.domain.ladder import ASKS, LADDER, OVERDUE_CAP, Facts, Need, is_overdue
from kb.domain.statistics.power import people_for_shares
from kb.domain.verdict import facts_of, level

# The difference a proposal for a comparison counts on, when nobody chose another.
EXAMPLE_SHARES = (0.40, 0.60)
COMPARISONS = frozenset({Need.PUBLIC_COMPARISON, Need.TWO_COMPARISONS, Need.STRENGTH})


class Action(StrEnum):
    """Something one can do; most follow from one need, some from what is already there."""

    DESCRIBE = "describe"
    EXPLAIN = "explain"
    MEASURE = "measure"
    COMPARE = "compare"
    COMPARE_AGAIN = "compare_again"
    PUBLISH_REPORT = "publish_report"
    OTHER_PLACE = "other_place"
    STRONGER_DESIGN = "stronger_design"
    MORE_PEOPLE = "more_people"
    INDEPENDENT = "independent"
    FOLLOW_UP = "follow_up"
    EXPLAIN_DIFFERENCES = "explain_differences"
    KEEP_PROMISE = "keep_promise"


ACTIONS = {
    Need.DESCRIPTION: Action.DESCRIBE,
    Need.THEORY: Action.EXPLAIN,
    Need.STUDY: Action.MEASURE,
    Need.PUBLIC_COMPARISON: Action.COMPARE,
    Need.TWO_COMPARISONS: Action.COMPARE_AGAIN,
    Need.PLACES: Action.OTHER_PLACE,
    Need.STRENGTH: Action.STRONGER_DESIGN,
    Need.PARTICIPANTS: Action.MORE_PEOPLE,
    Need.INDEPENDENT: Action.INDEPENDENT,
    Need.FOLLOWUP: Action.FOLLOW_UP,
    Need.SAME_DIRECTION: Action.EXPLAIN_DIFFERENCES,
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One action, with how far it is and how far it must be."""

    action: Action
    found: int
    at_least: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A study that would weigh more if these answers were known or better."""

    study: int
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """The trede that comes next, everything it still needs, and how many people a comparison takes."""

    level: Level
    missing: tuple[Missing, ...]
    gaps: tuple[Gap, ...]
    shares: tuple[float, float]
    people_per_group: int


def next_step(answers: Answers, shares: tuple[float, float] = EXAMPLE_SHARES) -> NextStep | None:
    """Nothing at the top; `shares` without and with the initiative decide how many people are needed."""
    facts = facts_of(answers)
    now = level(facts)
    if now is Level.REPLICATED:
        return None
    target = max(Level(now + 1), _level_once_described(answers))
    unmet = [need for need in dict(LADDER)[target] if not ASKS[need].holds(facts)]
    missing = [_missing(need, facts) for need in unmet]
    if is_overdue(facts) and target > OVERDUE_CAP:
        missing.insert(0, Missing(Action.KEEP_PROMISE, facts.answers.overdue_promise_months or 0, 0))
    asks_study = any(need is Need.STUDY or need in COMPARISONS for need in unmet)
    gaps = (
        tuple(_gaps(facts, Level.MEASURED if Need.STUDY in unmet else Level.COMPARED)) if asks_study else ()
    )
    return NextStep(target, tuple(dict.fromkeys(missing)), gaps, shares, people_for_shares(*shares))


def _level_once_described(answers: Answers) -> Level:
    """An incomplete description may hide a higher level that is there for the taking."""
    return level(facts_of(replace(answers, described=True)))


def _missing(need: Need, facts: Facts) -> Missing:
    ask = ASKS[need]
    comparisons = need in (Need.PUBLIC_COMPARISON, Need.TWO_COMPARISONS)
    if comparisons and len(facts.public) + facts.hidden >= ask.at_least:
        return Missing(Action.PUBLISH_REPORT, facts.hidden, 0)
    return Missing(ACTIONS[need], int(ask.found(facts)), int(ask.at_least))


def _gaps(facts: Facts, target: Level) -> list[Gap]:
    """For each study below what the target takes: the answers that hold it back."""
    enough = [
        one.grade.says_something if target is Level.MEASURED else one.grade.attributes
        for one in facts.studies
    ]
    found = [
        Gap(index, answers_that_hold_back(one.study))
        for index, (one, good) in enumerate(zip(facts.studies, enough, strict=True))
        if not good
    ]
    return [gap for gap in found if gap.answers]


def answers_that_hold_back(study: StudyAnswers) -> tuple[str, ...]:
    """The unmet answers of the easiest row that would grade this design higher; none where no row does."""
    rows = [row for row in GRADING if study.design in row.designs and row.requirements]
    unmet = [
        tuple(name for one in row.requirements if not one.holds(study) for name in one.reads) for row in rows
    ]
    small = tuple(
        name
        for one in SMALL_NUMBERS.requirements
        if study.design in SMALL_NUMBERS.designs and not one.holds(study)
        for name in one.reads
    )
    return (min(unmet, key=len) if unmet else ()) + small
