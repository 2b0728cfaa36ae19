"""The grading table of docs/evidence-rules.md, row by row."""

from dataclasses import replace

import pytest

from kb.domain.evidence import Baseline, Design, Grade, StudyAnswers
from kb.domain.grading import could_attribute, grade, graded
from tests.builders import study_answers

EXPERIMENTS = (Design.RCT, Design.CLUSTER_RCT)
NATURAL = (Design.RDD, Design.IV)
COMPARED = (Design.DID, Design.MATCHED, Design.ITS_CONTROL)
ONLY_NOTHING = (Design.POSTONLY, Design.OUTPUT)

# designs, what differs from a study in which everything is in order, grade
ROWS = [
    (EXPERIMENTS, {}, Grade.S),
    (EXPERIMENTS, {"attrition_low": False}, Grade.M),
    (EXPERIMENTS, {"attrition_low": False, "baseline": Baseline.ADJUSTED}, Grade.M),
    (EXPERIMENTS, {"attrition_low": False, "baseline": Baseline.NO}, Grade.W),
    (EXPERIMENTS, {"attrition_low": True, "baseline": Baseline.NO}, Grade.S),
    (EXPERIMENTS, {"multi_cluster": False}, Grade.W),
    (EXPERIMENTS, {"attrition_low": False, "multi_cluster": False}, Grade.W),
    (NATURAL, {}, Grade.S),
    (NATURAL, {"validity_tests": False}, Grade.W),
    (NATURAL, {"multi_cluster": False}, Grade.W),
    (NATURAL, {"attrition_low": False, "baseline": Baseline.NO}, Grade.S),
    (COMPARED, {}, Grade.M),
    (COMPARED, {"baseline": Baseline.ADJUSTED}, Grade.M),
    (COMPARED, {"baseline": Baseline.NO}, Grade.W),
    (COMPARED, {"multi_cluster": False}, Grade.W),
    ((Design.CROSSSECTION,), {"n_t": 30, "n_c": 30}, Grade.W),
    ((Design.CROSSSECTION,), {"n_t": 29}, Grade.N),
    ((Design.CROSSSECTION,), {"n_c": 29}, Grade.N),
    ((Design.BENCHMARK,), {"n_t": 30, "n_c": None}, Grade.W),
    ((Design.BENCHMARK,), {"n_t": 29}, Grade.N),
    ((Design.ITS,), {"points_before": 3, "n_t": None}, Grade.W),
    ((Design.ITS,), {"points_before": 2}, Grade.N),
    ((Design.PREPOST,), {"n_t": 30, "n_c": None, "response": 0.60}, Grade.W),
    ((Design.PREPOST,), {"n_t": 29}, Grade.N),
    ((Design.PREPOST,), {"same_instrument": False}, Grade.N),
    ((Design.PREPOST,), {"response": 0.59}, Grade.N),
    (ONLY_NOTHING, {}, Grade.N),
]

SMALL = [{"n_t": 29}, {"n_c": 29}, {"events_min": 9}, {"n_t": 29, "n_c": 29, "events_min": 9}]
LARGE_ENOUGH = [{"n_t": 30, "n_c": 30}, {"events_min": 10}, {"events_min": None}]

UNKNOWN = [
    (Design.RCT, {"attrition_low": None}, Grade.M),
    (Design.RCT, {"attrition_low": None, "baseline": Baseline.UNKNOWN}, Grade.W),
    (Design.RCT, {"multi_cluster": None}, Grade.W),
    (Design.RCT, {"n_t": None}, Grade.M),
    (Design.RCT, {"n_c": None}, Grade.M),
    (Design.IV, {"validity_tests": None}, Grade.W),
    (Design.DID, {"baseline": Baseline.UNKNOWN}, Grade.W),
    (Design.CROSSSECTION, {"n_c": None}, Grade.N),
    (Design.BENCHMARK, {"n_t": None}, Grade.N),
    (Design.ITS, {"points_before": None}, Grade.N),
    (Design.PREPOST, {"same_instrument": None}, Grade.N),
    (Design.PREPOST, {"response": None}, Grade.N),
]


@pytest.mark.parametrize(
    ("design", "changes", "expected"),
    [(design, changes, expected) for designs, changes, expected in ROWS for design in designs],
)
def test_each_row_gives_its_grade(design, changes, expected):
    assert grade(study_answers(design=design, **changes)) is expected


@pytest.mark.parametrize("changes", SMALL)
@pytest.mark.parametrize(
    ("study", "lowered"),
    [
        (study_answers(design=Design.RCT), Grade.M),
        (study_answers(design=Design.RDD), Grade.M),
        (study_answers(design=Design.MATCHED), Grade.W),
        (study_answers(design=Design.DID, baseline=Baseline.NO), Grade.W),
    ],
)
def test_small_numbers_lower_a_comparison_once(study, lowered, changes):
    assert grade(replace(study, **changes)) is lowered


@pytest.mark.parametrize("changes", LARGE_ENOUGH)
def test_thirty_people_and_ten_events_are_enough(changes):
    assert grade(study_answers(**changes)) is Grade.S


def test_few_events_do_not_touch_a_weak_design():
    assert grade(study_answers(design=Design.CROSSSECTION, events_min=1)) is Grade.W


@pytest.mark.parametrize(("design", "changes", "expected"), UNKNOWN)
def test_an_unknown_answer_counts_as_no(design, changes, expected):
    assert grade(study_answers(design=design, **changes)) is expected


@pytest.mark.parametrize("design", Design)
def test_a_study_of_which_only_the_design_is_known_is_weak_at_most(design):
    assert grade(StudyAnswers(design)) is (Grade.W if design.rank >= 4 else Grade.N)


def test_the_trace_names_the_rules_and_the_answers_they_read():
    trace = graded(study_answers(attrition_low=False, n_t=20), "studies.0").trace
    assert [(step.rule, step.held) for step in trace] == [
        ("grade.experiment_low_attrition", False),
        ("grade.experiment_alike_at_start", True),
        ("grade.small_numbers", True),
    ]
    assert ("studies.0.attrition_low", False) in trace[0].because
    assert ("studies.0.n_t", 20) in trace[2].because


def test_only_open_answers_can_make_a_study_strong():
    assert could_attribute(graded(study_answers(multi_cluster=None, n_t=None)))
    assert not could_attribute(graded(study_answers(multi_cluster=False)))
    assert not could_attribute(graded(StudyAnswers(Design.PREPOST)))
