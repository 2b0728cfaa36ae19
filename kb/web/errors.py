"""Error pages in the look of the site: what happened and what to do, never how it went wrong inside."""

import logging
import secrets
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from kb.domain.problems import Conflict, Denied, Invalid, Moved, NotFound, Problem, TooOften
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.runtime import running
from kb.services import auditing
from kb.web import resuming
from kb.web.forms import patience
from kb.web.login import look_away, origin, visitor
from kb.web.speech import base

log = logging.getLogger(__name__)

STATUS: dict[type[Problem], int] = {NotFound: 404, Invalid: 400, Denied: 403, Conflict: 409, TooOften: 429}
# The address of each kind of thing that can move.
HOMES = {"initiatief": "/initiatieven/", "organisatie": "/organisaties/", "aanpak": "/aanpakken/"}

# Every address is spelled in small letters, but for the code of a region and the secret of a link.
CAPITALS_COUNT = frozenset({"regio", "begrip", "link"})

MAX_PATH = 300
USED_LINK = mark(
    "A link from a mail works once, and only the newest one. Did you use it already? Then log in. "
    "Otherwise ask for a new password, or ask whoever invited you for a new link."
)

# Per status: the heading, and what to do about it.
SENTENCES = {
    400: (
        mark("This question cannot be answered"),
        mark("Something in the address or the form is not right. Go back and try again."),
    ),
    403: (
        mark("You may not do this"),
        mark("Ask the person who gave you your account, or log in with another account."),
    ),
    404: (
        mark("This page does not exist"),
        mark(
            "The address may be wrong, or the page was taken away. Search for it, or start at the front page."
        ),
    ),
    405: (mark("This does not work like that"), mark("Go back to the page before and use the button there.")),
    409: (
        mark("Somebody else changed this just now"),
        mark("Go back, look at the newest version, and make your change again."),
    ),
    413: (mark("This is too large"), mark("Send less text or a smaller file at a time.")),
    429: (mark("That was too often"), mark("Wait a minute and try again.")),
    500: (
        mark("Something went wrong here"),
        mark("It is not your fault. Try again in a minute; if it stays, tell us the number below."),
    ),
    503: (mark("The site is busy or being worked on"), mark("Try again in a minute.")),
}


# Below here programs ask, and who answers them.
MACHINES, ANSWER, DOCUMENT = "/api/v1", "kb_machine_errors", "kb_problem_document"
Answer = Callable[[Exception], BaseResponse]
Document = Callable[[int, str], Response]
HTML, DOCUMENTS = "text/html", ("application/problem+json", "application/json")


def register(app: Flask) -> None:
    handlers: tuple[tuple[type[Exception], Callable[[Exception], Any]], ...] = (
        (Moved, _moved),
        (Denied, _denied),
        (TooOften, _too_often),
        (CSRFError, _stale_form),
        (Problem, _problem),
        (HTTPException, _http),
        (Exception, _unexpected),
    )
    for kind, page in handlers:
        app.register_error_handler(kind, _page_or_document(page))


def let_machines_answer(app: Flask, answer: Answer, document: Document) -> None:
    """Errors of addresses for programs become what `answer` makes of them, also where nothing is.

    A program that asks elsewhere gets the `document` of what the page would have said.
    """
    app.extensions[ANSWER] = answer
    app.extensions[DOCUMENT] = document


def _page_or_document(page: Callable[[Exception], Any]) -> Callable[[Exception], Any]:
    def handle(error: Exception) -> Any:
        is_machine = request.path == MACHINES or request.path.startswith(f"{MACHINES}/")
        answer = current_app.extensions.get(ANSWER) if is_machine else None
        return (answer or page)(error)

    return handle


def _moved(problem: Exception) -> BaseResponse:
    assert isinstance(problem, Moved)  # noqa: S101
    answer = redirect(f"{base()}{HOMES[problem.kind]}{problem.key}", 301)
    # A merge can be undone; then nobody's browser should still lead on.
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _denied(problem: Exception) -> Response:
    """Says why; what somebody with an account tried goes into the audit trail."""
    assert isinstance(problem, Denied)  # noqa: S101
    if visitor().is_known:
        with running().work(writing=True, origin=origin()) as work:
            auditing.note_denial(work, visitor(), f"{request.method} {request.path}", problem.reason)
    return _page(403, advice=_(problem.reason))


def _too_often(problem: Exception) -> Response:
    assert isinstance(problem, TooOften)  # noqa: S101
    page = _page(429, advice=patience(problem))
    page.headers["Retry-After"] = str(problem.seconds)
    return page


def _stale_form(_error: Exception) -> Response:
    """A form without our token: it stood open too long, was sent twice, or came from elsewhere."""
    text = resuming.give_back() if visitor().is_known else None
    if text:
        return Response(text, status=400, mimetype="text/html")
    advice = _("Go back, load the page again and send the form once more. Copy long text first.")
    return _page(400, heading=_("This form is not valid any more"), advice=advice)


def _problem(problem: Exception) -> BaseResponse:
    missed = isinstance(problem, NotFound) and problem.kind not in CAPITALS_COUNT
    meant = _meant_address() if missed else None
    if meant:
        return redirect(meant, 301)
    if isinstance(problem, NotFound) and problem.kind == "link":
        return _page(404, heading=_("This link does not work (any more)"), advice=_(USED_LINK))
    return _page(STATUS.get(type(problem), 400))  # type: ignore[arg-type]


def _http(error: Exception) -> BaseResponse | HTTPException:
    assert isinstance(error, HTTPException)  # noqa: S101
    if error.code is None or error.code < 400:
        return error
    meant = _meant_address() if error.code == 404 else None
    return redirect(meant, 301) if meant else _page(error.code)


def _meant_address() -> str | None:
    """The address without capitals and a slash at the end, where that is a page and this is none."""
    path = request.path.rstrip("/").lower()
    if path == request.path or request.method not in ("GET", "HEAD") or len(path) > MAX_PATH:
        return None
    if not _is_page(path):
        return None
    query = request.query_string.decode("ascii", "replace")
    return f"{request.script_root}{path}?{query}" if query else f"{request.script_root}{path}"


def _is_page(path: str) -> bool:
    return current_app.url_map.bind_to_environ(request.environ).test(path, "GET")


def _unexpected(_error: Exception) -> Response:
    number = secrets.token_hex(4)
    log.exception("failed number=%s endpoint=%s", number, request.endpoint)
    look_away()
    return _page(500, number)


def _page(status: int, number: str = "", *, heading: str = "", advice: str = "") -> Response:
    usual = SENTENCES.get(status, SENTENCES[400 if status < 500 else 500])
    advice = advice or _(usual[1])
    answer = _document(status, number, advice) if _asks_a_program() else None
    if answer is None:
        page = render_template(
            "public/error.html", status=status, heading=heading or _(usual[0]), advice=advice, number=number
        )
        answer = Response(page, status=status, mimetype=HTML)
    answer.vary.add("Accept")
    return answer


def _document(status: int, number: str, advice: str) -> Response | None:
    document: Document | None = current_app.extensions.get(DOCUMENT)
    detail = _("Number of this failure: %(number)s", number=number) if number else advice
    return document(status, detail) if document else None


def _asks_a_program() -> bool:
    """Whoever would rather have a document; below /api that is whoever does not ask for a page."""
    accepted = request.accept_mimetypes
    if request.path.startswith("/api/") and not any(kind == HTML for kind, _quality in accepted):
        return True
    return max(accepted[kind] for kind in DOCUMENTS) > accepted[HTML]
