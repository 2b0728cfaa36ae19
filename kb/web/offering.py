"""What somebody can choose while typing in a field of the form: the list that static/js/choose.js shows."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from kb.domain.offers import Offer
from kb.domain.policies import policy
from kb.domain.rights import Right
from kb.domain.terms import Scheme, Vocabulary
from kb.language.texts import gettext as _
from kb.language.texts import language
from kb.runtime import running
from kb.schemas.form import place_name
from kb.services import offering
from kb.web import login

offers = Blueprint("offers", __name__)
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """`value` is what the field gets; `note` tells where it belongs or by which name it was met."""

    value: str
    text: str
    note: str = ""


@offers.get("/mijn/kiezen")
@policy(Right.DESK)
def choose() -> str:
    """A part of a page: nothing links here, and without the script the whole list stands in the form."""
    wanted, typed = request.args.get("lijst", ""), request.args.get("q", "")[:LONGEST]
    with running().work(origin=login.origin()) as work:
        found = offering.offer(work, login.visitor(), wanted, typed, language())
        lines = [_line(wanted, one, work.vocabulary) for one in found]
    return render_template("desk/offers.html", lines=lines)


def _line(wanted: str, one: Offer, vocabulary: Vocabulary) -> Line:
    met_by = _("also: %(name)s", name=one.met_by) if one.met_by else ""
    if wanted == Scheme.REGION:
        name = place_name(one.code, vocabulary)
        return Line(name, name, met_by)
    if wanted not in set(Scheme):
        return Line(one.name, one.name, met_by)
    above = [vocabulary.label(Scheme(wanted), code, language()) for code in _above(wanted, one, vocabulary)]
    return Line(one.code, one.name, ", ".join(filter(None, (*above, met_by))))


def _above(wanted: str, one: Offer, vocabulary: Vocabulary) -> tuple[str, ...]:
    return vocabulary.term(Scheme(wanted), one.code).parents
