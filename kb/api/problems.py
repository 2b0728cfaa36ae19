"""Problems as RFC 9457 documents, with all errors of a request at once and a page behind each type."""

import logging
import secrets
from typing import Any

from flask import Response, json, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from kb.api.addresses import api_address, page_address
from kb.api.keys import note_denial
from kb.api.parsing import IDEMPOTENCY
from kb.domain.problems import Conflict, Denied, FieldError, Invalid, Moved, NotFound, Problem, TooOften
from kb.language.texts import gettext as _
from kb.language.texts import ngettext
from kb.schemas.problem_kinds import kind_of

log = logging.getLogger(__name__)

STATUS: dict[type[Problem], int] = {NotFound: 404, Invalid: 400, Conflict: 409, Denied: 403, TooOften: 429}
# Where each kind of thing that can move lives.
HOMES = {"initiatief": "/initiatieven/", "organisatie": "/organisaties/", "aanpak": "/aanpakken/"}
# Headers of the library that say something to the client.
TELLING = ("Allow", "WWW-Authenticate", "Retry-After")


def answer_error(error: Exception) -> BaseResponse:
    """The answer to any error under the API: a document, or the way to where the thing lives now."""
    if isinstance(error, Moved):
        return redirect(api_address(f"{HOMES[error.kind]}{error.key}"), 301)
    if isinstance(error, Problem):
        return _of_problem(error)
    if isinstance(error, HTTPException):
        return _of_http(error)
    number = secrets.token_hex(4)
    log.exception("failed number=%s endpoint=%s", number, request.endpoint)
    return problem_document(500, _("Number of this failure: %(number)s", number=number))


def _of_problem(problem: Problem) -> Response:
    status = STATUS.get(type(problem), 400)
    if isinstance(problem, Invalid):
        n = len(problem.errors)
        detail = ngettext("%(n)s thing is not right.", "%(n)s things are not right.", n)
        return problem_document(status, detail, errors=[_error(error) for error in problem.errors])
    if isinstance(problem, Denied):
        note_denial(problem.reason)
        return problem_document(status, _(problem.reason))
    if isinstance(problem, TooOften):
        answer = problem_document(status, _("Try again in %(seconds)s seconds.", seconds=problem.seconds))
        answer.headers["Retry-After"] = str(problem.seconds)
        return answer
    return problem_document(status, _(kind_of(status).advice))


def _of_http(error: HTTPException) -> Response:
    status = error.code or 500
    answer = problem_document(status, _(kind_of(status).advice))
    for name, value in error.get_headers():
        if name in TELLING:
            answer.headers.add(name, value)
    return answer


def _error(error: FieldError) -> dict[str, str]:
    place = "query" if request.method in ("GET", "HEAD") else "body"
    if error.field == IDEMPOTENCY:
        place = "header"
    return {"in": place, "field": error.field, "detail": _(error.message, **error.values)}


def problem_document(status: int, detail: str, **more: Any) -> Response:
    """What is wrong, with the address of the page that explains this kind of problem."""
    kind = kind_of(status)
    document = {
        "type": page_address(f"/api/problemen/{kind.name}"),
        "title": _(kind.title),
        "status": status,
        "detail": detail,
        "instance": request.path,
        **more,
    }
    text = json.dumps(document, ensure_ascii=False, sort_keys=False)
    answer = Response(text + "\n", status=status, mimetype="application/problem+json")
    answer.headers["Cache-Control"] = "no-store"
    return answer
