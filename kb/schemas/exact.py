"""Readers for documents of machines, where a number is a number and nothing is guessed.

A reader takes what came in and gives the value, or raises Refused with everything that is wrong in it.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from kb.domain.evidence import Interval
from kb.domain.problems import FieldError, Invalid, Problem
from kb.language.texts import mark as _
from kb.schemas.complaints import shown

DOCUMENT = "document"
LONGEST_NAME = 500
LARGEST_COUNT = 10**9
LARGEST_NUMBER = 1e12

T = TypeVar("T")
Reader = Callable[[object], T]


class Refused(Problem):
    """What is wrong, each with its path from here; `read_document` makes Invalid of it."""

    def __init__(self, *errors: FieldError) -> None:
        super().__init__(errors)
        self.errors = errors

    def under(self, name: str) -> tuple[FieldError, ...]:
        return tuple(
            FieldError(f"{name}.{error.field}".rstrip("."), error.message, error.values)
            for error in self.errors
        )


@dataclass(frozen=True, slots=True)
class Record:
    """The keys of a document: how each is read, and which may be absent or null."""

    needed: Mapping[str, Reader[Any]] = field(default_factory=dict)
    optional: Mapping[str, Reader[Any]] = field(default_factory=dict)

    def read(self, value: object) -> dict[str, Any]:
        """The values under their keys; what is absent or null is left out."""
        if not isinstance(value, dict):
            raise wrong(_("This must be a group of named fields."))
        errors = [_unknown(key, [*self.needed, *self.optional]) for key in value if not self._knows(key)]
        found: dict[str, Any] = {}
        for key, reader in {**self.needed, **self.optional}.items():
            try:
                if value.get(key) is not None:
                    found[key] = reader(value[key])
                elif key in self.needed:
                    raise wrong(_("Fill this in."))
            except Refused as refused:
                errors += refused.under(key)
        if errors:
            raise Refused(*errors)
        return found

    def _knows(self, key: str) -> bool:
        return key in self.needed or key in self.optional


def wrong(message: str, **values: object) -> Refused:
    return Refused(FieldError("", message, values))


def read_json(raw: bytes | str) -> object:
    """One JSON document without NaN, infinity or a key that occurs twice; raises Invalid."""
    try:
        return json.loads(raw, parse_constant=_no_constant, object_pairs_hook=_no_double)
    except Refused as refused:
        raise Invalid(refused.errors) from None
    except (ValueError, RecursionError):
        raise Invalid((FieldError(DOCUMENT, _("This is not one JSON document.")),)) from None


def read_document(reader: Reader[T], document: object) -> T:
    """The value in the whole document; raises Invalid with all that is wrong at once."""
    try:
        return reader(document)
    except Refused as refused:
        errors = (
            FieldError(error.field or DOCUMENT, error.message, error.values) for error in refused.errors
        )
        raise Invalid(tuple(errors)) from None


def yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise wrong(_("%(value)s is not true or false."), value=shown(value))
    return value


def name(value: object) -> str:
    if not isinstance(value, str):
        raise wrong(_("%(value)s is not text."), value=shown(value))
    if len(value) > LONGEST_NAME:
        raise wrong(_("At most %(longest)s characters; these are %(n)s."), n=len(value), longest=LONGEST_NAME)
    return value


def choice(kinds: type[StrEnum]) -> Reader[Any]:
    def read(value: object) -> StrEnum:
        if not isinstance(value, str) or value not in set(kinds):
            message = _("%(value)s is not one of: %(options)s.")
            raise wrong(message, value=shown(value), options=", ".join(kinds))
        return kinds(value)

    return read


def whole(low: int = 0, high: int = LARGEST_COUNT) -> Reader[int]:
    def read(value: object) -> int:
        number = _number(value)
        if isinstance(number, float) and not number.is_integer():
            raise wrong(_("%(value)s is not a whole number."), value=shown(value))
        return int(_between(number, low, high))

    return read


def number(low: float = -LARGEST_NUMBER, high: float = LARGEST_NUMBER) -> Reader[float]:
    return lambda value: float(_between(_number(value), low, high))


def interval(value: object) -> Interval:
    """Two numbers, the low end first."""
    ends = several(number(), most=2)(value)
    if len(ends) != 2:
        raise wrong(_("Give two numbers: the low end and the high end."))
    if ends[0] > ends[1]:
        raise wrong(_("The low end (%(low)s) lies above the high end (%(high)s)."), low=ends[0], high=ends[1])
    return Interval(*ends)


def several(reader: Reader[T], *, most: int, least: int = 0) -> Reader[tuple[T, ...]]:
    def read(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise wrong(_("This must be a list."))
        if len(value) > most:
            raise wrong(_("At most %(most)s; these are %(n)s."), most=most, n=len(value))
        if len(value) < least:
            raise wrong(_("At least %(least)s; these are %(n)s."), least=least, n=len(value))
        found: list[T] = []
        errors: list[FieldError] = []
        for index, item in enumerate(value):
            try:
                found.append(reader(item))
            except Refused as refused:
                errors += refused.under(str(index))
        if errors:
            raise Refused(*errors)
        return tuple(found)

    return read


def _number(value: object) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
        raise wrong(_("%(value)s is not a number."), value=shown(value))
    return value


def _is_finite(value: float) -> bool:
    # A whole number of 400 digits is finite, but no float.
    return isinstance(value, int) or math.isfinite(value)


def _between(value: float, low: float, high: float) -> float:
    if not low <= value <= high:
        message = _("%(value)s is not between %(low)s and %(high)s.")
        raise wrong(message, value=shown(value), low=f"{low:.15g}", high=f"{high:.15g}")
    return value


def _unknown(key: str, known: list[str]) -> FieldError:
    near = get_close_matches(key[:100], known, 1)
    if not near:
        return FieldError(shown(key), _("This field does not exist."))
    return FieldError(shown(key), _("This field does not exist; did you mean %(near)s?"), {"near": near[0]})


def _no_constant(value: str) -> object:
    raise Refused(FieldError(DOCUMENT, _("%(value)s is not a number."), {"value": value}))


def _no_double(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Refused(FieldError(shown(twice), _("This field occurs twice.")))
    return found
