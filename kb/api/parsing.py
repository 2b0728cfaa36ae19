"""What came in with a request: the query by its schema, a JSON body, all errors at once."""

import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from flask import Request, request
from webargs.flaskparser import FlaskParser
from webargs.multidictproxy import MultiDictProxy
from werkzeug.exceptions import UnsupportedMediaType

from kb.domain.problems import FieldError, Invalid
from kb.domain.terms import Vocabulary
from kb.language.texts import mark
from kb.schemas.asking import FIELDS, Collection, read_keys, refuse_unknown, twice
from kb.schemas.choices import checking_against
from kb.schemas.complaints import field_errors
from kb.schemas.exact import read_json
from kb.schemas.resources.base import Resource
from kb.schemas.search import refuse_broken

JSON = "application/json"
IDEMPOTENCY = "Idempotency-Key"
KEY = re.compile(r"[\x21-\x7e]{1,200}")

First = TypeVar("First")
Second = TypeVar("Second")


class Parser(FlaskParser):
    """Every error becomes Invalid, and a parameter that can stand once may not stand twice."""

    def load_querystring(self, req: Request, schema: Any) -> Any:
        refuse_broken(req.query_string)
        found = MultiDictProxy(req.args, schema)
        repeated = [name for name in req.args if len(req.args.getlist(name)) > 1]
        if wrong := [name for name in repeated if name not in found.multiple_keys]:
            raise twice(wrong)
        return found

    def handle_error(self, error: Any, *_arguments: Any, **_options: Any) -> NoReturn:
        (messages,) = error.messages.values()
        raise Invalid(tuple(field_errors(messages))) from None


_parser = Parser()


def asked_of(collection: Collection, vocabulary: Vocabulary) -> dict[str, Any]:
    """The parameters of the collection; raises Invalid with everything that is wrong."""
    with checking_against(vocabulary):
        found: dict[str, Any] = _parser.parse(
            collection.parameters(), request, location="query", unknown=None
        )
    return found


def keys_of(kind: type[Resource]) -> tuple[str, ...]:
    """Which keys of one thing are asked for; raises Invalid for any other parameter."""
    refuse_parameters(besides=FIELDS)
    return read_keys(request.args.getlist(FIELDS), kind.keys())


def refuse_parameters(*, besides: str = "") -> None:
    """Raises Invalid where the address has parameters that nobody reads here."""
    refuse_unknown(name for name in request.args if name != besides)


def repeat_key() -> str:
    """The key under which a repeated request is done once; nothing when it was not given."""
    given = request.headers.get(IDEMPOTENCY)
    if given is not None and not KEY.fullmatch(given):
        raise Invalid((FieldError(IDEMPOTENCY, mark("Use 1 to 200 letters, digits and signs, no spaces.")),))
    return given or ""


def json_body() -> object:
    """The one JSON document in the body; raises Invalid, or 415 when it says that it is something else."""
    if request.mimetype not in ("", JSON):
        raise UnsupportedMediaType
    return read_json(request.get_data())


def both(first: Callable[[], First], second: Callable[[], Second]) -> tuple[First, Second]:
    """What both read; raises Invalid with the errors of the two together."""
    errors: tuple[FieldError, ...] = ()
    found: list[Any] = []
    for read in (first, second):
        try:
            found.append(read())
        except Invalid as invalid:
            errors += invalid.errors
    if errors:
        raise Invalid(errors)
    return found[0], found[1]
