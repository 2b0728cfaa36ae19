"""Logging in and out, and the second factor."""

import io
from functools import partial
from urllib.parse import urlencode

import segno
from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.policies import EVERYONE, HALFWAY, policy
from kb.domain.problems import FieldError, Invalid, TooOften
from kb.runtime import running
from kb.services import logging_in, second_factor, sessions
from kb.services.logging_in import Begun
from kb.services.sessions import Stage, Visit
from kb.web import login, resuming
from kb.web.forms import Waiting, field, secret_field, told, wait
from kb.web.speech import base

entering = Blueprint("entering", __name__)

Page = str | Response | tuple[str, int] | Waiting
WRONG = Invalid((FieldError("email", "The mail address or the password is not right."),))


@entering.get("/inloggen")
@policy(EVERYONE)
def log_in() -> Page:
    if login.visitor().is_known:
        return redirect(_home())
    return _log_in_page(next=login.own_path(request.args.get("next", "")))


@entering.post("/inloggen")
@policy(EVERYONE)
def try_log_in() -> Page:
    """Three pieces of work: counting first, then the slow comparison without a lock, then the session."""
    email, kept = field("email"), request.form.get("kept", "")
    runtime, origin = running(), login.origin()
    again = partial(_log_in_page, next=field("next"), kept=kept, email=email)
    try:
        with runtime.work(writing=True, origin=origin) as work:
            logging_in.count_try(work, email, login.place())
    except TooOften as problem:
        return wait(problem, "email", again)
    with runtime.work(origin=origin) as work:
        person_id = logging_in.recognise(work, email, secret_field("wachtwoord"))
    if person_id is None:
        with runtime.work(writing=True, origin=origin) as work:
            logging_in.note_failure(work, email)
        return again(told(WRONG)), 422
    with runtime.work(writing=True, origin=origin) as work:
        begun = logging_in.begin(work, person_id, device=login.device())
    return enter(begun, kept=kept, onward=field("next"))


@entering.post("/inloggen/verder")
@policy(EVERYONE)
def go_on() -> Page:
    """For whoever logged in in another tab: the text that this page kept meanwhile."""
    onward, kept = field("next"), request.form.get("kept", "")
    if not login.visitor().is_known:
        return _log_in_page(next=onward, kept=kept, lost=True)
    return _arrive(onward, kept)


@entering.post("/uitloggen")
@policy(EVERYONE)
def log_out() -> Response:
    token = login.token()
    if token:
        with running().work(writing=True, origin=login.origin()) as work:
            sessions.end(work, token)
    login.forget()
    return redirect(f"{base()}/", 303)


@entering.get("/tweede-factor")
@policy(HALFWAY)
def second_step() -> Page:
    visit = _visit()
    if visit.is_full:
        return redirect(_home())
    return _second_page(visit, onward=login.own_path(request.args.get("next", "")))


@entering.post("/tweede-factor")
@policy(HALFWAY)
def try_second_step() -> Page:
    visit, runtime, origin = _visit(), running(), login.origin()
    onward, kept = field("next"), request.form.get("kept", "")
    again = partial(_second_page, visit, onward=onward, kept=kept)
    try:
        with runtime.work(writing=True, origin=origin) as work:
            second_factor.count_try(work, visit)
        with runtime.work(writing=True, origin=origin) as work:
            codes = second_factor.go_on(work, visit, field("code"))
            fresh = second_factor.replace_session_token(work, login.token())
    except TooOften as problem:
        return wait(problem, "code", again)
    except Invalid as invalid:
        with runtime.work(writing=True, origin=origin) as work:
            second_factor.note_failure(work, visit)
        return again(told(invalid)), 422
    login.start(fresh)
    return _arrive(onward, kept, codes)


@entering.get("/tweede-factor/code.svg")
@policy(HALFWAY)
def qr_code() -> Response:
    """The secret as a picture for the telephone; only while it is being set up."""
    visit = _visit()
    with running().work() as work:
        address = second_factor.address_of(work, visit, second_factor.secret_of(work, visit))
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", scale=5, border=4, light="#fff")
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


def enter(begun: Begun, *, kept: str = "", onward: str = "") -> Page:
    """Gives the cookie, and leads to the next step of logging in."""
    login.start(begun.token)
    if begun.stage is Stage.FULL:
        return _arrive(onward, kept)
    if kept and begun.stage is Stage.CODE:
        return render_template("account/code.html", next=onward, kept=kept, errors=())
    return redirect(f"{base()}/tweede-factor" + (f"?{urlencode({'next': onward})}" if onward else ""), 303)


def _arrive(onward: str, kept: str, codes: tuple[str, ...] = ()) -> Page:
    """Back to where somebody wanted to be, with the text that was carried along."""
    fields = resuming.fields_of(kept) if kept else []
    action = login.own_path(onward, "POST") if fields else ""
    if codes:
        shown = {"codes": codes, "action": action, "fields": fields, "onward": _onward(onward)}
        return render_template("account/recovery_codes.html", **shown)
    if action:
        return resuming.resume_page(action, fields)
    return redirect(_onward(onward), 303)


def _onward(address: str) -> str:
    return login.own_path(address) or _home()


def _home() -> str:
    return f"{base()}{login.own_place()}"


def _log_in_page(errors: tuple[object, ...] = (), **shown: object) -> str:
    return render_template("account/log_in.html", **{"kept": "", "email": "", "errors": errors, **shown})


def _second_page(visit: Visit, errors: tuple[object, ...] = (), *, onward: str, kept: str = "") -> str:
    shown = {"next": onward, "kept": kept, "errors": errors}
    if visit.stage is not Stage.ENROL:
        return render_template("account/code.html", **shown)
    with running().work() as work:
        secret = second_factor.secret_of(work, visit)
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    return render_template("account/enrol.html", secret=" ".join(groups), **shown)


def _visit() -> Visit:
    found = login.visit()
    assert found is not None  # noqa: S101 - the policy of these addresses asks for one
    return found
