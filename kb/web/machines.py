"""The API explained to the people who write programs for it, and what each problem means."""

from flask import Blueprint, Response, render_template

from kb.domain.problems import NotFound
from kb.runtime import running
from kb.schemas.openapi.document import VERSION, Publisher, describe
from kb.schemas.openapi.parameters import Ground
from kb.schemas.problem_kinds import BY_NAME, KINDS
from kb.services import collecting
from kb.web.explorer import groups_of

machines = Blueprint("machines", __name__)


@machines.get("/api")
def api() -> str:
    settings = running().settings
    publisher = Publisher(settings.name, settings.base_url, settings.contact or settings.mail_from)
    with running().work(origin="web") as work:
        ground = Ground(work.vocabulary, collecting.example_slugs(work))
    document = describe(publisher, ground)
    return render_template(
        "machines/api.html",
        address=document["servers"][0]["url"],
        groups=groups_of(document),
        version=VERSION,
        kinds=KINDS,
        per_minute=settings.api_per_minute,
    )


@machines.get("/api/problemen/<name>")
def problem(name: str) -> str:
    kind = BY_NAME.get(name)
    if kind is None:
        raise NotFound("probleem", name)
    return render_template("machines/problem.html", kind=kind)


@machines.get("/opensearch.xml")
def opensearch() -> Response:
    """How a browser searches here from its own box."""
    text = render_template("machines/opensearch.xml")
    return Response(text, mimetype="application/opensearchdescription+xml")
