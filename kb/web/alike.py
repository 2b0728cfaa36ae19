"""Does anybody do this already? While somebody types, and with a choice about each that looks alike."""

from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.content import Content
from kb.domain.policies import policy
from kb.domain.problems import Conflict, FieldError, Invalid
from kb.domain.rights import Right
from kb.domain.terms import Scheme
from kb.domain.workflow import Action
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.runtime import running
from kb.services import choosing, drafting, noticing, places
from kb.services.choosing import Choice
from kb.web import login
from kb.web.desk_forms import based_on
from kb.web.forms import field, told
from kb.web.speech import base

alike = Blueprint("alike", __name__)

Page = str | Response | tuple[str, int]
# What an address can carry of a text that is being typed.
LONGEST = 600
CHOICES = {
    Choice.SAME: mark("The same initiative: I want to work on that one"),
    Choice.SAME_APPROACH: mark("The same approach in another place"),
    Choice.DIFFERENT: mark("Really different"),
}


DONE = {Choice.SAME: "gevraagd", Choice.SAME_APPROACH: "gekoppeld", Choice.DIFFERENT: "bewaard"}
SAID = {
    "bewaard": mark("Saved."),
    "gevraagd": mark("Saved. Whoever keeps it up got your question; you get a mail with the answer."),
    "gekoppeld": mark("Saved. Both carry this approach as soon as a reviewer has published yours."),
}
UNCHOSEN = mark("Say how yours relates to it.")
STALE = mark("Somebody else changed your initiative just now. Look at it again and choose once more.")


@alike.get("/mijn/lijkt-op")
@policy(Right.DESK)
def typed() -> Page:
    """What looks alike to a few words; the script of the form asks this too."""
    asked = ("titel", "samenvatting", "plaats", "website", "organisatie")
    words = {name: request.args.get(name, "")[:LONGEST] for name in asked}
    with running().work(origin=login.origin()) as work:
        regions = work.vocabulary.named(Scheme.REGION, words["plaats"].partition(" (")[0])
        content = Content(
            words["titel"],
            words["samenvatting"],
            url=words["website"],
            regions=tuple(region.code for region in regions[:1]),
        )
        own = drafting.id_of(work, login.visitor(), request.args.get("van", ""))
        is_asked = words["titel"].strip() or words["website"].strip()
        found = noticing.alike(work, login.visitor(), content, initiative_id=own) if is_asked else ()
    # What was typed goes along, so that nobody types it twice.
    start = urlencode({name: said for name, said in words.items() if said and name != "samenvatting"})
    return render_template("desk/alike_typed.html", found=found, title=words["titel"], start=start)


@alike.get("/mijn/initiatieven/<slug>/lijkt-op")
@policy(Action.INSPECT)
def show(slug: str) -> Page:
    return _page(slug)


@alike.post("/mijn/initiatieven/<slug>/lijkt-op")
@policy(Action.INSPECT)
def choose(slug: str) -> Page:
    other, words = field("ander"), field("keuze")
    if words not in set(Choice):
        return _page(slug, Invalid((FieldError("keuze", UNCHOSEN),))), 422
    choice = Choice(words)
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            choosing.choose(work, login.visitor(), slug, other, choice, why=field("waarom"))
            if choice is Choice.SAME_APPROACH:
                draft = drafting.look(work, login.visitor(), slug)
                content = choosing.with_the_approach_of(work, draft.content, other, field("aanpak"))
                drafting.edit(work, login.visitor(), slug, content, based_on=based_on())
    except Invalid as invalid:
        return _page(slug, invalid), 422
    except Conflict:
        return _page(slug, Invalid((FieldError("waarom", STALE),))), 409
    return redirect(f"{base()}/mijn/initiatieven/{slug}/lijkt-op?gedaan={DONE[choice]}", 303)


def _page(slug: str, problem: Invalid | None = None) -> str:
    with running().work(origin=login.origin()) as work:
        draft = drafting.look(work, login.visitor(), slug)
        found = noticing.alike(work, login.visitor(), draft.content, initiative_id=draft.id)
        words = SAID.get(request.args.get("gedaan", ""))
        names = sorted(set(places.approach_names(work).values()))
    return render_template(
        "desk/alike.html",
        draft=draft,
        found=found,
        choices=[(choice.value, _(words)) for choice, words in CHOICES.items()],
        wrong=field("ander") if problem else "",
        errors=told(problem) if problem else (),
        said=request.form,
        approaches=names,
        own_approaches=draft.content.approaches,
        done=_(words) if words else "",
    )
