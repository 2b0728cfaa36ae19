"""Names for the values of the domain."""

from enum import Enum

import pytest

from kb.domain.content import Activity, Method
from kb.domain.evidence import Direction, Level
from kb.language import labels
from kb.language.labels import LABELS, direction_label, direction_meaning, label, level_meaning
from kb.language.texts import LANGUAGES, speaking


@pytest.mark.parametrize("kind", LABELS, ids=lambda kind: kind.__name__)
def test_every_value_of_a_kind_has_a_name_of_its_own(kind: type[Enum]):
    assert set(LABELS[kind]) == set(kind)
    for code in LANGUAGES:
        with speaking(code):
            assert len({label(value) for value in kind}) == len(kind)


def test_equal_values_of_different_kinds_keep_their_own_name():
    assert Method.UNKNOWN.value == Activity.UNKNOWN
    with speaking("en"):
        assert label(Activity.UNKNOWN) == "Not known whether it still runs"
        assert label(Method.UNKNOWN) == "Not known how it was measured"


def test_levels_and_directions_speak_plain_dutch():
    assert label(Level.REPLICATED) == "Op meer plekken aangetoond"
    assert label(Direction.NO_DIFFERENCE) == "Geen verschil"
    assert direction_label(None) == "Niet gemeten"
    assert direction_meaning(None) == "Niet gemeten. Dat zegt niets over goed of slecht."
    assert "niet gemeten" in level_meaning(Level.DESCRIBED)


def test_every_level_and_direction_is_explained():
    assert set(labels.LEVEL_MEANINGS) == set(Level)
    assert set(labels.DIRECTION_MEANINGS) == set(Direction)
