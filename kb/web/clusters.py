"""Candidate groups of one approach: the queue, one group, and what a reviewer decides about it."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.clusters import ClusterState
from kb.domain.policies import policy
from kb.domain.problems import Invalid
from kb.domain.rights import Right
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.runtime import running
from kb.services import clusters
from kb.services.places import approach_names
from kb.web import login
from kb.web.forms import Told, field, told
from kb.web.speech import base

cluster_pages = Blueprint("clusters", __name__)

Page = str | Response | tuple[str, int]
HOME = "/redactie/groepen"
SHOWN = 50
DONE = {
    "gezocht": mark("Compared. This is what looks alike today."),
    "nog-niet-klaar": mark("There was more to compare than fits in a moment. Press once more to go on."),
    "een-aanpak": mark("Done. These initiatives carry one approach; it shows on their pages."),
    "gesplitst": mark("Split. Each part waits on its own."),
    "geen-aanpak": mark("Kept. This group does not come back unless its members change."),
    "ongedaan": mark("Undone. The group waits again."),
}


@cluster_pages.get(HOME)
@policy(Right.REVIEW)
def queue() -> Page:
    with running().work(origin=login.origin()) as work:
        found = clusters.queue(work, login.visitor())
    words = DONE.get(request.args.get("gedaan", ""))
    return render_template(
        "editors/clusters.html", found=found, shown=SHOWN, done=_(words) if words else "", State=ClusterState
    )


@cluster_pages.post(HOME)
@policy(Right.REVIEW)
def search_again() -> Page:
    is_done = clusters.search_again(running().work, login.visitor())
    return _done("gezocht" if is_done else "nog-niet-klaar")


@cluster_pages.get(f"{HOME}/<key>")
@policy(Right.REVIEW)
def show(key: str) -> Page:
    return _page(key)


@cluster_pages.post(f"{HOME}/<key>/een-aanpak")
@policy(Right.REVIEW)
def accept(key: str) -> Page:
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            slug, name = field("aanpak"), field("naam")
            clusters.accept(work, login.visitor(), key, _members(), slug=slug, name=name)
    except Invalid as invalid:
        return _page(key, told(invalid)), 422
    return _done("een-aanpak")


@cluster_pages.post(f"{HOME}/<key>/splitsen")
@policy(Right.REVIEW)
def split(key: str) -> Page:
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            clusters.split(work, login.visitor(), key, _members())
    except Invalid as invalid:
        return _page(key, told(invalid)), 422
    return _done("gesplitst")


@cluster_pages.post(f"{HOME}/<key>/geen-aanpak")
@policy(Right.REVIEW)
def dismiss(key: str) -> Page:
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            clusters.dismiss(work, login.visitor(), key, reason=field("reden"))
    except Invalid as invalid:
        return _page(key, told(invalid)), 422
    return _done("geen-aanpak")


@cluster_pages.post(f"{HOME}/<key>/ongedaan")
@policy(Right.REVIEW)
def undo(key: str) -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        clusters.undo(work, login.visitor(), key)
    return _done("ongedaan")


def _page(key: str, errors: tuple[Told, ...] = ()) -> str:
    with running().work(origin=login.origin()) as work:
        found = clusters.look(work, login.visitor(), key)
        names = approach_names(work)
    sent = request.method == "POST"
    first = next(iter(found.carried), "")
    return render_template(
        "editors/cluster.html",
        found=found,
        # The approaches that some of them carry stand first.
        approaches=[
            *((slug, name) for slug, name in found.carried.items()),
            *sorted(
                ((slug, name) for slug, name in names.items() if slug not in found.carried),
                key=lambda pair: pair[1].casefold(),
            ),
        ],
        chosen=_members() if sent else {one.id for one in found.members},
        given={
            "aanpak": request.form.get("aanpak", "") if sent else first,
            "naam": request.form.get("naam", ""),
            "reden": request.form.get("reden", ""),
        },
        errors=errors,
        is_open=found.state is ClusterState.OPEN,
    )


def _members() -> set[int]:
    return {int(words) for words in request.form.getlist("leden") if words.isascii() and words.isdigit()}


def _done(what: str) -> Response:
    return redirect(f"{base()}{HOME}?gedaan={what}", 303)
