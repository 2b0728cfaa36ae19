"""The pages behind the links in our mails: an invitation, a new password, and the first start."""

from flask import Blueprint, redirect, render_template

from kb.domain.policies import EVERYONE, policy
from kb.domain.problems import Invalid
from kb.language.texts import gettext as _
from kb.runtime import running
from kb.services import invitations as inviting
from kb.services import limits, resetting
from kb.services.limits import Limit
from kb.services.links import Purpose
from kb.web import login
from kb.web.entering import Page, enter
from kb.web.forms import field, secret_field, told
from kb.web.speech import base

invitations = Blueprint("invitations", __name__)


@invitations.get("/uitnodiging/<token>")
@policy(EVERYONE)
def invitation(token: str) -> Page:
    return _choose_page(token, Purpose.INVITATION)


@invitations.post("/uitnodiging/<token>")
@policy(EVERYONE)
def accept(token: str) -> Page:
    return _choose(token, Purpose.INVITATION)


@invitations.post("/uitnodiging/<token>/opnieuw")
@policy(EVERYONE)
def renew(token: str) -> Page:
    _count()
    with running().work(writing=True, origin=login.origin()) as work:
        inviting.renew_invitation(work, token)
    return _sent_page()


@invitations.get("/wachtwoord-vergeten")
@policy(EVERYONE)
def forgotten() -> Page:
    return render_template("account/forgotten.html")


@invitations.post("/wachtwoord-vergeten")
@policy(EVERYONE)
def ask() -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        resetting.ask(work, field("email"), login.place())
    return redirect(f"{base()}/wachtwoord-vergeten/verstuurd", 303)


@invitations.get("/wachtwoord-vergeten/verstuurd")
@policy(EVERYONE)
def sent() -> Page:
    return _sent_page()


@invitations.get("/wachtwoord/<token>")
@policy(EVERYONE)
def new_password(token: str) -> Page:
    return _choose_page(token, Purpose.RESET)


@invitations.post("/wachtwoord/<token>")
@policy(EVERYONE)
def set_new_password(token: str) -> Page:
    return _choose(token, Purpose.RESET)


@invitations.get("/eerste-start/<token>")
@policy(EVERYONE)
def first_start(token: str) -> Page:
    with running().work() as work:
        inviting.welcome(work, token, Purpose.SET_UP)
    return render_template("account/first_start.html", errors=(), name="", email="")


@invitations.post("/eerste-start/<token>")
@policy(EVERYONE)
def set_up(token: str) -> Page:
    _count()
    name, email, password = field("naam"), field("email"), secret_field("wachtwoord")
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            begun = inviting.set_up(
                work, token, email=email, name=name, password=password, device=login.device()
            )
    except Invalid as invalid:
        page = render_template("account/first_start.html", errors=told(invalid), name=name, email=email)
        return page, 422
    return enter(begun)


def _choose_page(token: str, purpose: Purpose, errors: tuple[object, ...] = ()) -> str:
    with running().work() as work:
        welcome = inviting.welcome(work, token, purpose)
    template = "account/expired.html" if welcome.is_expired else "account/choose_password.html"
    return render_template(template, welcome=welcome, token=token, purpose=purpose, errors=errors)


def _choose(token: str, purpose: Purpose) -> Page:
    _count()
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            begun = inviting.accept(work, token, purpose, secret_field("wachtwoord"), device=login.device())
    except Invalid as invalid:
        return _choose_page(token, purpose, told(invalid)), 422
    return enter(begun)


def _sent_page() -> str:
    return render_template(
        "account/notice.html",
        heading=_("Look in your mailbox"),
        text=_("If there is an account for this address, a mail is on its way. Its link works for one hour."),
    )


def _count() -> None:
    """Guessing tokens is hopeless; trying for long costs hashes, so it is counted first."""
    with running().work(writing=True, origin=login.origin()) as work:
        limits.count(work, Limit.LINK_PLACE, login.place())
