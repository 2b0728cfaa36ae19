"""Two versions side by side, field by field, in words that a reader knows."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from kb.domain.content import (
    Content,
    Effect,
    FreeWord,
    Measurement,
    Metric,
    Participation,
    PlannedMeasure,
    Study,
)
from kb.domain.terms import Scheme, Vocabulary
from kb.language.fields import field_name, metric_name, yes_or_no
from kb.language.formats import number
from kb.language.labels import label
from kb.language.texts import language

# The fields that hold codes, by part and name.
SCHEMES: dict[tuple[type, str], Scheme] = {
    (Content, "phase"): Scheme.PHASE,
    (Content, "regions"): Scheme.REGION,
    (Content, "recommendations"): Scheme.RECOMMENDATION,
    (Content, "levels"): Scheme.LEVEL,
    (Content, "routes"): Scheme.ROUTE,
    (Content, "instruments"): Scheme.INSTRUMENT,
    (Content, "sectors"): Scheme.SECTOR,
    (Content, "target_groups"): Scheme.TARGET_GROUP,
    (Content, "programmes"): Scheme.PROGRAMME,
    (Participation, "actor_type"): Scheme.ACTOR_TYPE,
    (Measurement, "indicator"): Scheme.INDICATOR,
    (PlannedMeasure, "indicator"): Scheme.INDICATOR,
    (Effect, "indicator"): Scheme.INDICATOR,
    (Study, "region"): Scheme.REGION,
    (Study, "level"): Scheme.LEVEL,
}
# A year is a number without a point in it.
YEARS = frozenset({"year", "price_level", "start_year", "end_year"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not the same; each side is a list of lines, none where it is empty."""

    field: str
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def gone(self) -> tuple[str, ...]:
        return tuple(line for line in self.before if line not in self.after)

    @property
    def fresh(self) -> tuple[str, ...]:
        return tuple(line for line in self.after if line not in self.before)


def compare(before: Content | None, after: Content, vocabulary: Vocabulary) -> tuple[Difference, ...]:
    """The fields that differ, in the order of the page; against nothing, all that is filled in."""
    return tuple(_differences(before, after, vocabulary))


def field_lines(content: Content | None, name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The value of one field as lines to read."""
    if content is None:
        return ()
    return tuple(_lines(Content, name, getattr(content, name), vocabulary))


def _differences(before: Content | None, after: Content, vocabulary: Vocabulary) -> Iterator[Difference]:
    for field in dataclasses.fields(Content):
        old = getattr(before, field.name) if before else _nothing(field)
        new = getattr(after, field.name)
        if old != new:
            yield Difference(
                field.name,
                field_name(Content, field.name),
                tuple(_lines(Content, field.name, old, vocabulary)),
                tuple(_lines(Content, field.name, new, vocabulary)),
            )


def _nothing(field: dataclasses.Field[Any]) -> object:
    return "" if field.default is dataclasses.MISSING else field.default


def _lines(part: type, name: str, value: object, vocabulary: Vocabulary) -> Iterator[str]:
    if isinstance(value, tuple):
        for item in value:
            yield _item(part, name, item, vocabulary)
    elif dataclasses.is_dataclass(value):
        words = _item(part, name, value, vocabulary)
        if words:
            yield words
    elif value not in (None, ""):
        yield from str(_word(part, name, value, vocabulary)).split("\n")


def _item(part: type, name: str, item: object, vocabulary: Vocabulary) -> str:
    """One row of a list in one line: what is filled in, each under its name."""
    if isinstance(item, FreeWord):
        return item.word
    if not dataclasses.is_dataclass(item) or isinstance(item, type):
        return _word(part, name, item, vocabulary)
    kind = type(item)
    filled = []
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        if value == _nothing(field) or value is None:
            continue
        words = ", ".join(_lines(kind, field.name, value, vocabulary))
        filled.append(f"{field_name(kind, field.name)}: {words}")
    return "; ".join(filled)


def _word(part: type, name: str, value: object, vocabulary: Vocabulary) -> str:
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, Metric):
        return metric_name(value)
    if isinstance(value, Enum):
        return label(value)
    if scheme := SCHEMES.get((part, name)):
        return vocabulary.label(scheme, str(value), language())
    if isinstance(value, int | float) and name not in YEARS:
        return number(value)
    return str(value)
