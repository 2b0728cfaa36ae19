"""Documents in the import format: YAML, or the same in JSON."""

from typing import Any

from kb.domain.problems import Invalid
from kb.exchange.documents_out import COMPUTED
from kb.exchange.incoming import Incoming, Unusable
from kb.exchange.limits import ROWS
from kb.exchange.text_in import decoded
from kb.language.texts import mark as _
from kb.schemas.documents import Unreadable, parse_yaml
from kb.schemas.exact import read_json

DEEPEST = 12


def read_json_file(data: bytes) -> Incoming:
    """Raises Unusable where it is no JSON or no list of initiatives."""
    try:
        document = read_json(decoded(data)[0])
    except Invalid as invalid:
        error = invalid.errors[0]
        raise Unusable(error.message, **error.values) from None
    return _incoming(document)


def read_yaml_file(data: bytes) -> Incoming:
    try:
        return _incoming(parse_yaml(decoded(data)[0]))
    except Unreadable as error:
        message = _("The YAML cannot be read at line %(line)s: %(reason)s.")
        raise Unusable(message, line=error.line or 1, reason=error.reason) from None


def _incoming(document: Any) -> Incoming:
    if isinstance(document, dict) and isinstance(document.get("items"), list):
        document = document["items"]
    documents = [document] if isinstance(document, dict) and "titel" in document else document
    if not isinstance(documents, list):
        raise Unusable(_("This must be a list of initiatives."))
    if len(documents) > ROWS:
        raise Unusable(_("There are more than %(most)s initiatives. Send the file in parts."), most=ROWS)
    if any(_depth(each) > DEEPEST for each in documents):
        raise Unusable(_("This is nested too deeply."))
    return Incoming(documents=tuple(_without_computed(each) for each in documents), is_table=False)


def _without_computed(document: Any) -> Any:
    if not isinstance(document, dict):
        return document
    return {key: value for key, value in document.items() if key not in COMPUTED}


def _depth(value: Any) -> int:
    """How deep lists and groups stand in each other, counted without falling over."""
    deepest, layer = 0, [value]
    while layer and deepest <= DEEPEST:
        deepest += 1
        inner = []
        for each in layer:
            inner += list(each.values()) if isinstance(each, dict) else each if isinstance(each, list) else []
        layer = inner
    return deepest
