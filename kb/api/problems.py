"""Problems as RFC 9457 documents, with all errors of a request at once."""

from typing import Any

from flask import Blueprint, Response, json, request
from werkzeug.exceptions import HTTPException

from kb.domain.problems import Conflict, Denied, Invalid, NotFound, Problem
from kb.language.texts import gettext as _

STATUS: dict[type[Problem], tuple[int, str, str]] = {
    NotFound: (404, "niet-gevonden", "Not found"),
    Invalid: (400, "ongeldig", "The request does not fit"),
    Conflict: (409, "conflict", "Changed in the meantime"),
    Denied: (403, "geen-toegang", "Not allowed"),
}


def register_problems(blueprint: Blueprint) -> None:
    """Every problem under this blueprint becomes a problem document."""
    blueprint.register_error_handler(Problem, problem_document)
    blueprint.register_error_handler(HTTPException, http_document)


def problem_document(problem: Problem) -> Response:
    status, name, title = STATUS.get(type(problem), (400, "probleem", "Problem"))
    document: dict[str, Any] = {"title": _(title)}
    if isinstance(problem, Invalid):
        document["errors"] = [
            {"field": error.field, "message": _(error.message, **error.values)} for error in problem.errors
        ]
    return _document(status, name, document)


def http_document(error: HTTPException) -> Response:
    return _document(error.code or 500, "http", {"title": error.name, "detail": error.description or ""})


def _document(status: int, name: str, rest: dict[str, Any]) -> Response:
    document = {
        "type": f"{request.host_url}api/problemen/{name}" if name != "http" else "about:blank",
        "status": status,
        "instance": request.path,
        **rest,
    }
    text = json.dumps(document, ensure_ascii=False)
    return Response(text + "\n", status=status, mimetype="application/problem+json")
