"""The grade of one study: a table whose first row that holds decides."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from kb.domain.evidence import Baseline, Design, Grade, Step, StudyAnswers

ENOUGH_PEOPLE = 30
ENOUGH_EVENTS = 10
ENOUGH_POINTS_BEFORE = 3
ENOUGH_RESPONSE = 0.60


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that must hold for a row, and the answers that tell."""

    reads: tuple[str, ...]
    holds: Callable[[StudyAnswers], bool]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the grading table: for these designs, when all requirements hold, this grade."""

    rule: str
    designs: frozenset[Design]
    requirements: tuple[Requirement, ...]
    grade: Grade


def _ranked(*ranks: int) -> frozenset[Design]:
    return frozenset(design for design in Design if design.rank in ranks)


def _at_least(value: float | None, enough: float) -> bool:
    """Unknown is not enough."""
    return value is not None and value >= enough


ATTRITION_LOW = Requirement(("attrition_low",), lambda study: study.attrition_low is True)
BASELINE_ALIKE = Requirement(
    ("baseline",), lambda study: study.baseline in (Baseline.EQUAL, Baseline.ADJUSTED)
)
SEVERAL_UNITS = Requirement(("multi_cluster",), lambda study: study.multi_cluster is True)
VALIDITY_TESTED = Requirement(("validity_tests",), lambda study: study.validity_tests is True)
SAME_INSTRUMENT = Requirement(("same_instrument",), lambda study: study.same_instrument is True)
ENOUGH_ANSWERED = Requirement(("response",), lambda study: _at_least(study.response, ENOUGH_RESPONSE))
MANY_PARTICIPANTS = Requirement(("n_t",), lambda study: _at_least(study.n_t, ENOUGH_PEOPLE))
MANY_COMPARED = Requirement(("n_c",), lambda study: _at_least(study.n_c, ENOUGH_PEOPLE))
TREND_BEFORE = Requirement(
    ("points_before",), lambda study: _at_least(study.points_before, ENOUGH_POINTS_BEFORE)
)
# No number of events means that the outcome is not a yes or no, so it cannot have too few.
MANY_EVENTS = Requirement(
    ("events_min",), lambda study: study.events_min is None or study.events_min >= ENOUGH_EVENTS
)

# High attrition needs no requirement of its own: the row before took the studies where it is low.
GRADING = (
    Row("experiment_low_attrition", _ranked(6), (ATTRITION_LOW, SEVERAL_UNITS), Grade.S),
    Row("experiment_alike_at_start", _ranked(6), (BASELINE_ALIKE, SEVERAL_UNITS), Grade.M),
    Row("natural_experiment_tested", _ranked(5), (VALIDITY_TESTED, SEVERAL_UNITS), Grade.S),
    Row("comparison_alike_at_start", _ranked(4), (BASELINE_ALIKE, SEVERAL_UNITS), Grade.M),
    Row("comparison_otherwise", _ranked(4, 5, 6), (), Grade.W),
    Row("cross_section", frozenset({Design.CROSSSECTION}), (MANY_PARTICIPANTS, MANY_COMPARED), Grade.W),
    Row("benchmark", frozenset({Design.BENCHMARK}), (MANY_PARTICIPANTS,), Grade.W),
    Row("time_series", frozenset({Design.ITS}), (TREND_BEFORE,), Grade.W),
    Row("before_and_after", _ranked(2), (MANY_PARTICIPANTS, SAME_INSTRUMENT, ENOUGH_ANSWERED), Grade.W),
    Row("says_nothing", frozenset(Design), (), Grade.N),
)

# Small numbers lower the grade of a comparative study, once, whichever of these is missing.
SMALL_NUMBERS = Row(
    "small_numbers", _ranked(4, 5, 6), (MANY_PARTICIPANTS, MANY_COMPARED, MANY_EVENTS), Grade.W
)
LOWERED = {Grade.S: Grade.M, Grade.M: Grade.W, Grade.W: Grade.W, Grade.N: Grade.N}

# The most favourable thing each unknown answer could turn out to be.
AT_BEST: dict[str, Any] = {
    "n_t": 10**6,
    "n_c": 10**6,
    "multi_cluster": True,
    "attrition_low": True,
    "validity_tests": True,
}


@dataclass(frozen=True, slots=True)
class Graded:
    """A study with its grade and the rules that led there."""

    study: StudyAnswers
    grade: Grade
    trace: tuple[Step, ...]


def grade(study: StudyAnswers) -> Grade:
    return graded(study).grade


def graded(study: StudyAnswers, path: str = "study") -> Graded:
    """Reads the table from the top; `path` names the study in the trace."""
    trace: list[Step] = []
    for row in _rows_for(study):
        held = all(requirement.holds(study) for requirement in row.requirements)
        trace.append(_step(row, held, study, path))
        if held:
            break
    found = row.grade
    if study.design in SMALL_NUMBERS.designs:
        small = not all(requirement.holds(study) for requirement in SMALL_NUMBERS.requirements)
        trace.append(_step(SMALL_NUMBERS, small, study, path))
        found = LOWERED[found] if small else found
    return Graded(study, found, tuple(trace))


def could_attribute(one: Graded) -> bool:
    """Whether the study is strong or moderate, or could be once its unknown answers are known."""
    if one.grade.attributes or one.study.design not in SMALL_NUMBERS.designs:
        return one.grade.attributes
    unknown = {name: best for name, best in AT_BEST.items() if getattr(one.study, name) is None}
    baseline = Baseline.EQUAL if one.study.baseline is Baseline.UNKNOWN else one.study.baseline
    return grade(replace(one.study, baseline=baseline, **unknown)).attributes


def _rows_for(study: StudyAnswers) -> Iterator[Row]:
    return (row for row in GRADING if study.design in row.designs)


def _step(row: Row, held: bool, study: StudyAnswers, path: str) -> Step:
    reads = ("design", *(name for requirement in row.requirements for name in requirement.reads))
    return Step(f"grade.{row.rule}", held, tuple((f"{path}.{name}", getattr(study, name)) for name in reads))
