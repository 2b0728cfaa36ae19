"""The desk of a coordinator: what there is to do, starting an initiative, and what happens to one."""

from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.content import Content
from kb.domain.permissions import may
from kb.domain.policies import policy
from kb.domain.problems import Conflict, Invalid
from kb.domain.rights import Right
from kb.domain.workflow import Action
from kb.language.fields import field_name
from kb.language.measuring_together import reach_sentences, sight_sentences
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.runtime import running
from kb.schemas.form import SECTIONS
from kb.schemas.starts import read_start
from kb.services import drafting, joining, measuring_together, noticing, tending
from kb.services.comparing import compare
from kb.web import login
from kb.web.desk_forms import CHECK, based_on, lacks, stages
from kb.web.forms import LONGEST_FIELD, Told, field, told
from kb.web.outlook import foreseen
from kb.web.speech import base

desk = Blueprint("desk", __name__)

Page = str | Response | tuple[str, int]
START_FIELDS = ("titel", "plaats", "organisatie", "website")
CHANGED = mark("Somebody saved a newer version meanwhile. This is it: look at it, then submit once more.")
# What was just done, by the word in the address that tells it.
DONE = {
    "bewaard": mark("Saved."),
    "ingediend": mark("Submitted. A reviewer looks at it; you get it back or it becomes public."),
    "overgenomen": mark("Your draft is there. The remarks tell what you still have to arrange or find out."),
    "gevraagd": mark("Asked. You get a mail with the answer."),
    "mag-meewerken": mark("Thank you. Your colleague can work on it now and gets a mail."),
    "mag-niet": mark("Thank you. Your colleague gets a mail."),
    "bevestigd": mark("Thank you. The public sees that it was confirmed today."),
}


@desk.get("/mijn")
@policy(Right.DESK)
def own() -> Page:
    with running().work(origin=login.origin()) as work:
        found = tending.desk(work, login.visitor())
        asked = joining.waiting(work, login.visitor())
        invited = measuring_together.invitations(work, login.visitor(), found.tended)
    return render_template(
        "desk/own.html",
        desk=found,
        asked=asked,
        given={},
        errors=(),
        invited=[(one, [*reach_sentences(one.shared), *sight_sentences(one.shared)]) for one in invited],
        done=_done(),
    )


@desk.get("/mijn/initiatieven/nieuw")
@policy(Action.CREATE)
def new() -> Page:
    given = {name: request.args.get(name, "")[:LONGEST_FIELD] for name in START_FIELDS}
    return render_template("desk/new.html", given=given, errors=())


@desk.post("/mijn/initiatieven/nieuw")
@policy(Action.CREATE)
def start() -> Page:
    given = {name: field(name) for name in START_FIELDS}
    if field("actie") == "lijkt-op":
        # Sent first and then asked: a form sent by GET would put its token in the address.
        return redirect(f"{base()}/mijn/lijkt-op?{urlencode(given)}", 303)
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            draft = drafting.start(work, login.visitor(), read_start(given, work.vocabulary))
    except Invalid as invalid:
        return render_template("desk/new.html", given=given, errors=told(invalid)), 422
    return redirect(f"{_home(draft.slug)}/{SECTIONS[0].slug}?gedaan=begonnen", 303)


@desk.get("/mijn/initiatieven/<slug>")
@policy(Action.INSPECT)
def initiative(slug: str) -> Page:
    return redirect(f"{_home(slug)}/{CHECK}", 302)


@desk.get(f"/mijn/initiatieven/<slug>/{CHECK}")
@policy(Action.INSPECT)
def check(slug: str) -> Page:
    return _check_page(slug)


@desk.post("/mijn/initiatieven/<slug>/indienen")
@policy(Action.SUBMIT)
def submit(slug: str) -> Page:
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            drafting.submit(work, login.visitor(), slug, based_on=based_on())
    except Invalid as invalid:
        return _check_page(slug, invalid), 422
    except Conflict:
        return _check_page(slug, errors=(Told("ingevuld", _(CHANGED)),)), 409
    return redirect(f"{base()}/mijn?gedaan=ingediend", 303)


@desk.post("/mijn/initiatieven/<slug>/terugnemen")
@policy(Action.TAKE_BACK)
def take_back(slug: str) -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        drafting.take_back(work, login.visitor(), slug)
    return redirect(f"{_home(slug)}/{CHECK}", 303)


@desk.post("/mijn/initiatieven/<slug>/weggooien")
@policy(Action.DISCARD)
def discard(slug: str) -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        drafting.discard(work, login.visitor(), slug)
    return redirect(f"{base()}/mijn", 303)


@desk.post("/mijn/initiatieven/<slug>/bevestigen")
@policy(Action.CONFIRM)
def confirm(slug: str) -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        tending.confirm(work, login.visitor(), slug)
    return redirect(f"{base()}/mijn?gedaan=bevestigd", 303)


def _check_page(slug: str, problem: Invalid | None = None, errors: tuple[Told, ...] = ()) -> str:
    """Everything that is filled in, what is missing, and the verdict as it would become."""
    with running().work(origin=login.origin()) as work:
        draft = drafting.look(work, login.visitor(), slug)
        outlook = foreseen(work, draft.content)
        filled = compare(work, None, draft.content)
        near = noticing.alike(work, login.visitor(), draft.content, initiative_id=draft.id)
    # Who only looks, is not asked how it differs.
    is_mine = bool(may(login.visitor(), Action.EDIT, draft.standing))
    return render_template(
        "desk/check.html",
        draft=draft,
        stages=stages(draft, CHECK),
        foreseen=outlook,
        filled=filled,
        open_questions=[one for one in near if not one.choice] if is_mine else [],
        field_name=partial(field_name, Content),
        lacks=lacks(problem) if problem else (),
        errors=errors,
        done=_done(),
    )


def _done() -> str:
    words = DONE.get(request.args.get("gedaan", ""))
    return _(words) if words else ""


def _home(slug: str) -> str:
    return f"{base()}/mijn/initiatieven/{slug}"
