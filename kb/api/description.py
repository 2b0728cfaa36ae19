"""`/api/v1` and its description: where everything is, for programs."""

from flask import Blueprint, Response

from kb.api.addresses import link, page_address
from kb.api.answers import as_json, conditional, show
from kb.api.parsing import refuse_parameters
from kb.runtime import running
from kb.schemas.openapi.document import VERSION, Publisher, describe
from kb.schemas.openapi.parameters import Ground
from kb.services import collecting

description = Blueprint("api_description", __name__, url_prefix="/api/v1")

HOMES = (
    "initiatieven",
    "suggesties",
    "aanpakken",
    "organisaties",
    "regios",
    "aanbevelingen",
    "onderwijsniveaus",
    "indicatoren",
    "studies",
    "wat-werkt",
)


@description.get("")
def home() -> Response:
    refuse_parameters()
    links = {
        "self": link(""),
        **{name: link(f"/{name}") for name in HOMES},
        "openapi": link("/openapi.json"),
        "documentatie": {"href": page_address("/api")},
    }
    return show({"naam": running().settings.name, "versie": VERSION, "_links": links})


@description.get("/openapi.json")
def openapi() -> Response:
    """The description by OpenAPI 3.1, with the codes of the vocabularies as they are today."""
    with running().work(origin="api") as work:
        ground = Ground(work.vocabulary, collecting.example_slugs(work))
    settings = running().settings
    publisher = Publisher(settings.name, settings.base_url, settings.contact or settings.mail_from)
    document = describe(publisher, ground)
    return conditional(as_json(document))
