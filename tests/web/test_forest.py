"""A forest plot puts on one axis only what was measured in the same way."""

from dataclasses import replace

from kb.domain.content import Study
from kb.domain.evidence import Design, Direction, Grade, Interval
from kb.domain.terms import Scheme, Term
from kb.services.cell import CellPage, StudyLine
from kb.web.forest import forest_of

CELL = CellPage(
    Term(Scheme.RECOMMENDATION, "4", "Matching", "Matching"), Term(Scheme.LEVEL, "mbo", "Mbo", "Mbo"), 2
)


def a_line(year: int, **changes: object) -> StudyLine:
    study = Study(f"s{year}", "Onderzoek", Design.RCT, end_year=year)
    line = StudyLine("route", "Route", study, Grade.S, "uitval", "rd", 0.1, Interval(0.05, 0.15), 0.001)
    return replace(line, direction=Direction.FAVOURABLE, **changes)  # type: ignore[arg-type]


def test_studies_of_one_outcome_stand_on_one_axis_by_year():
    forest = forest_of(replace(CELL, lines=(a_line(2024), a_line(2020))))
    assert [line.study.end_year for line, _ in forest.bars] == [2020, 2024]
    assert [bar.words for _, bar in forest.bars] == ["+10", "+10"]


def test_other_scales_and_other_outcomes_never_share_an_axis():
    assert forest_of(replace(CELL, lines=(a_line(2024), a_line(2020, metric="smd")))) is None
    assert forest_of(replace(CELL, lines=(a_line(2024), a_line(2020, indicator="uurloon")))) is None


def test_without_an_effect_there_is_nothing_to_draw():
    assert forest_of(replace(CELL, lines=(a_line(2024, interval=None),))) is None
