"""Does anybody do this already? While somebody types, and with a choice about each that looks alike."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.content import Content
from kb.domain.policies import policy
from kb.domain.problems import Invalid
from kb.domain.rights import Right
from kb.domain.terms import Scheme
from kb.domain.workflow import Action
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.runtime import running
from kb.services import drafting, noticing
from kb.services.noticing import Choice
from kb.web import login
from kb.web.desk_forms import based_on
from kb.web.forms import field, told
from kb.web.speech import base

alike = Blueprint("alike", __name__)

Page = str | Response | tuple[str, int]
# What an address can carry of a text that is being typed.
LONGEST = 600
CHOICES = {
    Choice.SAME: mark("The same initiative: I ask to work on it too"),
    Choice.SAME_APPROACH: mark("The same approach in another place"),
    Choice.DIFFERENT: mark("Really different"),
}


@alike.get("/mijn/lijkt-op")
@policy(Right.DESK)
def typed() -> Page:
    """What looks alike to a few words; the script of the form asks this too."""
    words = {name: request.args.get(name, "")[:LONGEST] for name in ("titel", "samenvatting", "plaats")}
    with running().work(origin=login.origin()) as work:
        places = work.vocabulary.named(Scheme.REGION, words["plaats"].partition(" (")[0])
        content = Content(words["titel"], words["samenvatting"], regions=tuple(p.code for p in places[:1]))
        found = noticing.alike(work, login.visitor(), content) if words["titel"].strip() else ()
    return render_template("desk/alike_typed.html", found=found, title=words["titel"])


@alike.get("/mijn/initiatieven/<slug>/lijkt-op")
@policy(Action.INSPECT)
def show(slug: str) -> Page:
    return _page(slug)


@alike.post("/mijn/initiatieven/<slug>/lijkt-op")
@policy(Action.INSPECT)
def choose(slug: str) -> Page:
    other, words = field("ander"), field("keuze")
    if words not in set(Choice):
        return _page(slug), 422
    choice = Choice(words)
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            noticing.choose(work, login.visitor(), slug, other, choice, why=field("waarom"))
            if choice is Choice.SAME_APPROACH:
                draft = drafting.look(work, login.visitor(), slug)
                content = noticing.with_approaches_of(work, draft.content, other)
                drafting.edit(work, login.visitor(), slug, content, based_on=based_on())
    except Invalid as invalid:
        return _page(slug, invalid), 422
    return redirect(f"{base()}/mijn/initiatieven/{slug}/lijkt-op?gedaan=bewaard", 303)


def _page(slug: str, problem: Invalid | None = None) -> str:
    with running().work(origin=login.origin()) as work:
        draft = drafting.look(work, login.visitor(), slug)
        found = noticing.alike(work, login.visitor(), draft.content, initiative_id=draft.id)
    return render_template(
        "desk/alike.html",
        draft=draft,
        found=found,
        choices=[(choice.value, _(words)) for choice, words in CHOICES.items()],
        wrong=field("ander") if problem else "",
        errors=told(problem) if problem else (),
        done=_("Saved.") if request.args.get("gedaan") else "",
    )
