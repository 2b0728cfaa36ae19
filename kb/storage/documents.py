"""Frozen values as JSON and back, and the hash that names them."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeVar

from cattrs.preconf.json import make_converter

from kb.domain.evidence import Answer, Step

# Empty fields are left out, so a field added later does not change the hash of what was kept before.
_converter = make_converter(omit_if_default=True)


def _step(document: Mapping[str, Any], _kind: type[Step]) -> Step:
    """An answer in a trace is text, number, yes or no, or a list of those; cattrs cannot tell which."""
    because = tuple((name, _answer(value)) for name, value in document["because"])
    return Step(document["rule"], document["held"], because)


def _answer(value: Any) -> Answer:
    return tuple(_answer(each) for each in value) if isinstance(value, list) else value


_converter.register_structure_hook(Step, _step)

Value = TypeVar("Value")


def to_document(value: object) -> dict[str, Any]:
    """The value as plain JSON types."""
    document: dict[str, Any] = _converter.unstructure(value)
    return document


def from_document(document: Mapping[str, Any], kind: type[Value]) -> Value:
    """The value that `to_document` wrote; raises a cattrs error for a document of another shape."""
    return _converter.structure(document, kind)


def hash_of(document: Mapping[str, Any]) -> str:
    """SHA-256 of the document in one canonical spelling, as 64 hex digits."""
    spelled = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()
