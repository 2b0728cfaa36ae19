"""The ladder, the flags and the promises that every verdict keeps."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.evidence import (
    Answers,
    Baseline,
    Design,
    Direction,
    Flag,
    Grade,
    Interval,
    Level,
    PooledResult,
    StudyAnswers,
)
from kb.domain.grading import grade
from kb.domain.verdict import assess
from tests.builders import study_answers, verdict_answers

ELSEWHERE = {"region": "AM06"}
STRONG = study_answers()
STRONG_ELSEWHERE = study_answers(**ELSEWHERE)
MODERATE = study_answers(attrition_low=False)
MODERATE_ELSEWHERE = study_answers(attrition_low=False, **ELSEWHERE)
WEAK = study_answers(design=Design.PREPOST)
NOTHING = study_answers(design=Design.OUTPUT)
HARM = Interval(-0.2, -0.1)


def _level(*studies: StudyAnswers, **changes: object) -> Level:
    return assess(verdict_answers(*studies, **changes)).level


REPLICATED = [
    (STRONG, STRONG_ELSEWHERE),
    (STRONG, MODERATE_ELSEWHERE),
    (MODERATE, MODERATE, MODERATE_ELSEWHERE),
    (STRONG, study_answers(implementer="Deltion")),
    (study_answers(n_t=87, n_c=88), study_answers(n_t=87, n_c=88, **ELSEWHERE)),
    (study_answers(independent=False), STRONG_ELSEWHERE),
    (study_answers(followup_months=None), study_answers(followup_months=6, **ELSEWHERE)),
    (study_answers(ci=HARM), study_answers(ci=HARM, **ELSEWHERE)),
    (study_answers(ci=Interval(-0.1, 0.1)), STRONG_ELSEWHERE),
]

# What is taken away from two strong studies in two places.
NOT_REPLICATED = [
    (STRONG,),
    (STRONG, STRONG),
    (STRONG, study_answers(region=None)),
    (STRONG, study_answers(implementer=None, **ELSEWHERE)),
    (study_answers(implementer="roc van  TWENTE"), STRONG),
    (MODERATE, MODERATE_ELSEWHERE),
    (study_answers(n_t=87, n_c=87), study_answers(n_t=87, n_c=88, **ELSEWHERE)),
    (study_answers(independent=False), study_answers(independent=None, **ELSEWHERE)),
    (study_answers(followup_months=5), study_answers(followup_months=None, **ELSEWHERE)),
    (STRONG, study_answers(report_public=False, **ELSEWHERE)),
    (STRONG, study_answers(ci=HARM, **ELSEWHERE)),
    (STRONG, study_answers(ci=Interval(-0.01, 0.01), **ELSEWHERE)),
]


@pytest.mark.parametrize("studies", REPLICATED)
def test_trede_5_is_shown_in_more_places(studies):
    assert _level(*studies) is Level.REPLICATED


@pytest.mark.parametrize("studies", NOT_REPLICATED)
def test_trede_4_where_one_condition_of_5_fails(studies):
    assert _level(*studies) is Level.COMPARED


def test_a_pooled_result_settles_studies_that_differ():
    studies = (STRONG, STRONG_ELSEWHERE, study_answers(ci=HARM))
    assert _level(*studies) is Level.COMPARED
    assert _level(*studies, pool=PooledResult(Interval(0.01, 0.1), 0.03)) is Level.REPLICATED


@pytest.mark.parametrize(
    "open_answer",
    [{"ci": None}, {"sesoi": None, "ci": Interval(-0.01, 0.01)}, {"ci": HARM, "multi_cluster": None}],
)
def test_an_open_answer_that_may_hide_another_outcome_keeps_trede_4(open_answer):
    assert _level(STRONG, STRONG_ELSEWHERE, study_answers(**open_answer)) is Level.COMPARED


def test_trede_5_does_not_ask_that_an_outcome_is_told():
    told_nothing = [replace(study, ci=None) for study in (STRONG, STRONG_ELSEWHERE)]
    assert _level(*told_nothing) is Level.REPLICATED


LOWER = [
    ((STRONG,), {"theory": False}, Level.MEASURED),
    ((MODERATE,), {}, Level.COMPARED),
    ((study_answers(report_public=False),), {}, Level.MEASURED),
    ((study_answers(report_public=None),), {}, Level.MEASURED),
    ((WEAK,), {}, Level.MEASURED),
    ((WEAK,), {"theory": False}, Level.MEASURED),
    ((NOTHING,), {}, Level.SUBSTANTIATED),
    ((), {}, Level.SUBSTANTIATED),
    ((), {"theory": False}, Level.DESCRIBED),
    ((NOTHING,), {"theory": False}, Level.DESCRIBED),
    ((), {"theory": False, "described": False}, Level.REGISTERED),
    ((), {"described": False}, Level.REGISTERED),
    ((STRONG, STRONG_ELSEWHERE), {"described": False}, Level.REGISTERED),
    ((STRONG, STRONG_ELSEWHERE), {"theory": False}, Level.MEASURED),
]


@pytest.mark.parametrize(("studies", "changes", "expected"), LOWER)
def test_each_lower_trede_has_its_condition(studies, changes, expected):
    assert _level(*studies, **changes) is expected


@pytest.mark.parametrize(
    ("months", "expected"), [(None, Level.REPLICATED), (12, Level.REPLICATED), (13, Level.MEASURED)]
)
def test_a_promise_more_than_a_year_overdue_caps_at_3(months, expected):
    assert _level(STRONG, STRONG_ELSEWHERE, overdue_promise_months=months) is expected


def test_an_overdue_promise_lowers_nothing_below_3():
    assert _level(overdue_promise_months=40) is Level.SUBSTANTIATED


def test_a_direction_is_told_though_the_description_is_incomplete():
    verdict = assess(verdict_answers(STRONG, described=False))
    assert (verdict.level, verdict.direction) == (Level.REGISTERED, Direction.FAVOURABLE)


FLAGGED = [
    ((STRONG,), {}, ()),
    ((), {"described": False}, (Flag.DESCRIPTION_INCOMPLETE,)),
    ((STRONG,), {"theory": False}, (Flag.THEORY_MISSING,)),
    ((WEAK,), {"theory": False}, ()),
    ((study_answers(report_public=False),), {}, (Flag.REPORT_NOT_PUBLIC,)),
    ((study_answers(report_public=False),), {"theory": False}, (Flag.REPORT_NOT_PUBLIC,)),
    ((study_answers(report_public=None), STRONG), {}, (Flag.REPORT_NOT_PUBLIC,)),
    ((study_answers(design=Design.PREPOST, report_public=False),), {}, ()),
    ((), {"overdue_promise_months": 13}, (Flag.PROMISE_OVERDUE,)),
    ((), {"overdue_promise_months": 12}, ()),
    ((study_answers(end_year=2020),), {}, (Flag.OUTDATED,)),
    ((study_answers(end_year=2021),), {}, ()),
    ((study_answers(end_year=2010), WEAK), {}, ()),
    ((study_answers(end_year=2010), NOTHING), {}, (Flag.OUTDATED,)),
    ((study_answers(end_year=None),), {}, ()),
    (
        (study_answers(end_year=2010), study_answers(end_year=2010, report_public=False)),
        {"described": False, "theory": False, "overdue_promise_months": 99},
        tuple(Flag),
    ),
]


@pytest.mark.parametrize(("studies", "changes", "expected"), FLAGGED)
def test_each_flag_is_raised_by_its_own_facts(studies, changes, expected):
    assert assess(verdict_answers(*studies, **changes)).flags == expected


def test_an_old_study_keeps_its_level():
    assert _level(study_answers(end_year=1999)) is Level.COMPARED


def test_the_trace_tells_every_rule_with_what_it_read():
    trace = {step.rule: step for step in assess(verdict_answers(STRONG, STRONG)).trace}
    assert trace["trede_5.places"].because == (("places", 1), ("at_least", 2))
    assert not trace["trede_5.places"].held
    assert trace["trede_4.public_comparison"].held
    assert not trace["flag.verouderd"].held
    assert all(step.because for step in trace.values())


def test_the_hash_follows_the_answers_and_not_their_order():
    answers = verdict_answers(STRONG, WEAK)
    turned = verdict_answers(WEAK, STRONG)
    assert assess(answers).input_hash == assess(turned).input_hash
    assert assess(answers).input_hash != assess(replace(answers, today_year=2027)).input_hash


SHARES = st.floats(-0.3, 0.3)
INTERVALS = st.tuples(SHARES, SHARES).map(sorted).map(lambda ends: Interval(*ends))
STUDIES = st.builds(
    StudyAnswers,
    design=st.sampled_from(Design),
    n_t=st.none() | st.integers(20, 400),
    n_c=st.none() | st.integers(20, 400),
    events_min=st.none() | st.integers(5, 20),
    baseline=st.sampled_from(Baseline),
    multi_cluster=st.sampled_from([True, False, None]),
    attrition_low=st.sampled_from([True, False, None]),
    validity_tests=st.sampled_from([True, False, None]),
    points_before=st.none() | st.integers(0, 5),
    same_instrument=st.sampled_from([True, False, None]),
    response=st.none() | st.floats(0, 1),
    independent=st.sampled_from([True, False, None]),
    report_public=st.sampled_from([True, False, None]),
    followup_months=st.none() | st.integers(0, 24),
    implementer=st.sampled_from(["A", "B", None]),
    region=st.sampled_from(["X", "Y", None]),
    end_year=st.none() | st.integers(2010, 2026),
    ci=st.none() | INTERVALS,
    sesoi=st.none() | st.floats(0, 0.1),
)
# Most strategies would hardly ever reach trede 5; these are near it.
GOOD_STUDIES = st.builds(
    study_answers,
    design=st.sampled_from([Design.RCT, Design.IV, Design.DID, Design.PREPOST]),
    attrition_low=st.booleans(),
    baseline=st.sampled_from(Baseline),
    region=st.sampled_from(["X", "Y"]),
    report_public=st.booleans(),
    ci=st.none()
    | st.sampled_from([Interval(0.05, 0.15), Interval(-0.2, -0.1), Interval(-0.01, 0.01), Interval(0, 1)]),
    sesoi=st.sampled_from([0.03, None]),
)
ANSWERS = st.builds(
    Answers,
    described=st.sampled_from([True, True, True, False]),
    theory=st.sampled_from([True, True, True, False]),
    today_year=st.just(2026),
    studies=st.lists(STUDIES | GOOD_STUDIES, max_size=5).map(tuple),
    overdue_promise_months=st.sampled_from([None, None, 6, 20]),
    pool=st.none() | st.builds(PooledResult, INTERVALS, st.just(0.03), st.none() | INTERVALS),
)
# Two strong studies in two places and one or two more: here one answer decides between 4 and 5.
NEAR_THE_TOP = st.builds(
    lambda more: verdict_answers(STRONG, STRONG_ELSEWHERE, *more),
    st.lists(GOOD_STUDIES, min_size=1, max_size=2),
)
# `events_min` is not here: nothing filled in means that the outcome is not a yes or no.
OPEN = sorted({field.name for field in fields(StudyAnswers)} - {"design", "events_min", "baseline"})


@given(ANSWERS, STUDIES)
def test_a_study_that_says_nothing_never_changes_level_or_direction(answers, study):
    if grade(study) is not Grade.N:
        study = replace(study, design=Design.OUTPUT)
    before, after = assess(answers), assess(replace(answers, studies=(*answers.studies, study)))
    assert (before.level, before.direction, before.flags) == (after.level, after.direction, after.flags)


@given(ANSWERS | NEAR_THE_TOP, st.data())
def test_an_answer_that_becomes_unknown_never_raises_the_level(answers, data):
    if not answers.studies:
        return
    index = data.draw(st.integers(0, len(answers.studies) - 1))
    names = data.draw(st.sets(st.sampled_from([*OPEN, "baseline"]), min_size=1, max_size=3))
    unknown = {name: Baseline.UNKNOWN if name == "baseline" else None for name in names}
    studies = list(answers.studies)
    studies[index] = replace(studies[index], **unknown)
    if all(study.ci is None for study in studies):
        return  # nothing tells an outcome any more, so nothing can be mixed (docs/evidence-rules.md, 7)
    assert assess(replace(answers, studies=tuple(studies))).level <= assess(answers).level


@given(ANSWERS)
def test_without_its_pooled_result_a_level_is_never_higher(answers):
    assert assess(replace(answers, pool=None)).level <= assess(answers).level


@given(ANSWERS, st.randoms())
def test_the_order_of_the_studies_does_not_matter(answers, random):
    order = list(range(len(answers.studies)))
    random.shuffle(order)
    before = assess(answers)
    after = assess(replace(answers, studies=tuple(answers.studies[i] for i in order)))
    assert after.grades == tuple(before.grades[i] for i in order)
    same = {"grades": (), "trace": ()}
    assert replace(after, **same) == replace(before, **same)


@given(ANSWERS)
def test_the_same_answers_give_the_same_verdict(answers):
    assert assess(answers) == assess(replace(answers, studies=tuple(replace(one) for one in answers.studies)))


@given(ANSWERS)
def test_an_incomplete_description_or_an_overdue_promise_never_raises_the_level(answers):
    level = assess(answers).level
    assert assess(replace(answers, described=False)).level <= level
    assert assess(replace(answers, theory=False)).level <= level
    assert assess(replace(answers, overdue_promise_months=20)).level <= level
