"""The whole description: what can be asked, the shapes of what goes in and comes out, and the problems."""

from dataclasses import dataclass
from typing import Any

from apispec import APISpec

from kb.domain.terms import Scheme, Vocabulary
from kb.language.texts import gettext as _
from kb.schemas.content import ContentSchema
from kb.schemas.openapi import evidence
from kb.schemas.openapi.examples import initiative_examples
from kb.schemas.openapi.importing import IMPORTING
from kb.schemas.openapi.kinds import Shape, code_name, reference
from kb.schemas.openapi.operation import Operation
from kb.schemas.openapi.operations import OPERATIONS
from kb.schemas.openapi.parameters import Ground, in_header
from kb.schemas.openapi.shapes import LINKS, NOTICE, OPENAPI, taken, told
from kb.schemas.problem_kinds import kind_of
from kb.schemas.resources.imports import ImportResource
from kb.schemas.studies import MeasurementSchema

VERSION = "1.0.0"
JSON = "application/json"
SECURITY = "sleutel"
PROBLEM = "application/problem+json"
# A file is looked at after it came in, so anything may be in it.
FILE: Shape = {"schema": {}}
ALWAYS = (406, 429, 500)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Whose API it is: name of the portal, its public address, and a mail address."""

    name: str
    base_url: str
    email: str


def describe(publisher: Publisher, ground: Ground) -> dict[str, Any]:
    """The description in the language of the moment."""
    spec = APISpec(
        title=_("API of %(name)s", name=publisher.name),
        version=VERSION,
        openapi_version=OPENAPI,
        info=_info(publisher),
        servers=[{"url": f"{publisher.base_url}/api/v1"}],
        externalDocs={"url": f"{publisher.base_url}/api", "description": _("Documentation with examples")},
    )
    spec.components.security_scheme(SECURITY, {"type": "http", "scheme": "bearer"})
    for group in dict.fromkeys(operation.group for operation in OPERATIONS):
        spec.tag({"name": _(group)})
    for name, shape in _shapes(ground.vocabulary).items():
        spec.components.schema(name, shape)
    for name, header in _headers().items():
        spec.components.header(name, header)
    for path in dict.fromkeys(operation.path for operation in OPERATIONS):
        here = [operation for operation in OPERATIONS if operation.path == path]
        spec.path(path, operations={each.method: _operation(each, ground) for each in here})
    found: dict[str, Any] = spec.to_dict()
    return found


def _info(publisher: Publisher) -> Shape:
    return {
        "description": _(
            "Initiatives against the shortage of technicians in the Netherlands, with evidence that can be "
            "checked. Reading is open to everyone; the data are CC0."
        ),
        "contact": {"name": publisher.name, "url": f"{publisher.base_url}/over", "email": publisher.email},
        "license": {"name": "CC0 1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
    }


def _shapes(vocabulary: Vocabulary) -> Shape:
    kinds = [each.answer for each in OPERATIONS if isinstance(each.answer, type)]
    codes = {code_name(scheme): _codes(vocabulary, scheme) for scheme in Scheme}
    sent = taken([ContentSchema, MeasurementSchema])
    return {**told(kinds), **sent, **codes, **evidence.SHAPES, "Probleem": _problem()}


def _codes(vocabulary: Vocabulary, scheme: Scheme) -> Shape:
    return {"type": "string", "enum": [term.code for term in vocabulary.all(scheme)]}


def _problem() -> Shape:
    error = {
        "type": "object",
        "required": ["in", "field", "detail"],
        "properties": {
            "in": {"type": "string", "enum": ["query", "body", "header"]},
            "field": {"type": "string"},
            "detail": {"type": "string"},
        },
    }
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail", "instance"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "instance": {"type": "string"},
            "errors": {"type": "array", "items": error},
        },
    }


def _headers() -> Shape:
    text = {"type": "string"}
    return {
        "API-Version": {"description": _("The version of this API."), "schema": text},
        "ETag": {"description": _("Names these very bytes."), "schema": text},
        "Link": {"description": _("The pages around this one."), "schema": text},
        "Location": {"description": _("Where it is."), "schema": {"type": "string", "format": "uri"}},
        "Retry-After": {"description": _("Seconds to wait."), "schema": {"type": "integer", "minimum": 1}},
    }


def _operation(operation: Operation, ground: Ground) -> Shape:
    parameters = operation.parameters(ground)
    if operation.is_kept:
        text = _("The ETag of what you have already; when nothing changed the answer is 304 without a body.")
        parameters.append(in_header("If-None-Match", text))
    described: Shape = {
        "operationId": operation.name,
        "tags": [_(operation.group)],
        "summary": _(operation.summary),
        "parameters": parameters,
        "responses": _responses(operation),
    }
    if operation.scope is not None:
        described["security"] = [{SECURITY: [operation.scope.value]}]
    if operation.body:
        example = {**evidence.EXAMPLES, **initiative_examples(ground)}[operation.body]
        media = {"schema": reference(operation.body), "example": example}
        described["requestBody"] = {"required": True, "content": {JSON: media}}
    if operation.sends:
        described["requestBody"] = {"required": True, "content": dict.fromkeys(operation.sends, FILE)}
    return described


def _responses(operation: Operation) -> Shape:
    found = {str(operation.status): _success(operation)}
    if operation.is_kept:
        found["304"] = {"description": _("Nothing changed"), "headers": _header_refs("ETag")}
    for status in (*operation.problems, *ALWAYS):
        found[str(status)] = _moved() if status == 301 else _failure(status)
    return dict(sorted(found.items()))


def _success(operation: Operation) -> Shape:
    names: tuple[str, ...] = ("ETag",) if operation.tells_etag else ()
    names += ("Link",) if operation.is_paged else ()
    names += ("Location",) if operation.status == 201 else ()
    return {
        "description": _("Done"),
        **({"links": steps} if (steps := _next_steps(operation)) else {}),
        "headers": _header_refs(*names),
        "content": {
            JSON: {"schema": _answer_shape(operation)},
            **{media_type: {"schema": {"type": "string"}} for media_type in operation.files},
        },
    }


def _next_steps(operation: Operation) -> Shape:
    """What can be done with the version, or the import, that came back."""
    if operation.answer is ImportResource:
        key = {"sleutel": "$response.body#/sleutel"}
        return {
            each.name: {"operationId": each.name, "parameters": key}
            for each in IMPORTING
            if "{sleutel}" in each.path
        }
    if not operation.is_version:
        return {}
    given = {"slug": "$response.body#/slug", "header.If-Match": "$response.header.ETag"}
    changes = [each for each in OPERATIONS if each.scope is not None and "{slug}" in each.path]
    return {
        each.name: {
            "operationId": each.name,
            "parameters": {"slug": given["slug"]} if each.is_kept else given,
        }
        for each in changes
    }


def _answer_shape(operation: Operation) -> Shape:
    answer = operation.answer
    assert answer is not None  # noqa: S101
    one = reference(answer.called if isinstance(answer, type) else answer)
    if not operation.items:
        return one
    properties: Shape = {operation.items: {"type": "array", "items": one}, "_links": LINKS}
    if operation.is_paged:
        whole = {"type": "integer", "minimum": 0}
        properties |= dict.fromkeys(("totaal", "pagina", "perPagina"), whole)
    if "facetten" in operation.extra:
        counts = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
        properties["facetten"] = {"type": "object", "additionalProperties": counts}
    if "meldingen" in operation.extra:
        properties["meldingen"] = {"type": "array", "items": NOTICE}
    return {"type": "object", "required": sorted(properties), "properties": properties}


def _moved() -> Shape:
    return {"description": _("It has another address now"), "headers": _header_refs("Location")}


def _failure(status: int) -> Shape:
    names = ("Retry-After",) if status == 429 else ()
    return {
        "description": _(kind_of(status).title),
        "headers": _header_refs(*names),
        "content": {PROBLEM: {"schema": reference("Probleem")}},
    }


def _header_refs(*names: str) -> Shape:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in ("API-Version", *names)}
