"""What visitors write about an initiative, and the desk where it waits until somebody dealt with it."""

from functools import partial

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.messages import MessageKind
from kb.domain.policies import EVERYONE, policy
from kb.domain.problems import Invalid, TooOften
from kb.domain.rights import Right
from kb.runtime import running
from kb.schemas.messages import read_message
from kb.services import reading, relaying
from kb.web import login
from kb.web.forms import Waiting, told, wait
from kb.web.speech import base

messages = Blueprint("messages", __name__)

Page = str | Response | tuple[str, int] | Waiting
KINDS = f"any({', '.join(repr(kind.value) for kind in MessageKind)})"


@messages.get(f"/initiatieven/<slug>/<{KINDS}:kind>")
@policy(EVERYONE)
def write(slug: str, kind: str) -> Page:
    return _form_page(slug, MessageKind(kind))


@messages.post(f"/initiatieven/<slug>/<{KINDS}:kind>")
@policy(EVERYONE)
def send(slug: str, kind: str) -> Page:
    try:
        message = read_message(request.form, MessageKind(kind))
    except Invalid as invalid:
        return _form_page(slug, MessageKind(kind), told(invalid)), 422
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            relaying.count_try(work, slug, login.place())
    except TooOften as problem:
        return wait(problem, "bericht", partial(_form_page, slug, MessageKind(kind)))
    with running().work(writing=True, origin=login.origin()) as work:
        relaying.relay(work, slug, message)
    return redirect(f"{base()}/initiatieven/{slug}/verstuurd", 303)


@messages.get("/initiatieven/<slug>/verstuurd")
@policy(EVERYONE)
def sent(slug: str) -> Page:
    with running().work() as work:
        kept = reading.published(work, slug)
    return render_template("public/message_sent.html", slug=slug, title=kept.content.title)


@messages.get("/mijn/berichten")
@policy(Right.DESK)
def waiting() -> Page:
    with running().work() as work:
        found = relaying.waiting(work, login.visitor())
    return render_template("desk/messages.html", waiting=found)


@messages.post("/mijn/berichten/<int:message_id>/afgehandeld")
@policy(Right.DESK)
def close(message_id: int) -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        relaying.close(work, login.visitor(), message_id)
    return redirect(f"{base()}/mijn/berichten", 303)


def _form_page(slug: str, kind: MessageKind, errors: tuple[object, ...] = ()) -> str:
    with running().work() as work:
        kept = reading.published(work, slug)
    return render_template(
        "public/message.html",
        slug=slug,
        title=kept.content.title,
        is_question=kind is MessageKind.CONTACT,
        words=request.form.get("bericht", ""),
        email=request.form.get("email", "")[:300],
        errors=errors,
    )
