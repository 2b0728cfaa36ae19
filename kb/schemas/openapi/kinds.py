"""Our own kinds of fields as JSON Schema: the bare type, and what more is asked of what comes in."""

from collections.abc import Callable
from typing import Any

from marshmallow import fields

from kb.domain.terms import Scheme
from kb.schemas.asking import Count, Names, Word
from kb.schemas.choices import Choice, Code, Flag
from kb.schemas.fields import Address, Day, Email, Slug, Text
from kb.schemas.numbers import Number, Whole
from kb.schemas.openapi.patterns import ADDRESS, DAY, EMAIL, SLUG, text_pattern
from kb.schemas.parts import Several

Shape = dict[str, Any]
# For each kind what it is; the first that fits, so the special ones come before the general.
Table = tuple[tuple[type | tuple[type, ...], Callable[[Any], Shape]], ...]


def reference(name: str) -> Shape:
    return {"$ref": f"#/components/schemas/{name}"}


def code_name(scheme: Scheme) -> str:
    """What the description calls the list of codes of a scheme."""
    return f"{scheme.value.capitalize()}Code"


def type_of(field: fields.Field[Any]) -> Shape:
    """The library knows all other kinds."""
    return _first(TYPES, field)


def limits_of(field: fields.Field[Any]) -> Shape:
    return _first(LIMITS, field)


def _first(table: Table, field: fields.Field[Any]) -> Shape:
    return next((told(field) for kind, told in table if isinstance(field, kind)), {})


def _day(field: Day) -> Shape:
    return {"type": "string"} if field.moment else {"type": "string", "format": "date"}


def _text(field: Text) -> Shape:
    # The date of a source is as that gives it: 2025, 2025-03 or "spring 2025".
    return {"type": "string", **({"format": "datum-van-de-bron"} if field.name == "date" else {})}


TYPES: Table = (
    (Day, _day),
    (Text, _text),
    ((Whole, Count), lambda _field: {"type": "integer"}),
    (Number, lambda _field: {"type": "number"}),
    (Flag, lambda _field: {"type": "boolean"}),
    (Choice, lambda field: {"type": "string", "enum": [str(kind) for kind in field.kinds]}),
    (Word, lambda field: {"type": "string", "enum": list(field.options)}),
    (Names, lambda field: {"type": "array", "items": {"type": "string", "enum": list(field.options)}}),
)
LIMITS: Table = (
    (Code, lambda field: reference(code_name(field.scheme))),
    (Day, lambda field: {} if field.moment else {"pattern": DAY}),
    (Address, lambda field: {"pattern": ADDRESS, "maxLength": field.longest}),
    (Email, lambda field: {"pattern": EMAIL, "maxLength": field.longest}),
    (Slug, lambda field: {"pattern": SLUG, "maxLength": field.longest}),
    (Text, lambda field: {"pattern": text_pattern(field), "maxLength": field.longest}),
    ((Whole, Number), lambda field: {"minimum": field.low, "maximum": field.high}),
    (Count, lambda field: {"minimum": 1, "maximum": field.high}),
    (Names, lambda _field: {"minItems": 1}),
    (Several, lambda field: {"maxItems": field.most}),
)
