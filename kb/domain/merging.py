"""Two initiatives that are one: field by field what stays, what comes along, and what is kept of both."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kb.domain.content import Content, Measurement


class Take(StrEnum):
    """What happens with one field; the value is what the form sends."""

    STAYS = "blijft"
    COMES = "komt-mee"
    BOTH = "allebei"


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field in which the two differ, what can be done with it, and what seems right."""

    field: str
    possible: tuple[Take, ...]
    usual: Take


def field_choices(stays: Content, goes: Content) -> tuple[FieldChoice, ...]:
    """The fields in which the one that goes says something that the other does not."""
    return tuple(_choices(stays, goes))


def merged(stays: Content, goes: Content, taken: Mapping[str, Take]) -> Content:
    """The one that stays with what was taken from the other; a field without a choice gets the usual one."""
    coming = _apart(goes, frozenset(study.key for study in stays.studies))
    changes: dict[str, Any] = {}
    for choice in field_choices(stays, goes):
        take = taken.get(choice.field, choice.usual)
        if take not in choice.possible or take is Take.STAYS:
            continue
        new = getattr(coming, choice.field)
        changes[choice.field] = _both(getattr(stays, choice.field), new) if take is Take.BOTH else new
    return _pointing_at_its_own_studies(replace(stays, **changes))


def under_one_name(content: Content, names: Mapping[str, str]) -> Content:
    """With its approaches under the names that stand; `names` leads from each second name to that one."""
    if not any(slug in names for slug in content.approaches):
        return content
    slugs = dict.fromkeys(names.get(slug, slug) for slug in content.approaches)
    return replace(content, approaches=tuple(slugs))


def _choices(stays: Content, goes: Content) -> Iterator[FieldChoice]:
    for field in dataclasses.fields(Content):
        here, there = getattr(stays, field.name), getattr(goes, field.name)
        if here == there or there == field.default:
            continue
        if isinstance(there, tuple):
            if set(there) - set(here):
                yield FieldChoice(field.name, (Take.STAYS, Take.BOTH, Take.COMES), Take.BOTH)
        else:
            usual = Take.COMES if here == field.default else Take.STAYS
            yield FieldChoice(field.name, (Take.STAYS, Take.COMES), usual)


def _both(here: tuple[Any, ...], there: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*here, *there)))


def _apart(goes: Content, taken: frozenset[str]) -> Content:
    """Studies of the two may carry one key: those that come along get another, with their figures."""
    own = {study.key for study in goes.studies}
    names = {key: _free(key, taken | (own - {key})) for key in own}
    return replace(
        goes,
        studies=tuple(replace(study, key=names[study.key]) for study in goes.studies),
        measurements=tuple(
            replace(measured, study=names.get(measured.study, measured.study))
            for measured in goes.measurements
        ),
    )


def _free(key: str, taken: frozenset[str]) -> str:
    number, found = 2, key
    while found in taken:
        found, number = f"{key}-{number}", number + 1
    return found


def _pointing_at_its_own_studies(content: Content) -> Content:
    """A figure may come along without its study."""
    keys = {study.key for study in content.studies}
    return replace(content, measurements=tuple(_loose(measured, keys) for measured in content.measurements))


def _loose(measured: Measurement, keys: set[str]) -> Measurement:
    return measured if not measured.study or measured.study in keys else replace(measured, study="")
