"""The measure planner, and keeping its plan as a promise in a draft."""

from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.plan import Comparison, Plan, PlanQuestion, Scores, Shares
from kb.domain.policies import policy
from kb.domain.problems import Invalid
from kb.domain.terms import Term
from kb.domain.workflow import Action
from kb.language.formats import number, percent
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.runtime import running
from kb.schemas.planning import Kind, read_plan
from kb.schemas.promises import read_promise
from kb.services import planning, promising
from kb.web import login
from kb.web.forms import Told, field, told
from kb.web.speech import base

planner = Blueprint("planner", __name__)
promises = Blueprint("promises", __name__)

Page = str | Response | tuple[str, int]
# How the vocabulary calls what each kind of plan measures.
TYPES = {Kind.SHARES: "binary", Kind.SCORES: "mean"}
COMPARED_WITH = {
    Comparison.LOTS: mark("a draw among those who apply"),
    Comparison.OTHERS: mark("people like the participants who do not take part"),
    Comparison.BEFORE: mark("before and after"),
}
FIELDS = ("bij", "indicator", "doel", "vergelijking", "nulmetingOp", "klaarOp")


@planner.get("/meten")
def plan() -> str:
    asked = read_plan(request.args)
    with running().work(origin="web") as work:
        lists = {kind: planning.indicators(work, name) for kind, name in TYPES.items()}
    chosen = next((t for t in lists[asked.kind] if t.code == request.args.get("indicator")), None)
    made = planning.plan(asked.question) if asked.question else None
    promise = _as_promise(chosen, asked.question, made) if asked.question and made else {}
    return render_template(
        "insight/plan.html",
        kind=asked.kind.value,
        indicators=lists[asked.kind],
        unit=chosen.details.get("eenheid", "") if chosen else "",
        given=request.args,
        errors=asked.errors,
        plan=made,
        asked=asked.question,
        promise=promise,
        keep=f"{base()}/mijn/beloften/nieuw?{urlencode(promise)}",
    )


@promises.get("/mijn/beloften/nieuw")
@policy(Action.EDIT)
def new() -> Page:
    return _form({name: request.args.get(name, "")[:500] for name in FIELDS})


@promises.post("/mijn/beloften/nieuw")
@policy(Action.EDIT)
def keep() -> Page:
    given = {name: field(name) for name in FIELDS}
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            slug, planned = read_promise(given, work.vocabulary)
            promising.promise(work, login.visitor(), slug, planned)
    except Invalid as invalid:
        return _form(given, told(invalid)), 422
    return redirect(f"{base()}/mijn/initiatieven/{slug}/resultaten?gedaan=bewaard#beloften", 303)


def _form(given: dict[str, str], errors: tuple[Told, ...] = ()) -> str:
    with running().work(origin=login.origin()) as work:
        found = promising.can_promise_in(work, login.visitor())
        outcomes = [term for name in TYPES.values() for term in planning.indicators(work, name)]
    return render_template(
        "desk/promise.html", given=given, initiatives=found, indicators=outcomes, errors=errors
    )


def _as_promise(chosen: Term | None, question: PlanQuestion, made: Plan) -> dict[str, str]:
    """The plan in the fields of a promise; the day it is due is for people to say."""
    return {
        "indicator": chosen.code if chosen else "",
        "doel": _target(question.aim),
        "vergelijking": _(COMPARED_WITH[made.comparison]),
        "klaarOp": "",
    }


def _target(aim: Shares | Scores) -> str:
    if isinstance(aim, Shares):
        return _("%(hoped)s (now %(now)s)", hoped=percent(aim.hoped), now=percent(aim.now))
    return _(
        "a difference of %(difference)s (standard deviation %(spread)s)",
        difference=number(aim.difference),
        spread=number(aim.spread),
    )
