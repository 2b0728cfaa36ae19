"""Nobody sees a number of fewer than ten people; the verdict still reads what is there."""

from dataclasses import replace

import pytest

from kb.domain.answers import effect_size
from kb.domain.content import Cost, Delivery, Effect, Measurement, Metric, Study
from kb.domain.evidence import Design
from kb.domain.small_groups import FEWER, shielded
from tests.builders import a_content

EFFECT = Effect("uitval", Metric.RD, events_t=12, n_t=40, events_c=15, n_c=45)
STUDY = Study("s", "Onderzoek", Design.RCT, analysed_t=40, analysed_c=45, effects=(EFFECT,))


def _shown(measured: Measurement) -> Measurement:
    return shielded(a_content(measurements=(measured,))).measurements[0]


def _studied(**changes: object) -> Study:
    return shielded(a_content(studies=(replace(STUDY, **changes),))).studies[0]


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (9, "personen", FEWER),
        (1, "Leerlingen", FEWER),
        (9, "leerlingen (ongeveer)", FEWER),
        (10, "personen", "10"),
        (0, "personen", "0"),
        (9, "hubs", "9"),
        (4, "procent", "4"),
    ],
)
def test_only_few_people_are_hidden(value, unit, words):
    assert _shown(Measurement("bereik", str(value), value=value, unit=unit)).words == words


def test_few_participants_are_unknown_in_costs_and_in_what_was_carried_out_and_a_plan_stays():
    costs, delivered = (Cost(total=900, participants=9),), (Delivery(target=8, reached=9, started=12),)
    shown = shielded(a_content(costs=costs, delivery=delivered))
    assert shown.costs == (Cost(total=900),)
    assert shown.delivery == (Delivery(target=8, started=12),)


def test_a_group_of_few_is_unknown():
    shown = _shown(Measurement("werk", "allemaal", numerator=9, denominator=12, n=9))
    assert (shown.numerator, shown.denominator, shown.n, shown.words) == (None, 12, None, "allemaal")


def test_cells_with_few_people_become_an_estimate_that_says_the_same():
    small = replace(EFFECT, events_t=4)
    (shown,) = _studied(effects=(small,)).effects
    before, after = effect_size(small, STUDY), effect_size(shown, STUDY)
    assert (shown.events_t, shown.n_t, shown.events_c, shown.n_c) == (None, None, None, None)
    assert (after.yi, *after.ci) == pytest.approx((before.yi, *before.ci))


def test_a_study_of_few_people_does_not_say_how_few():
    assert _studied(analysed_t=8).analysed_t is None
    assert _studied() == STUDY
