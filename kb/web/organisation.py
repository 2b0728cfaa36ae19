"""Logging in with the organisation's own log-in, by OpenID Connect."""

import hmac
from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, session
from werkzeug.wrappers import Response

from kb.domain.policies import EVERYONE, policy
from kb.domain.problems import Denied, NotFound, TooOften, Unreachable
from kb.language.texts import gettext as _
from kb.language.texts import language, mark, speaking
from kb.runtime import RETURN_PATH, running
from kb.services import limits, recognising
from kb.services.limits import Limit
from kb.services.recognising import Question
from kb.web import login
from kb.web.entering import Page, enter
from kb.web.forms import patience

if TYPE_CHECKING:
    from kb.services.provider import Provider

organisation = Blueprint("organisation", __name__)

ASKED = "oidc"
SILENT = mark("The log-in of your organisation does not answer. Try again, or use your password here.")
REFUSED = mark("You were not logged in at your organisation.")
STALE = mark("This log-in is not valid any more. Begin again.")
UNKNOWN = mark(
    "There is no account here for the mail address of your organisation. Ask an administrator to invite you."
)


@organisation.get("/inloggen/organisatie")
@policy(EVERYONE)
def ask() -> Page:
    """Sends the browser to the provider. A plain link: our policy lets no form lead to another site."""
    try:
        _count()
        address, question = _provider().ask()
    except (TooOften, Unreachable) as problem:
        return _stopped(_words(problem), 503)
    onward = login.own_path(request.args.get("next", ""))
    session[ASKED] = {**asdict(question), "onward": onward, "language": language()}
    return redirect(address, 303)


@organisation.get(RETURN_PATH)
@policy(EVERYONE)
def answer() -> Page:
    """Back from the provider, in the language that somebody left in."""
    asked = session.pop(ASKED, None) or {}
    with speaking(asked.pop("language", language())):
        onward = asked.pop("onward", "")
        if not asked or not hmac.compare_digest(
            request.args.get("state", "").encode(), asked["state"].encode()
        ):
            return _stopped(_(STALE), 400)
        if "code" not in request.args:
            return _stopped(_(REFUSED), 403)
        return _let_in(Question(**asked), onward)


def _let_in(question: Question, onward: str) -> Page:
    runtime = running()
    try:
        _count()
        identity = _provider().answer(question, code=request.args["code"], now=runtime.clock())
    except (TooOften, Unreachable, Denied) as problem:
        return _stopped(_words(problem), 503 if not isinstance(problem, Denied) else 403)
    with runtime.work(writing=True, origin=login.origin()) as work:
        begun = recognising.welcome(work, identity, device=login.device())
    return enter(begun, onward=onward) if begun else _stopped(_(UNKNOWN), 403)


def _given(name: str) -> bytes:
    return request.args.get(name, "").encode()


def _provider() -> "Provider":
    found = running().provider
    if found is None:
        raise NotFound("inloggen", "organisatie")
    return found


def _count() -> None:
    """Before anything is asked of the provider, so that nobody makes us bother it."""
    with running().work(writing=True, origin=login.origin()) as work:
        limits.count(work, Limit.LOG_IN_PLACE, login.place())


def _words(problem: TooOften | Unreachable | Denied) -> str:
    if isinstance(problem, TooOften):
        return patience(problem)
    return _(problem.reason) if isinstance(problem, Denied) else _(SILENT)


def _stopped(words: str, status: int) -> Page:
    page = render_template("account/log_in.html", next="", kept="", email="", errors=(), stopped=words)
    return Response(page, status=status, mimetype="text/html")
