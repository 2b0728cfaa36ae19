"""The document of an initiative as tables: one row for each initiative, and a table for each list in it.

Read from the schema itself, so that a field which is added there is a column here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache

from marshmallow import fields

from kb.domain.content import Content
from kb.domain.terms import Scheme
from kb.schemas.choices import Choice, Code, Flag
from kb.schemas.content import ContentSchema
from kb.schemas.fields import Address, Day, Email, Slug, Text
from kb.schemas.numbers import Number, Share, Whole, Year
from kb.schemas.parts import Part, Several

INITIATIVES = "initiatieven"
# The tables of lists, in the order in which people look for them; a list of the schema that is not
# named here comes after them.
ORDER = ("metingen", "studies", "studies.effecten", "organisaties", "bronnen", "financiering", "beloften")


class Kind(Enum):
    """What stands in the cells of a column."""

    TEXT = "text"
    ADDRESS = "address"
    EMAIL = "email"
    SLUG = "slug"
    DAY = "day"
    CODE = "code"
    CHOICE = "choice"
    FLAG = "flag"
    SHARE = "share"
    YEAR = "year"
    WHOLE = "whole"
    NUMBER = "number"


# The nearest kind counts: a year is a whole number, an address is text.
KINDS: tuple[tuple[type[fields.Field], Kind], ...] = (  # type: ignore[type-arg]
    (Code, Kind.CODE),
    (Choice, Kind.CHOICE),
    (Flag, Kind.FLAG),
    (Share, Kind.SHARE),
    (Year, Kind.YEAR),
    (Whole, Kind.WHOLE),
    (Number, Kind.NUMBER),
    (Address, Kind.ADDRESS),
    (Email, Kind.EMAIL),
    (Slug, Kind.SLUG),
    (Day, Kind.DAY),
    (Text, Kind.TEXT),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One field: its path in the document of a row (`onderbouwing.probleem`), and what its cells hold.

    `part` and `name` are those of the domain. With `several` a cell holds a list.
    """

    path: str
    part: type
    name: str
    kind: Kind
    several: bool = False
    required: bool = False
    scheme: Scheme | None = None
    choices: type[StrEnum] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The initiatives themselves, or one list of theirs: `metingen`, or `studies.effecten` one deeper.

    `part` and `name` say which field of the domain holds the list.
    """

    key: str
    part: type
    name: str
    columns: tuple[Column, ...]

    def column(self, path: str) -> Column | None:
        return next((column for column in self.columns if column.path == path), None)


@cache
def tables() -> tuple[Table, ...]:
    """The initiatives first, then their lists."""
    schema = ContentSchema()
    lists = sorted(_lists(schema, ""), key=_place)
    return (Table(INITIATIVES, Content, "", tuple(_columns(schema, ""))), *lists)


def table(key: str) -> Table:
    return next(each for each in tables() if each.key == key)


def _lists(schema: Part, above: str) -> Iterator[Table]:
    for name, field in schema.fields.items():
        inner = _rows_of(field)
        if inner is None:
            continue
        key = f"{above}{field.data_key}"
        yield Table(key, schema.builds, _attribute(name, field), tuple(_columns(inner, "")))
        yield from _lists(inner, f"{key}.")


def _columns(schema: Part, above: str) -> Iterator[Column]:
    for name, field in schema.fields.items():
        path = f"{above}{field.data_key}"
        if isinstance(field, fields.Nested):
            yield from _columns(field.schema, f"{path}.")  # type: ignore[arg-type]
        elif _rows_of(field) is None:
            yield _column(schema.builds, _attribute(name, field), path, field)


def _column(part: type, name: str, path: str, field: fields.Field) -> Column:  # type: ignore[type-arg]
    one = field.inner if isinstance(field, Several) else field
    return Column(
        path=path,
        part=part,
        name=name,
        kind=next(kind for cls, kind in KINDS if isinstance(one, cls)),
        several=isinstance(field, Several),
        required=field.required,
        scheme=one.scheme if isinstance(one, Code) else None,
        choices=one.kinds if isinstance(one, Choice) else None,
    )


def _rows_of(field: fields.Field) -> Part | None:  # type: ignore[type-arg]
    """The schema of the rows where this field is a list of groups."""
    if isinstance(field, Several) and isinstance(field.inner, fields.Nested):
        return field.inner.schema  # type: ignore[return-value]
    return None


def _attribute(name: str, field: fields.Field) -> str:  # type: ignore[type-arg]
    return field.attribute or name


def _place(table: Table) -> int:
    return ORDER.index(table.key) if table.key in ORDER else len(ORDER)
