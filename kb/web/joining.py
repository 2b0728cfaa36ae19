"""Asking to work on an initiative of others, and the answer of whoever keeps it up."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.policies import policy
from kb.domain.rights import Right
from kb.domain.workflow import Action
from kb.runtime import running
from kb.services import joining, reading
from kb.web import login
from kb.web.forms import field
from kb.web.speech import base

joiners = Blueprint("joiners", __name__)

Page = str | Response | tuple[str, int]


@joiners.get("/mijn/initiatieven/<slug>/meewerken")
@policy(Right.DESK)
def show(slug: str) -> Page:
    """To the initiative itself for who can work on it; else the question."""
    with running().work(origin=login.origin()) as work:
        kept = reading.published(work, slug)
        if joining.may_work_on(work, login.visitor(), slug):
            return redirect(f"{base()}/mijn/initiatieven/{slug}/controleren", 302)
        has_asked = joining.has_asked(work, login.visitor(), slug)
    return render_template(
        "desk/join.html", slug=slug, title=kept.content.title, has_asked=has_asked, given=request.form
    )


@joiners.post("/mijn/initiatieven/<slug>/meewerken")
@policy(Action.ASK_TO_JOIN)
def ask(slug: str) -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        joining.ask(work, login.visitor(), slug, field("waarom"))
    return redirect(f"{base()}/mijn?gedaan=gevraagd", 303)


@joiners.post("/mijn/initiatieven/<slug>/meewerken/<int:person_id>")
@policy(Action.SHARE)
def answer(slug: str, person_id: int) -> Page:
    accepted = request.form.get("antwoord") == "ja"
    with running().work(writing=True, origin=login.origin()) as work:
        joining.answer(work, login.visitor(), slug, person_id, accepted=accepted)
    return redirect(f"{base()}/mijn?gedaan={'mag-meewerken' if accepted else 'mag-niet'}", 303)
