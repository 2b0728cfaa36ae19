"""Taking over what another place does: from whom, what it takes, and the draft that comes of it."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.policies import policy
from kb.domain.problems import Invalid
from kb.domain.terms import Scheme, Term
from kb.domain.workflow import Action
from kb.language import adopting as words
from kb.runtime import running
from kb.schemas.adopting import ANSWER, read_adoption
from kb.services import adopting
from kb.services.adopting import Prospect
from kb.web import login
from kb.web.forms import LONGEST_FIELD, Told, told
from kb.web.speech import base

adopters = Blueprint("adopters", __name__)

Page = str | Response | tuple[str, int]
FIELDS = ("titel", "trekker", "aanpak", "klaarOp")
LISTS = ("regios", "indicatoren")


@adopters.get("/mijn/overnemen/aanpak/<slug>")
@policy(Action.CREATE)
def choose(slug: str) -> Page:
    """Which place to learn from; where there is but one, its checklist at once."""
    with running().work(origin=login.origin()) as work:
        approach, places = adopting.places_to_learn_from(work, login.visitor(), slug)
    region = request.args.get("regio", "")[:10]
    if len(places) == 1:
        query = f"?regio={region}" if region.isalnum() else ""
        return redirect(f"{base()}/mijn/overnemen/{places[0].card.slug}{query}", 302)
    return render_template("desk/adopt_choose.html", approach=approach, places=places, region=region)


@adopters.get("/mijn/overnemen/<slug>")
@policy(Action.CREATE)
def show(slug: str) -> Page:
    return _page(slug)


@adopters.post("/mijn/overnemen/<slug>")
@policy(Action.CREATE)
def adopt(slug: str) -> Page:
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            draft = adopting.adopt(work, login.visitor(), slug, read_adoption(_sent(), work.vocabulary))
    except Invalid as invalid:
        return _page(slug, told(invalid)), 422
    return redirect(f"{base()}/mijn/initiatieven/{draft.slug}/controleren?gedaan=overgenomen", 303)


def _sent() -> dict[str, object]:
    found: dict[str, object] = {name: request.form.get(name, "")[:LONGEST_FIELD] for name in FIELDS}
    found.update({name: request.form.getlist(name) for name in LISTS if request.form.getlist(name)})
    found.update({name: said for name, said in request.form.items() if name.startswith(ANSWER)})
    return found


def _page(slug: str, errors: tuple[Told, ...] = ()) -> str:
    with running().work(origin=login.origin()) as work:
        found = adopting.prospect(work, login.visitor(), slug)
        regions = _regions(found)
        checks = [(each, words.question(each), words.subject(each, work.vocabulary)) for each in found.checks]
    sent = request.method == "POST"
    asked = _asked_region()
    return render_template(
        "desk/adopt.html",
        found=found,
        checks=checks,
        answers=words.answers(),
        regions=regions,
        given=request.form,
        chosen={
            "regios": request.form.getlist("regios")
            if sent
            else [asked.code]
            if asked
            else [term.code for term in regions],
            "indicatoren": request.form.getlist("indicatoren")
            if sent
            else [term.code for term in found.indicators],
        },
        region=asked.code if asked else "",
        title=request.form.get("titel", found.name),
        errors=errors,
    )


def _asked_region() -> Term | None:
    """The region on the map that somebody came from, where that lies within the own ones."""
    term = running().vocabulary.get(Scheme.REGION, request.values.get("regio", ""))
    return term if term is not None and term.code in login.visitor().reach else None


def _regions(found: Prospect) -> tuple[Term, ...]:
    asked = _asked_region()
    return found.regions if asked is None or asked in found.regions else (asked, *found.regions)
