"""`/api/v1/initiatieven`: the catalogue for machines, with the parameters of the search page."""

from collections.abc import Iterator
from functools import partial

from flask import Blueprint, Response, request

from kb.api.addresses import link, page_address
from kb.api.answers import Document, Part, chosen, show, show_part
from kb.api.files import stream, wanted_format
from kb.api.parsing import both, keys_of, refuse_parameters
from kb.domain.catalogue import Listed
from kb.domain.search import Facet
from kb.language.notices import notice_text
from kb.runtime import running
from kb.schemas.asking import FIELDS, read_keys
from kb.schemas.resources.initiatives import (
    HitResource,
    InitiativeResource,
    ListedResource,
    VerdictResource,
    VersionResource,
)
from kb.schemas.search import read_query, refuse_broken
from kb.services import reading, searching

initiatives = Blueprint("api_initiatives", __name__, url_prefix="/api/v1/initiatieven")

_hit, _listed, _initiative = HitResource(), ListedResource(), InitiativeResource()
_verdict, _version = VerdictResource(), VersionResource()


@initiatives.get("")
def search() -> Response:
    refuse_broken(request.query_string)
    pairs = list(request.args.items(multi=True))
    with running().work(origin="api") as work:
        asked, keys = both(
            partial(read_query, pairs, work.vocabulary, strict=True, ignored=FIELDS),
            partial(read_keys, request.args.getlist(FIELDS), HitResource.keys()),
        )
        wanted = wanted_format()
        if wanted is None:
            page = searching.search(work, asked)
    if wanted is not None:
        return stream(wanted, asked)
    items = [chosen(_written_hit(hit), keys) for hit in page.hits]
    counts = {facet.value: dict(sorted(page.counts.get(facet, {}).items())) for facet in Facet}
    told = [{"soort": kind, "tekst": notice_text(kind, words)} for kind, words in _notices(page)]
    part = Part(items, page.total, asked.page, asked.per_page)
    return show_part("/initiatieven", part, facetten=counts, meldingen=told)


@initiatives.get("/<slug>")
def one(slug: str) -> Response:
    keys = keys_of(InitiativeResource)
    with running().work(origin="api") as work:
        page = reading.initiative_page(work, slug)
    document = {
        **_initiative.dump(page),
        "_links": {
            "self": link(f"/initiatieven/{page.slug}"),
            "oordelen": link(f"/initiatieven/{page.slug}/oordelen"),
            "versies": link(f"/initiatieven/{page.slug}/versies"),
            "pagina": {"href": page_address(f"/initiatieven/{page.slug}")},
        },
    }
    return show(document, keys=keys)


@initiatives.get("/<slug>/oordelen")
def verdicts(slug: str) -> Response:
    """The verdicts with every rule that led to them."""
    refuse_parameters()
    with running().work(origin="api") as work:
        page = reading.initiative_page(work, slug)
    items = [{"over": axis, **_verdict.dump(verdict)} for axis, verdict in sorted(page.verdicts.items())]
    return show({"items": items, "_links": {"self": link(f"/initiatieven/{slug}/oordelen")}})


@initiatives.get("/<slug>/versies")
def versions(slug: str) -> Response:
    """The public history, newest first."""
    refuse_parameters()
    with running().work(origin="api") as work:
        page = reading.initiative_page(work, slug)
    items = [_version.dump(version) for version in page.history]
    return show({"items": items, "_links": {"self": link(f"/initiatieven/{slug}/versies")}})


def _notices(page: searching.Page) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the search page tells above its results; "partial" where there may be more."""
    return ((notice.kind.value, notice.words) for notice in page.notices)


def write_listed(listed: Listed) -> Document:
    """An initiative in a list, with the way to all of it."""
    return {**_listed.dump(listed), **_way(listed)}


def _written_hit(hit: searching.Hit) -> Document:
    return {**_hit.dump(hit.listed), "score": round(hit.score, 4), **_way(hit.listed)}


def _way(listed: Listed) -> Document:
    return {"_links": {"self": link(f"/initiatieven/{listed.card.slug}")}}
