"""The keys that somebody's programs use: made here, shown once, revoked here."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.policies import policy
from kb.domain.problems import Invalid
from kb.domain.rights import Right
from kb.domain.scopes import Scope
from kb.language import labels
from kb.language.texts import gettext as _
from kb.language.texts import ngettext
from kb.runtime import running
from kb.services import tokens
from kb.web import login
from kb.web.forms import field, told
from kb.web.speech import base

keys = Blueprint("keys", __name__)

Page = str | Response | tuple[str, int]


@keys.get("/mijn/sleutels")
@policy(Right.KEYS)
def own() -> Page:
    done = _("The key has been revoked.") if request.args.get("gedaan") else ""
    return _page(done=done)


@keys.post("/mijn/sleutels")
@policy(Right.KEYS)
def make() -> Page:
    """The answer to the form is the only page that ever shows the key."""
    days = field("dagen")
    scopes = [Scope(word) for word in request.form.getlist("rechten") if word in set(Scope)]
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            token = tokens.make(
                work,
                login.visitor(),
                name=field("naam"),
                scopes=scopes,
                days=int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0,
            )
    except Invalid as invalid:
        return _page(told(invalid), name=field("naam"), scopes=scopes, days=days), 422
    return _page(token=token)


@keys.post("/mijn/sleutels/<int:key_id>/intrekken")
@policy(Right.KEYS)
def revoke(key_id: int) -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        tokens.revoke(work, login.visitor(), key_id)
    return redirect(f"{base()}/mijn/sleutels?gedaan=ingetrokken", 303)


def _page(
    errors: tuple[object, ...] = (),
    *,
    token: str = "",
    done: str = "",
    name: str = "",
    scopes: tuple[Scope, ...] | list[Scope] = (Scope.LOOK,),
    days: str = "90",
) -> str:
    with running().work() as work:
        own_keys = tokens.own_keys(work, login.visitor())
    return render_template(
        "account/keys.html",
        keys=own_keys,
        token=token,
        done=done,
        errors=errors,
        name=name,
        scopes=scopes,
        days=days,
        rights=[(scope, labels.label(scope)) for scope in Scope],
        terms=[(str(n), ngettext("%(n)s day", "%(n)s days", n)) for n in tokens.DAYS],
    )
