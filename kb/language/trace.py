"""The trace of a verdict as lines to read: which rule, whether it held, and the answers it looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from kb.domain.evidence import Answer, Baseline, Design, Direction, Flag, Step
from kb.domain.ladder import Need
from kb.domain.small_groups import SMALLEST_SHOWN, is_small
from kb.language.formats import number
from kb.language.labels import direction_label, label
from kb.language.texts import gettext as _
from kb.language.texts import mark


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One rule for readers; `study` (from 1) or `level` tells what it is about, where it is about one."""

    sentence: str
    held: bool
    answers: tuple[tuple[str, str], ...]
    study: int | None = None
    level: int | None = None


GRADING: Mapping[str, str] = {
    "experiment_low_attrition": mark(
        "Drawn by lot, with few drop-outs and two units or more in each group: strong (S)."
    ),
    "experiment_alike_at_start": mark(
        "Drawn by lot, with many drop-outs, but groups that were alike at the start "
        "and two units or more in each group: moderate (M)."
    ),
    "natural_experiment_tested": mark(
        "Chance or a limit decided who took part, that was tested, and there were two units or more "
        "in each group: strong (S)."
    ),
    "comparison_alike_at_start": mark(
        "Compared with a group that was alike at the start, two units or more in each group: moderate (M)."
    ),
    "comparison_otherwise": mark("Any other study with a comparison group: weak (W)."),
    "cross_section": mark("Compared at one moment, with 30 people or more in both groups: weak (W)."),
    "benchmark": mark("Compared with the region or the country, with 30 people or more: weak (W)."),
    "time_series": mark("A series over time, with three points or more before the start: weak (W)."),
    "before_and_after": mark(
        "Before and after, 30 people or more, the same questions, 60 of every 100 answering: weak (W)."
    ),
    "says_nothing": mark("Otherwise the study says nothing about effect (N)."),
    "small_numbers": mark("Fewer than 30 people or 10 events in a group lower the grade by one."),
}

NEEDS: Mapping[str, str] = {
    Need.DESCRIPTION: mark("Goal, target group, activities, conditions and a contact point are described."),
    Need.THEORY: mark("It is explained why this can help, with sources."),
    Need.STUDY: mark("At least one study says something (S, M or W)."),
    Need.PUBLIC_COMPARISON: mark("At least one study with a good comparison (S or M) is public."),
    Need.TWO_COMPARISONS: mark("At least two studies with a good comparison (S or M) are public."),
    Need.PLACES: mark("Those studies are from at least two places."),
    Need.STRENGTH: mark("At least one of them is strong (S), or at least three are moderate (M)."),
    Need.PARTICIPANTS: mark("At least 350 people took part in them together."),
    Need.INDEPENDENT: mark("At least one of them was done by an independent evaluator."),
    Need.FOLLOWUP: mark("At least one of them looked again after 6 months or more."),
    Need.SAME_DIRECTION: mark(
        "The outcomes do not contradict each other, and no open answer can hide that they do."
    ),
}

ANSWERS: Mapping[str, str] = {
    "design": mark("design of the study"),
    "n_t": mark("people in the group that took part"),
    "n_c": mark("people in the group that did not take part"),
    "events_min": mark("events in the group with fewest"),
    "baseline": mark("groups alike at the start"),
    "multi_cluster": mark("two units or more in each group"),
    "attrition_low": mark("few drop-outs"),
    "validity_tests": mark("tests of validity passed"),
    "points_before": mark("points measured before the start"),
    "same_instrument": mark("same questions before and after"),
    "response": mark("share that answered"),
    "ci": mark("95% interval"),
    "pi": mark("prediction interval"),
    "sesoi": mark("smallest difference that matters"),
    "described": mark("description complete"),
    "theory": mark("explained with sources"),
    "at_least": mark("needed at least"),
    "studies_that_say_something": mark("studies that say something"),
    "studies_that_speak": mark("studies of which the outcome counts"),
    "strong_or_moderate_studies": mark("studies with a good comparison"),
    "public_strong_or_moderate_studies": mark("public studies with a good comparison"),
    "strong_or_moderate_studies_not_public": mark("studies with a good comparison that are not public"),
    "places": mark("places"),
    "moderate_studies_with_a_strong_one_as_three": mark("moderate studies, a strong one counted as three"),
    "participants": mark("people in those studies"),
    "independent_evaluators": mark("independent evaluators"),
    "longest_followup_months": mark("months until the last look"),
    "directions_known_not_mixed": mark("outcomes known not to contradict"),
    "overdue_promise_months": mark("months that a promise is late"),
    "newest_end_year": mark("last year of the newest study"),
    "today_year": mark("this year"),
}
YEARS = {"newest_end_year", "today_year"}
PEOPLE = {"n_t", "n_c", "events_min"}
CODES: Mapping[str, type[Enum]] = {"design": Design, "baseline": Baseline}


def trace_lines(trace: Sequence[Step]) -> tuple[TraceLine, ...]:
    return tuple(trace_line(step) for step in trace)


def trace_line(step: Step) -> TraceLine:
    """The rule in the reader's language with the answers it read."""
    kind, _dot, rule = step.rule.partition(".")
    # "Needed at least: yes" tells nobody anything.
    told = [(path, value) for path, value in step.because if path != "at_least" or value is not True]
    answers = tuple((answer_name(path), _value(path, value)) for path, value in told)
    level = int(kind.removeprefix("trede_")) if kind.startswith("trede_") else None
    return TraceLine(_sentence(kind, rule), step.held, answers, _study(step.because[0][0]), level)


def answer_name(path: str) -> str:
    """What an answer is called, whatever study it belongs to."""
    name = path.rpartition(".")[2]
    return _("study %(n)s", n=int(name) + 1) if name.isdigit() else _(ANSWERS[name])


def _sentence(kind: str, rule: str) -> str:
    if kind == "grade":
        return _(GRADING[rule])
    if kind == "direction":
        return _direction(rule)
    if kind == "flag":
        return label(Flag(rule))
    if kind.startswith("at_most"):
        return _("A promise more than 12 months late keeps the level at 3 at most.")
    return _(NEEDS[rule])


def _direction(rule: str) -> str:
    whose, _dot, code = rule.partition(".")
    found = direction_label(None if code == "nothing_speaks" else Direction(code))
    if whose == "study":
        return _("Outcome of this study: %(direction)s.", direction=found)
    if whose == "pooled":
        return _("Outcome of the studies pooled: %(direction)s.", direction=found)
    return _("Outcome of the studies together: %(direction)s.", direction=found)


def _study(path: str) -> int | None:
    parts = path.split(".")
    return int(parts[1]) + 1 if len(parts) == 3 and parts[0] == "studies" else None


def _value(path: str, value: Answer) -> str:
    name = path.rpartition(".")[2]
    if value is None:
        return _("unknown")
    if name.isdigit():
        return direction_label(Direction(str(value)))
    if name in CODES:
        return label(CODES[name](value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in PEOPLE and isinstance(value, int) and is_small(value):
        return _("fewer than %(n)s", n=SMALLEST_SHOWN)
    if isinstance(value, int | float):
        return str(value) if name in YEARS else number(value)
    if isinstance(value, tuple | list):
        return _("%(low)s to %(high)s", low=_value("", value[0]), high=_value("", value[1]))
    return str(value)
