"""Every weight of the ranking in one place; docs/search.md tells how they were tuned."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The parts of a record that words are looked for in."""

    TITLE = "title"
    SUMMARY = "summary"
    NAMES = "names"
    TAGS = "tags"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class PartWeight:
    """What a word in this part is worth; `length` is its usual length, `b` how much length matters."""

    weight: float
    length: float
    b: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Impacts are fixed when a record is indexed: with usual lengths in place of averages, a record scores
    the same whatever else is in the index, so an overlay, a rebuild and another engine agree to the digit."""

    parts: Mapping[Part, PartWeight]
    saturation: float = 1.6
    compound_part: float = 0.5
    tag: float = 1.5
    equal: float = 0.6
    related: float = 0.5
    query_parts: float = 0.3
    loose_part: float = 0.3
    part_group: float = 0.2
    translation: float = 0.8
    joined: float = 1.0
    understood: float = 0.4
    understood_parent: float = 0.35
    neighbours: float = 0.1
    exact_title: float = 20.0
    exact_organisation: float = 5.0
    shared: float = 0.7
    light: float = 0.2
    evidence: float = 0.01
    recency: float = 0.01

    @property
    def stored(self) -> tuple[object, ...]:
        """The weights that are part of what is stored in an index."""
        return (dict(self.parts), self.saturation, self.compound_part, self.tag)


WEIGHTS = Weights(
    parts={
        Part.TITLE: PartWeight(weight=3.0, length=5, b=0.3),
        Part.SUMMARY: PartWeight(weight=2.0, length=60, b=0.75),
        Part.NAMES: PartWeight(weight=1.5, length=15, b=0.5),
        Part.TAGS: PartWeight(weight=0.4, length=60, b=0.5),
        Part.BODY: PartWeight(weight=1.0, length=100, b=0.75),
    },
)
