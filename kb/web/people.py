"""For administrators: inviting people, giving and taking roles and regions, letting people go."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.people import ACCOUNT_ROLES, Person
from kb.domain.policies import policy
from kb.domain.problems import Invalid
from kb.domain.rights import Right
from kb.domain.terms import RegionKind, Scheme, Term, region_kind
from kb.domain.workflow import Role
from kb.runtime import running
from kb.services import accounts, invitations
from kb.services.invitations import Newcomer
from kb.services.work import Work
from kb.web import login
from kb.web.forms import field, told
from kb.web.speech import base

people = Blueprint("people", __name__)

Page = str | Response | tuple[str, int]
# What can be done with an account by one button each.
DEEDS: dict[str, Callable[[Work, Person, int], object]] = {
    "uitzetten": accounts.disable,
    "aanzetten": accounts.enable,
    "opnieuw-uitnodigen": invitations.invite_again,
    "wachtwoord": invitations.reset_by_hand,
    "tweede-factor": accounts.remove_second_factor,
    "wissen": accounts.erase,
}
LAYERS = (RegionKind.LABOUR_MARKET_REGION, RegionKind.PROVINCE)


@people.get("/beheer/gebruikers")
@policy(Right.PEOPLE)
def all_people() -> Page:
    with running().work() as work:
        found = accounts.list_people(work, login.visitor())
    return render_template("administration/people.html", people=found)


@people.get("/beheer/gebruikers/nieuw")
@policy(Right.PEOPLE)
def newcomer() -> Page:
    return _newcomer_page(Newcomer("", "", Role.COORDINATOR))


@people.post("/beheer/gebruikers/nieuw")
@policy(Right.PEOPLE)
def invite() -> Page:
    asked = Newcomer(field("email"), field("naam"), _role(), tuple(_regions()), field("taal") or "nl")
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            person_id, _token = invitations.invite(work, login.visitor(), asked)
    except Invalid as invalid:
        return _newcomer_page(asked, told(invalid)), 422
    return redirect(f"{base()}/beheer/gebruikers/{person_id}", 303)


@people.get("/beheer/gebruikers/<int:person_id>")
@policy(Right.PEOPLE)
def one(person_id: int) -> Page:
    return _person_page(person_id)


@people.post("/beheer/gebruikers/<int:person_id>")
@policy(Right.PEOPLE)
def change(person_id: int) -> Page:
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            accounts.change_role(work, login.visitor(), person_id, role=_role(), regions=_regions())
    except Invalid as invalid:
        return _person_page(person_id, told(invalid)), 422
    return redirect(f"{base()}/beheer/gebruikers/{person_id}", 303)


@people.post(f"/beheer/gebruikers/<int:person_id>/<any({', '.join(repr(name) for name in DEEDS)}):deed>")
@policy(Right.PEOPLE)
def do(person_id: int, deed: str) -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        DEEDS[deed](work, login.visitor(), person_id)
    return redirect(f"{base()}/beheer/gebruikers/{person_id}", 303)


def _newcomer_page(asked: Newcomer, errors: tuple[object, ...] = ()) -> str:
    return render_template(
        "administration/newcomer.html", asked=asked, errors=errors, roles=ACCOUNT_ROLES, layers=_layers()
    )


def _person_page(person_id: int, errors: tuple[object, ...] = ()) -> str:
    with running().work() as work:
        found = accounts.see(work, login.visitor(), person_id)
    return render_template(
        "administration/person.html",
        account=found,
        errors=errors,
        roles=ACCOUNT_ROLES,
        layers=_layers(),
        is_self=found.id == login.visitor().id,
    )


def _layers() -> list[tuple[RegionKind, list[Term]]]:
    """The regions to choose from, in the order of the alphabet within each layer."""
    terms = sorted(running().vocabulary.all(Scheme.REGION), key=lambda term: term.label)
    return [(kind, [term for term in terms if region_kind(term.code) is kind]) for kind in LAYERS]


def _regions() -> list[str]:
    return request.form.getlist("regios")[:100]


def _role() -> Role:
    """What was chosen; anything else becomes the public, which no account can have."""
    try:
        return Role(field("rol"))
    except ValueError:
        return Role.PUBLIC
