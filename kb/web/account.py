"""One's own account: the password, recovery codes, and the devices that are logged in."""

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from kb.domain.policies import policy
from kb.domain.problems import Invalid
from kb.domain.rights import Right
from kb.language.devices import device_name
from kb.language.texts import gettext as _
from kb.runtime import running
from kb.services import accounts, second_factor, sessions
from kb.services.sessions import Visit
from kb.web import login
from kb.web.forms import field, secret_field, told
from kb.web.speech import base

account = Blueprint("account", __name__)

Page = str | Response | tuple[str, int]


@account.get("/mijn/account")
@policy(Right.OWN_ACCOUNT)
def own() -> Page:
    return _page()


@account.post("/mijn/account")
@policy(Right.OWN_ACCOUNT)
def change_password() -> Page:
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            accounts.change_password(
                work, login.visitor(), _visit(), old=secret_field("huidig"), new=secret_field("wachtwoord")
            )
    except Invalid as invalid:
        return _page(told(invalid)), 422
    return _page(done=_("Your password has been changed. Your other devices have been logged out."))


@account.get("/herstelcodes")
@policy(Right.OWN_ACCOUNT)
def recovery_codes() -> Page:
    return _codes_page()


@account.post("/herstelcodes")
@policy(Right.OWN_ACCOUNT)
def renew_recovery_codes() -> Page:
    person = login.visitor()
    with running().work(writing=True, origin=login.origin()) as work:
        second_factor.count_try(work, _visit())
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            codes = second_factor.renew_recovery_codes(work, person, field("code"))
    except Invalid as invalid:
        return _codes_page(told(invalid)), 422
    return render_template("account/recovery_codes.html", codes=codes, onward=f"{base()}/mijn/account")


@account.get("/mijn/sessies")
@policy(Right.OWN_ACCOUNT)
def own_sessions() -> Page:
    with running().work() as work:
        found = sessions.own_sessions(work, login.visitor(), _visit())
    return render_template("account/sessions.html", sessions=found, device_name=device_name)


@account.post("/mijn/sessies/<int:session_id>/beeindigen")
@policy(Right.OWN_ACCOUNT)
def end_session(session_id: int) -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        sessions.end_own(work, login.visitor(), session_id)
    return redirect(f"{base()}/mijn/sessies", 303)


@account.post("/mijn/sessies/andere-beeindigen")
@policy(Right.OWN_ACCOUNT)
def end_other_sessions() -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        sessions.end_others(work, login.visitor(), _visit())
    return redirect(f"{base()}/mijn/sessies", 303)


def _page(errors: tuple[object, ...] = (), *, done: str = "") -> str:
    with running().work() as work:
        shown = accounts.own_account(work, login.visitor())
        left = second_factor.codes_left(work, login.visitor())
    return render_template("account/own.html", account=shown, codes_left=left, errors=errors, done=done)


def _codes_page(errors: tuple[object, ...] = ()) -> str:
    with running().work() as work:
        left = second_factor.codes_left(work, login.visitor())
    return render_template("account/renew_codes.html", codes_left=left, errors=errors)


def _visit() -> Visit:
    found = login.visit()
    assert found is not None  # noqa: S101 - the policy of these addresses asks for one
    return found
