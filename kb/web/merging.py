"""Merging: two initiatives that are one, two names of one approach, and the way back."""

from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.merging import FieldChoice, Take
from kb.domain.policies import policy
from kb.domain.problems import Conflict, Invalid
from kb.domain.rights import Right
from kb.domain.workflow import Action
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.runtime import running
from kb.services import merging, merging_approaches, noticing, reviewing
from kb.services.comparing import Difference, compare
from kb.services.merging import Pair
from kb.services.work import Work
from kb.web import login
from kb.web.desk_forms import based_on
from kb.web.forms import Told, field, told
from kb.web.speech import base

mergers = Blueprint("mergers", __name__)

Page = str | Response | tuple[str, int]
# Fields of the form that say what happens with a field of the initiative.
TAKES = "neem."
DONE = {
    "samengevoegd": mark("Merged. The old name leads to the one that stays."),
    "losgemaakt": mark("Undone. The name stands on its own again."),
}


@mergers.get("/redactie/<slug>/samenvoegen")
@policy(Action.MERGE)
def show(slug: str) -> Page:
    other = _slug_in(request.args.get("met", ""))
    try:
        return _pair_page(slug, other) if other else _choose_page(slug)
    except Invalid as invalid:
        return _choose_page(slug, invalid), 422


@mergers.post("/redactie/<slug>/samenvoegen")
@policy(Action.MERGE)
def merge(slug: str) -> Page:
    other = _slug_in(field("met"))
    taken = {
        name.removeprefix(TAKES): Take(words)
        for name, words in request.form.items()
        if name.startswith(TAKES) and words in set(Take)
    }
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            reason = field("reden")
            merging.merge(work, login.visitor(), slug, other, taken, based_on=based_on(), reason=reason)
    except Invalid as invalid:
        return _pair_page(slug, other, told(invalid)), 422
    except Conflict:
        changed = Told("keuzes", _("The one that stays was changed just now. Look at your choices again."))
        return _pair_page(slug, other, (changed,)), 409
    return redirect(f"{base()}/redactie?gedaan=samengevoegd", 303)


@mergers.post("/redactie/<slug>/samenvoeging-ongedaan")
@policy(Action.SPLIT)
def split(slug: str) -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        restored = merging.split(work, login.visitor(), slug)
    return redirect(f"{base()}/redactie?gedaan={'losgemaakt' if restored else 'half-losgemaakt'}", 303)


@mergers.get("/redactie/aanpakken")
@policy(Right.REVIEW)
def approaches() -> Page:
    return _approaches_page()


@mergers.post("/redactie/aanpakken")
@policy(Right.REVIEW)
def merge_approaches() -> Page:
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            goes, stays, reason = field("aanpak"), field("met"), field("reden")
            merging_approaches.merge(work, login.visitor(), goes, stays, reason=reason)
    except Invalid as invalid:
        return _approaches_page(told(invalid)), 422
    return redirect(f"{base()}/redactie/aanpakken?gedaan=samengevoegd", 303)


@mergers.post("/redactie/aanpakken/<slug>/losmaken")
@policy(Right.REVIEW)
def split_approaches(slug: str) -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        merging_approaches.split(work, login.visitor(), slug)
    return redirect(f"{base()}/redactie/aanpakken?gedaan=losgemaakt", 303)


def _choose_page(slug: str, problem: Invalid | None = None) -> str:
    with running().work(origin=login.origin()) as work:
        found = reviewing.review(work, login.visitor(), slug)
        near = noticing.alike(work, login.visitor(), found.content, initiative_id=found.id)
    return render_template(
        "editors/merge_choose.html",
        review=found,
        near=near,
        errors=told(problem) if problem else (),
        given=request.args.get("met", ""),
    )


def _pair_page(slug: str, other: str, errors: tuple[Told, ...] = ()) -> str:
    with running().work(origin=login.origin()) as work:
        pair = merging.pair(work, login.visitor(), slug, other)
        shown = _shown(work, pair)
    swapped = f"{base()}/redactie/{other}/samenvoegen?{urlencode({'met': slug})}"
    return render_template(
        "editors/merge.html",
        pair=pair,
        shown=shown,
        errors=errors,
        swapped=swapped,
        said=request.form,
        Take=Take,
    )


def _shown(work: Work, pair: Pair) -> list[tuple[FieldChoice, Difference]]:
    """Each choice with both texts in words."""
    by_field = {one.field: one for one in compare(work, pair.staying, pair.going)}
    return [(choice, by_field[choice.field]) for choice in pair.choices if choice.field in by_field]


def _approaches_page(errors: tuple[Told, ...] = ()) -> str:
    with running().work(origin=login.origin()) as work:
        found = merging_approaches.approaches(work, login.visitor())
    words = DONE.get(request.args.get("gedaan", ""))
    return render_template(
        "editors/approaches.html",
        found=found,
        errors=errors,
        said=request.form,
        done=_(words) if words else "",
    )


def _slug_in(words: str) -> str:
    """The last part of what was typed or pasted: an address, or the part of it that is the name."""
    return words.strip().split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2][:120]
