"""Two versions side by side, field by field, in words that a reader knows."""

import dataclasses
from collections.abc import Iterator, Mapping
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
from kb.domain.wording import Side, differing
from kb.language.fields import field_name, metric_name, yes_or_no
from kb.language.formats import number, percent, rough_day
from kb.language.labels import label
from kb.language.texts import language
from kb.services.work import Work
from kb.storage.approaches import approach_names
from kb.storage.lists import titles_of

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
SHARES = frozenset({"response"})
DAYS = frozenset({"collected", "baseline_date", "due_date", "locked_at"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that is not the same; each side is a list of lines, none where it is empty."""

    field: str
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both sides with the words marked that the other one does not have."""
        return differing(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Naming:
    """What people read for a code: of a vocabulary, of an approach, of another initiative."""

    vocabulary: Vocabulary
    approaches: Mapping[str, str]
    titles: Mapping[str, str]


def compare(work: Work, before: Content | None, after: Content) -> tuple[Difference, ...]:
    """The fields that differ, in the order of the page; against nothing, all that is filled in."""
    return tuple(_differences(before, after, _naming(work, before, after)))


def changed_fields(before: Content, after: Content) -> tuple[str, ...]:
    """The names, in the code, of the fields that are not the same."""
    names = (field.name for field in dataclasses.fields(Content))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _naming(work: Work, *contents: Content | None) -> Naming:
    known = [content for content in contents if content]
    slugs = {slug for each in known for slug in (each.parent, each.successor, *each.adopted_from) if slug}
    named = any(content.approaches for content in known)
    return Naming(
        vocabulary=work.vocabulary,
        approaches=approach_names(work.session) if named else {},
        titles=titles_of(work.session, slugs) if slugs else {},
    )


def _differences(before: Content | None, after: Content, naming: Naming) -> Iterator[Difference]:
    for field in dataclasses.fields(Content):
        old = getattr(before, field.name) if before else _nothing(field)
        new = getattr(after, field.name)
        if old != new:
            yield Difference(
                field.name,
                field_name(Content, field.name),
                tuple(_lines(Content, field.name, old, naming)),
                tuple(_lines(Content, field.name, new, naming)),
            )


def _nothing(field: dataclasses.Field[Any]) -> object:
    return "" if field.default is dataclasses.MISSING else field.default


def _lines(part: type, name: str, value: object, naming: Naming) -> Iterator[str]:
    if isinstance(value, tuple):
        for item in value:
            yield _item(part, name, item, naming)
    elif dataclasses.is_dataclass(value):
        words = _item(part, name, value, naming)
        if words:
            yield words
    elif value not in (None, ""):
        yield from str(_word(part, name, value, naming)).split("\n")


def _item(part: type, name: str, item: object, naming: Naming) -> str:
    """One row of a list in one line: what is filled in, each under its name."""
    if isinstance(item, FreeWord):
        return item.word
    if not dataclasses.is_dataclass(item) or isinstance(item, type):
        return _word(part, name, item, naming)
    kind = type(item)
    filled = []
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        if value == _nothing(field) or value is None:
            continue
        words = ", ".join(_lines(kind, field.name, value, naming))
        filled.append(f"{field_name(kind, field.name).rstrip('?')}: {words}")
    return "; ".join(filled)


def _word(part: type, name: str, value: object, naming: Naming) -> str:
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, Metric):
        return metric_name(value)
    if isinstance(value, Enum):
        return label(value)
    if scheme := SCHEMES.get((part, name)):
        return naming.vocabulary.label(scheme, str(value), language())
    if (part, name) == (Content, "approaches"):
        return naming.approaches.get(str(value), str(value))
    if part is Content and name in ("parent", "successor", "adopted_from"):
        return naming.titles.get(str(value), str(value))
    if name in SHARES and isinstance(value, float):
        return percent(value)
    if name in DAYS:
        return rough_day(str(value))
    if isinstance(value, int | float) and name not in YEARS:
        return number(value)
    return str(value)
