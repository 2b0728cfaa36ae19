"""The room of the reviewers: what waits, what changed in it, and the decision."""

from functools import partial

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.content import Content
from kb.domain.evidence import Level
from kb.domain.policies import policy
from kb.domain.problems import Conflict, FieldError, Invalid
from kb.domain.rights import Right
from kb.domain.workflow import Action
from kb.language.fields import field_name
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.runtime import running
from kb.services import missed, reviewing
from kb.web import login
from kb.web.desk_forms import based_on
from kb.web.forms import Told, field, told
from kb.web.outlook import foreseen
from kb.web.speech import base

editors = Blueprint("editors", __name__)

Page = str | Response | tuple[str, int]
# Fields of the form that carry a remark about a field of the initiative.
REMARK = "opmerking."
# What the services call a reason that is missing; the page has a field for each deed.
REASONS = ("", "reden")
DONE = {
    "gepubliceerd": mark("Published. Everybody can find it now."),
    "teruggestuurd": mark("Returned to the author with your remarks."),
    "ingetrokken": mark("Withdrawn. The public does not see it any more."),
    "verlaagd": mark("The level of evidence has been changed."),
    "samengevoegd": mark("Merged. The old address leads to the one that stays."),
    "losgemaakt": mark("Undone. Both are public again, as they were."),
    "half-losgemaakt": mark(
        "Undone. The other initiative was changed since the merge, so what came along is still in it."
    ),
}


# What somebody gets who decides about a version that is not the newest any more.
CHANGED = Invalid(
    (
        FieldError(
            "verschil",
            "Somebody saved a newer version meanwhile. Look at what changed, then decide; "
            "what you wrote still stands here.",
        ),
    )
)


@editors.get("/redactie")
@policy(Right.REVIEW)
def queue() -> Page:
    with running().work(origin=login.origin()) as work:
        waiting = reviewing.queue(work, login.visitor())
    words = DONE.get(request.args.get("gedaan", ""))
    return render_template("editors/queue.html", waiting=waiting, done=_(words) if words else "")


@editors.get("/redactie/niet-gevonden")
@policy(Right.REVIEW)
def not_found() -> Page:
    with running().work(origin=login.origin()) as work:
        words = missed.missed(work, login.visitor())
    return render_template("editors/missed.html", missed=words, days=missed.KEPT.days)


@editors.get("/redactie/<slug>")
@policy(Right.REVIEW)
def review(slug: str) -> Page:
    return _page(slug)


@editors.post("/redactie/<slug>/publiceren")
@policy(Action.PUBLISH)
def publish(slug: str) -> Page:
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            reviewing.publish(work, login.visitor(), slug, based_on=based_on(), note=field("uitleg"))
    except Conflict:
        return _page(slug, CHANGED), 409
    return _onward("gepubliceerd")


@editors.post("/redactie/<slug>/spoedcorrectie")
@policy(Action.CORRECT)
def correct(slug: str) -> Page:
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            reviewing.correct(work, login.visitor(), slug, based_on=based_on(), reason=field("reden"))
    except Conflict:
        return _page(slug, CHANGED), 409
    except Invalid as invalid:
        return _page(slug, invalid, "spoed"), 422
    return _onward("gepubliceerd")


@editors.post("/redactie/<slug>/terugsturen")
@policy(Action.RETURN)
def send_back(slug: str) -> Page:
    remarks = {
        name.removeprefix(REMARK): words[:2000]
        for name, words in request.form.items()
        if name.startswith(REMARK)
    }
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            reviewing.send_back(work, login.visitor(), slug, remarks, based_on=based_on())
    except Conflict:
        return _page(slug, CHANGED), 409
    except Invalid as invalid:
        return _page(slug, invalid, REMARK), 422
    return _onward("teruggestuurd")


@editors.post("/redactie/<slug>/intrekken")
@policy(Action.WITHDRAW)
def withdraw(slug: str) -> Page:
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            reviewing.withdraw(work, login.visitor(), slug, reason=field("reden"))
    except Invalid as invalid:
        return _page(slug, invalid, "reden"), 422
    return _onward("ingetrokken")


@editors.post("/redactie/<slug>/oordeel")
@policy(Action.LOWER)
def lower(slug: str) -> Page:
    try:
        level = _level(field("trede"))
        with running().work(writing=True, origin=login.origin()) as work:
            reviewing.lower(work, login.visitor(), slug, level, reason=field("reden"))
    except Invalid as invalid:
        return _page(slug, invalid, "waarom"), 422
    return _onward("verlaagd")


def _level(words: str) -> Level | None:
    """The highest level that stands; nothing chosen lets the rules decide."""
    if not words:
        return None
    if words not in {str(level.value) for level in Level}:
        raise Invalid((FieldError("trede", "Choose a level from the list."),))
    return Level(int(words))


def _page(slug: str, problem: Invalid | None = None, place: str = "") -> str:
    """`place` is the field at which an error about a reason stands; the page asks for several."""
    with running().work(origin=login.origin()) as work:
        found = reviewing.review(work, login.visitor(), slug)
        outlook = foreseen(work, found.content)
    found_wrong = told(problem) if problem else ()
    return render_template(
        "editors/review.html",
        review=found,
        foreseen=outlook,
        levels=tuple(Level),
        field_name=partial(field_name, Content),
        errors=[Told(place if one.field in REASONS else one.field, one.text) for one in found_wrong],
        said=dict(request.form.items()),
    )


def _onward(done: str) -> Response:
    return redirect(f"{base()}/redactie?gedaan={done}", 303)
