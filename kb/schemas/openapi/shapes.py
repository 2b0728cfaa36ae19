"""From marshmallow schemas to JSON Schema: what the API tells, and more strictly what it takes in."""

from collections.abc import Iterable
from typing import Any, ClassVar

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema, fields

from kb.schemas.openapi.kinds import Shape, limits_of, type_of
from kb.schemas.openapi.names import NAMES
from kb.schemas.parts import Part
from kb.schemas.resources.base import Resource

OPENAPI = "3.1.0"
# What a search tells about its answer: "partial" where there was no time for all of it.
NOTICE: Shape = {
    "type": "object",
    "required": ["soort", "tekst"],
    "properties": {"soort": {"type": "string"}, "tekst": {"type": "string"}},
}
LINKS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["href"],
        "properties": {"href": {"type": "string", "format": "uri"}},
    },
}


def told(schemas: Iterable[type[Schema]]) -> Shape:
    """The shapes of what comes out, by name. Nothing is required: one may ask for some of the keys."""
    return _shapes(schemas, _Told)


def taken(schemas: Iterable[type[Schema]]) -> Shape:
    """The shapes of what may come in, by name: nothing that is not in them, null for what is not known."""
    return _shapes(schemas, _Taken)


def parameter_shape(field: fields.Field[Any]) -> Shape:
    """The shape of one parameter of a query."""
    _spec, plugin = _new(_Taken)
    assert plugin.converter is not None  # noqa: S101 - made with the spec
    shape: Shape = plugin.converter.field2property(field)
    return shape


class _Converter(OpenAPIConverter):
    """What both directions share. `suffix` keeps their names apart."""

    suffix: ClassVar[str]

    def schema2jsonschema(self, schema: Schema) -> Shape:
        shape: Shape = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call]
        if isinstance(schema, Resource) and schema.embeds is not None:
            embedded = self.schema2jsonschema(schema.embeds())["properties"]
            shape["properties"] = {**embedded, **shape["properties"]}
        return shape

    def field2property(self, field: fields.Field[Any]) -> Shape:
        shape = {**super().field2property(field), **type_of(field)}
        shape.pop("default", None)
        return shape


class _Told(_Converter):
    suffix = ""

    def schema2jsonschema(self, schema: Schema) -> Shape:
        shape = super().schema2jsonschema(schema)
        shape.pop("required", None)
        shape.pop("additionalProperties", None)
        if isinstance(schema, Resource):
            shape["properties"]["_links"] = LINKS
        return shape

    def field2property(self, field: fields.Field[Any]) -> Shape:
        shape = super().field2property(field)
        if field.allow_none and isinstance(shape.get("type"), str):
            shape["type"] = [shape["type"], "null"]
        return shape


class _Taken(_Converter):
    suffix = "Invoer"

    def schema2jsonschema(self, schema: Schema) -> Shape:
        return {**super().schema2jsonschema(schema), "additionalProperties": False}

    def field2property(self, field: fields.Field[Any]) -> Shape:
        limits = limits_of(field)
        shape = limits if "$ref" in limits else {**super().field2property(field), **limits}
        return _or_null(shape) if isinstance(field.parent, Part) and not field.required else shape


def _or_null(shape: Shape) -> Shape:
    if "$ref" in shape:
        return {"anyOf": [shape, {"type": "null"}]}
    more = {"enum": [*shape["enum"], None]} if "enum" in shape else {}
    return {**shape, "type": [shape["type"], "null"], **more}


def _shapes(schemas: Iterable[type[Schema]], converter: type[_Converter]) -> Shape:
    spec, _plugin = _new(converter)
    for schema in schemas:
        name = _name(schema, converter)
        if name not in spec.components.schemas:
            spec.components.schema(name, schema=schema)
    shapes: Shape = spec.to_dict()["components"]["schemas"]
    return shapes


def _new(converter: type[_Converter]) -> tuple[APISpec, MarshmallowPlugin]:
    plugin = MarshmallowPlugin(schema_name_resolver=lambda schema: _name(schema, converter))
    plugin.Converter = converter
    return APISpec("", "", OPENAPI, plugins=[plugin]), plugin


def _name(schema: type[Schema] | Schema, converter: type[_Converter]) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    called = kind.called if issubclass(kind, Resource) else NAMES[kind]
    return f"{called}{converter.suffix}"
