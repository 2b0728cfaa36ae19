"""Frozen values as JSON and back, and the hash that names them."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeVar

from cattrs.preconf.json import make_converter

# Empty fields are left out, so a field added later does not change the hash of what was kept before.
_converter = make_converter(omit_if_default=True)

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
