"""Every version of an initiative for colleagues: the list, one of them, any two side by side."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.policies import policy
from kb.domain.workflow import Action
from kb.runtime import running
from kb.services import drafting, history
from kb.services.comparing import compare
from kb.web import login
from kb.web.desk_forms import CHECK, based_on, number_in
from kb.web.speech import base

version_pages = Blueprint("versions", __name__)

Page = str | Response | tuple[str, int]


@version_pages.get("/mijn/initiatieven/<slug>/geschiedenis")
@policy(Action.INSPECT)
def listed(slug: str) -> Page:
    with running().work(origin=login.origin()) as work:
        draft = drafting.look(work, login.visitor(), slug)
        found = history.versions(work, login.visitor(), slug)
    return render_template("desk/history.html", draft=draft, versions=found)


@version_pages.get("/mijn/initiatieven/<slug>/geschiedenis/<int:number>")
@policy(Action.INSPECT)
def one(slug: str, number: int) -> Page:
    """All that was in it, and what it changed."""
    with running().work(origin=login.origin()) as work:
        draft = drafting.look(work, login.visitor(), slug)
        step = history.version(work, login.visitor(), slug, number)
        whole = compare(work, None, step.content)
    return render_template("desk/version.html", draft=draft, step=step, whole=whole)


@version_pages.get("/mijn/initiatieven/<slug>/geschiedenis/vergelijk")
@policy(Action.INSPECT)
def side_by_side(slug: str) -> Page:
    """Any two; without a choice the newest with the one before it."""
    with running().work(origin=login.origin()) as work:
        draft = drafting.look(work, login.visitor(), slug)
        found = history.versions(work, login.visitor(), slug)
        newer = number_in(request.args.get("met", "")) or draft.number
        older = number_in(request.args.get("van", "")) or max(newer - 1, 1)
        step = history.version(work, login.visitor(), slug, newer, against=older)
    return render_template("desk/compare.html", draft=draft, versions=found, step=step, older=older)


@version_pages.post("/mijn/initiatieven/<slug>/geschiedenis/<int:number>")
@policy(Action.EDIT)
def restore(slug: str, number: int) -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        history.restore(work, login.visitor(), slug, number, based_on=based_on())
    return redirect(f"{base()}/mijn/initiatieven/{slug}/{CHECK}", 303)
