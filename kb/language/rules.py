"""The rules of evidence as sentences, read from the very tables that decide."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.domain.direction import INTERVAL_RULES
from kb.domain.evidence import Design, Direction, Level
from kb.domain.grading import GRADING as ROWS
from kb.domain.grading import SMALL_NUMBERS, Row
from kb.domain.ladder import LADDER
from kb.language.labels import label, level_meaning
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.language.trace import GRADING, NEEDS


@dataclass(frozen=True, slots=True)
class GradeRule:
    """One row: for which kinds of study, and what must hold for which grade."""

    designs: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class LevelRule:
    level: Level
    meaning: str
    asks: tuple[str, ...]


INTERVALS: Mapping[Direction, str] = {
    Direction.FAVOURABLE_SMALL: mark("All that is likely lies above zero, but below what matters."),
    Direction.FAVOURABLE: mark("All that is likely lies above zero."),
    Direction.UNFAVOURABLE: mark("All that is likely lies below zero."),
    Direction.NO_DIFFERENCE: mark("All that is likely is too small to matter, upwards and downwards."),
    Direction.UNCLEAR: mark("Anything else: better, worse and no difference are all possible."),
}
TOGETHER = (
    mark("If there are strong or moderate studies, only those speak; a weak one never outvotes them."),
    mark(
        "Favourable beside no difference or unfavourable is mixed, as is unfavourable beside no difference."
    ),
    mark("A clear outcome beside unclear ones is that clear outcome."),
    mark(
        "Three good comparisons or more of the same thing in different places are added up to one figure; "
        "that figure then speaks."
    ),
    mark(
        "If the figure is favourable but a new place may well do worse, it is favourable, differing by place."
    ),
)


def grade_rules() -> tuple[GradeRule, ...]:
    """From the top: the first row that holds gives the grade; small numbers lower it afterwards."""
    return tuple(GradeRule(_names(row), _(GRADING[row.rule])) for row in (*ROWS, SMALL_NUMBERS))


def level_rules() -> tuple[LevelRule, ...]:
    """From the highest level down: the first of which everything holds is the level."""
    return tuple(
        LevelRule(level, level_meaning(level), tuple(_(NEEDS[need]) for need in needs))
        for level, needs in LADDER
    )


def direction_rules() -> tuple[tuple[Direction, str], ...]:
    """For one interval, the first that holds."""
    return tuple((direction, _(INTERVALS[direction])) for direction, _needed in INTERVAL_RULES)


def together_rules() -> tuple[str, ...]:
    return tuple(_(sentence) for sentence in TOGETHER)


def _names(row: Row) -> tuple[str, ...]:
    if row.designs == frozenset(Design):
        return (_("Any kind of study"),)
    return tuple(label(design) for design in Design if design in row.designs)
