"""`/api/v1/organisaties` and `/api/v1/aanpakken`: who does it, and by which method."""

from flask import Blueprint, Response

from kb.api.addresses import link, page_address
from kb.api.answers import Document, Part, chosen, in_order, part_of, show, show_part
from kb.api.initiatives import write_listed
from kb.api.parsing import asked_of, keys_of
from kb.runtime import running
from kb.schemas.collections import APPROACHES, ORGANISATIONS
from kb.schemas.resources.places import ApproachResource, OrganisationResource
from kb.services import collecting, places
from kb.services.collecting import ApproachLine, Slice
from kb.services.places import OrganisationPage

organisations = Blueprint("api_organisations", __name__, url_prefix="/api/v1")

_organisation_line, _organisation = ORGANISATIONS.member(), OrganisationResource()
_approach_line, _approach = APPROACHES.member(), ApproachResource()


@organisations.get("/organisaties")
def all_organisations() -> Response:
    with running().work(origin="api") as work:
        asked = asked_of(ORGANISATIONS, work.vocabulary)
        page, per_page = asked["page"], asked["per_page"]
        part = Slice(per_page, (page - 1) * per_page, asked["sort"])
        found, total = collecting.organisations(work, part, asked["kinds"])
    items = [
        chosen({**_organisation_line.dump(each), **_way("organisaties", each.slug)}, asked["keys"])
        for each in found
    ]
    return show_part(ORGANISATIONS.path, Part(items, total, page, per_page))


@organisations.get("/organisaties/<slug>")
def organisation(slug: str) -> Response:
    keys = keys_of(OrganisationResource)
    with running().work(origin="api") as work:
        page = places.organisation_page(work, slug)
    document = {**_organisation.dump(page), "deelnames": _parts(page), **_way("organisaties", slug)}
    return show(document, keys=keys)


@organisations.get("/aanpakken")
def all_approaches() -> Response:
    with running().work(origin="api") as work:
        asked = asked_of(APPROACHES, work.vocabulary)
        found = [ApproachLine(*pair) for pair in places.approaches(work)]
    orders = {
        "naam": lambda each: each.approach.name.casefold(),
        "initiatieven": lambda each: each.initiatives,
    }
    part = part_of(in_order(found, asked["sort"], orders), asked, _written_approach)
    return show_part(APPROACHES.path, part)


@organisations.get("/aanpakken/<slug>")
def approach(slug: str) -> Response:
    keys = keys_of(ApproachResource)
    with running().work(origin="api") as work:
        page = places.approach_page(work, slug)
    listed = [write_listed(each) for each in page.initiatives]
    document = {**_approach.dump(page), "initiatieven": listed, **_way("aanpakken", slug)}
    return show(document, keys=keys)


def _written_approach(line: ApproachLine) -> Document:
    return {**_approach_line.dump(line), **_way("aanpakken", line.approach.slug)}


def _parts(page: OrganisationPage) -> list[Document]:
    return [
        {"rol": role.value, "initiatief": listed.card.slug, "titel": listed.card.title}
        for role, initiatives in page.by_role.items()
        for listed in initiatives
    ]


def _way(collection: str, slug: str) -> Document:
    address = f"/{collection}/{slug}"
    return {"_links": {"self": link(address), "pagina": {"href": page_address(address)}}}
