"""A difference in words, in the reader's language."""

import pytest

from kb.domain.content import Metric
from kb.domain.evidence import Direction, Interval
from kb.domain.telling import ToldEffect
from kb.language.effects import SCALES, effect_sentence, signed
from kb.language.texts import speaking


def _told(metric: Metric, estimate: float, low: float, high: float, per_100: float | None = None):
    around = None if per_100 is None else Interval(per_100 - 9.4, per_100 + 9.4)
    interval = Interval(low, high)
    return ToldEffect("x", "", "", metric, Direction.FAVOURABLE, estimate, interval, per_100, around, True)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (_told(Metric.RD, 0.2, 0.1, 0.3, 20.4), "+20 op de 100 (waarschijnlijk tussen +11 en +30)"),
        (_told(Metric.RR, 0.2, 0.1, 0.3, 4.0), "+4 op de 100 (waarschijnlijk tussen −5 en +13)"),
        (_told(Metric.RR, 0.405, 0.0, 0.8), "1,50 keer zo vaak (waarschijnlijk tussen 1,00 en 2,23)"),
        (
            _told(Metric.OR, 0.0, -0.7, 0.7),
            "een kansverhouding van 1,00 (waarschijnlijk tussen 0,50 en 2,01)",
        ),
        (
            _told(Metric.MD, -1.5, -3, 0),
            "−1,50 op de schaal van het onderzoek (waarschijnlijk tussen −3,00 en 0,00)",
        ),
        (_told(Metric.SMD, 0.3, 0.1, 0.5), "+0,30 standaarddeviatie (waarschijnlijk tussen +0,10 en +0,50)"),
    ],
)
def test_a_difference_is_told_on_its_scale(told, words):
    assert effect_sentence(told) == words


def test_every_scale_has_its_words_in_both_languages():
    assert SCALES.keys() == set(Metric)
    with speaking("en"):
        assert effect_sentence(_told(Metric.SMD, 0.3, 0.1, 0.5)).startswith("+0.30 standard deviations")


@pytest.mark.parametrize(("value", "words"), [(0.4, "0"), (-0.4, "0"), (-0.6, "−1"), (12.3, "+12")])
def test_a_sign_stands_before_what_is_not_zero(value, words):
    assert signed(value, 0) == words
