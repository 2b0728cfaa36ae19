"""The description of the API as people read it: by group, with an example to copy for everything."""

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from kb.language.texts import gettext as _
from kb.language.texts import ngettext

Document = Mapping[str, Any]
SHOWN_CHOICES = 8
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    place: str
    text: str
    kind: str
    required: bool


@dataclass(frozen=True, slots=True)
class Key:
    """One key of what comes back."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that can be asked. `link` is there when a browser can ask it too."""

    anchor: str
    method: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    keys: tuple[Key, ...]
    statuses: tuple[tuple[str, str], ...]
    example: str
    link: str
    scope: str


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    asked: tuple[Asked, ...]


def groups_of(document: Document) -> tuple[Group, ...]:
    asked: dict[str, list[Asked]] = {tag["name"]: [] for tag in document["tags"]}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            asked[operation["tags"][0]].append(_asked(document, path, method, operation))
    return tuple(Group(name, tuple(found)) for name, found in asked.items())


def _asked(document: Document, path: str, method: str, operation: Document) -> Asked:
    link = _address(document, path, operation)
    success = next(status for status in operation["responses"] if status.startswith("2"))
    return Asked(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        parameters=tuple(_parameters(document, operation)),
        keys=tuple(_keys(document, operation["responses"][success])),
        statuses=tuple((status, told["description"]) for status, told in operation["responses"].items()),
        example=_curl(method, link, operation),
        link=link if method == "get" and not operation.get("security") else "",
        scope=next(
            (scope for need in operation.get("security", ()) for scope in next(iter(need.values()))), ""
        ),
    )


def _address(document: Document, path: str, operation: Document) -> str:
    given = operation["parameters"]
    for parameter in given:
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(parameter.get("example", "...")))
    query = [(p["name"], str(p["example"])) for p in given if p["in"] == "query" and "example" in p]
    return f"{document['servers'][0]['url']}{path}" + (f"?{urlencode(query)}" if query else "")


def _curl(method: str, link: str, operation: Document) -> str:
    parts = ["curl", *([] if method == "get" else ["-X", method.upper()]), shlex.quote(link)]
    if operation.get("security"):
        parts += ["-H", '"Authorization: Bearer $SLEUTEL"']
    for parameter in operation["parameters"]:
        if parameter["in"] == "header" and "example" in parameter:
            parts += ["-H", shlex.quote(f"{parameter['name']}: {parameter['example']}")]
    body = operation.get("requestBody", {}).get("content", {}).get(JSON, {}).get("example")
    if body is not None:
        parts += ["-H", shlex.quote(f"Content-Type: {JSON}")]
        parts += ["-d", shlex.quote(json.dumps(body, ensure_ascii=False))]
    return " ".join([*parts, *_file(operation)])


def _file(operation: Document) -> list[str]:
    """How a file is sent, by the first kind that may come."""
    kinds = list(operation.get("requestBody", {}).get("content", {}))
    if not kinds or kinds[0] == JSON:
        return []
    return ["-H", shlex.quote(f"Content-Type: {kinds[0]}"), "--data-binary", "@initiatieven.csv"]


def _parameters(document: Document, operation: Document) -> Iterator[Parameter]:
    for each in operation["parameters"]:
        kind = _kind(document, each["schema"])
        yield Parameter(each["name"], each["in"], each["description"], kind, each["required"])
    body = operation.get("requestBody", {}).get("content", {}).get(JSON)
    if body and body["schema"]:
        shape = _resolved(document, body["schema"])
        for name, inner in shape.get("properties", {}).items():
            needed = name in shape.get("required", ())
            yield Parameter(name, "body", inner.get("description", ""), _kind(document, inner), needed)


def _keys(document: Document, response: Document) -> Iterator[Key]:
    content = next(iter(response.get("content", {}).values()), None)
    if content is None:
        return
    shape = _resolved(document, content["schema"])
    for name, inner in shape.get("properties", {}).items():
        yield Key(name, _kind(document, inner))
        if inner.get("type") == "array" and "$ref" in inner.get("items", {}):
            item = _resolved(document, inner["items"])
            yield from (
                Key(f"{name}[].{key}", _kind(document, deeper)) for key, deeper in item["properties"].items()
            )


def _resolved(document: Document, shape: Document) -> Document:
    if "$ref" in shape:
        found: Document = document["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        return found
    if "oneOf" in shape:
        return _resolved(document, shape["oneOf"][0])
    return shape


def _kind(document: Document, shape: Document) -> str:
    """The type in words that a programmer knows, with its choices or bounds."""
    if "anyOf" in shape:
        return " | ".join(_kind(document, each) for each in shape["anyOf"])
    if "$ref" in shape and "properties" in _resolved(document, shape):
        return str(shape["$ref"].rpartition("/")[2])
    shape = _resolved(document, shape)
    if "enum" in shape:
        return _choices([each for each in shape["enum"] if each is not None])
    if shape.get("type") == "array":
        return _("list of %(kind)s", kind=_kind(document, shape.get("items", {})))
    kinds = shape.get("type", "")
    words = " | ".join(kinds) if isinstance(kinds, list) else str(kinds)
    extra = [shape["format"]] if "format" in shape else []
    if "minimum" in shape and "maximum" in shape:
        extra.append(f"{shape['minimum']:g}–{shape['maximum']:g}")
    return f"{words} ({', '.join(extra)})" if extra else words


def _choices(values: list[Any]) -> str:
    shown = ", ".join(str(value) for value in values[:SHOWN_CHOICES])
    rest = len(values) - SHOWN_CHOICES
    return f"{shown} {ngettext('and %(n)s more', 'and %(n)s more', rest)}" if rest > 0 else shown
