"""What all kinds of things in the API share: the same classes write the answers and describe them.

Attributes are those of the values that the services give, keys are Dutch. What is not known is null or an
empty list, so that a program always finds the key; only embedded documents leave out what is empty.
"""

from enum import StrEnum
from typing import Any, ClassVar

from marshmallow import Schema, fields, post_dump

from kb.schemas.parts import Part


class Resource(Schema):
    """One kind of thing; the description calls it `called`.

    `embeds` is a document of which all keys stand among those of the thing itself.
    """

    called: ClassVar[str]
    embeds: ClassVar[type[Part] | None] = None
    embedded: ClassVar[str] = ""

    @post_dump(pass_original=True)
    def embed(self, written: dict[str, Any], original: Any, **_kwargs: Any) -> dict[str, Any]:
        if self.embeds is None:
            return written
        document = _part(self.embeds).dump(self.get_attribute(original, self.embedded, None))
        return {**document, **written}

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """Every key that a thing of this kind can have, `_links` included."""
        own = tuple(field.data_key or name for name, field in cls().fields.items())
        embedded = _part(cls.embeds).fields.values() if cls.embeds else ()
        return (*own, *(str(field.data_key) for field in embedded), "_links")


def words(**options: Any) -> fields.String:
    """Text that may be unknown."""
    return _Words(allow_none=True, dump_default=None, **options)


def number(**options: Any) -> fields.Float:
    """A number that may be unknown."""
    return fields.Float(allow_none=True, dump_default=None, **options)


class _Words(fields.String):
    """Nothing is null, not an empty text."""

    def _serialize(self, value: Any, *arguments: Any, **options: Any) -> str | None:
        return super()._serialize(value or None, *arguments, **options)


def one_of(kinds: type[StrEnum] | tuple[str, ...], **options: Any) -> fields.String:
    return fields.String(metadata={"enum": [str(kind) for kind in kinds]}, **options)


def codes(key: str, **options: Any) -> fields.List[Any]:
    return fields.List(fields.String(), data_key=key, **options)


def count(key: str, **options: Any) -> fields.Integer:
    return fields.Integer(data_key=key, metadata={"minimum": 0}, **options)


class Moment(fields.DateTime):
    """A moment in UTC, written with a Z and in whole seconds."""

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str | None:
        return value.strftime("%Y-%m-%dT%H:%M:%SZ") if value else None


class Day(fields.Date):
    """A day; of a moment its date, of a word that is no day nothing."""

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str | None:
        return str(value)[:10] if value else None


def _part(kind: type[Part] | None) -> Part:
    assert kind is not None  # noqa: S101
    return _parts.setdefault(kind, kind())


_parts: dict[type[Part], Part] = {}
