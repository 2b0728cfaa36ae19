"""`/api/v1/initiatieven`: the catalogue for machines, with the parameters of the search page."""

from typing import Any

from flask import Blueprint, Response, json, request, url_for

from kb.api.paging import links_of
from kb.api.problems import register_problems
from kb.domain.catalogue import Badge, Listed
from kb.domain.search import Facet
from kb.runtime import running
from kb.schemas.content import write_content
from kb.schemas.search import read_query, refuse_broken
from kb.services import reading, searching

VERSION = "1.0.0"

initiatives = Blueprint("api_initiatives", __name__, url_prefix="/api/v1/initiatieven")
register_problems(initiatives)


@initiatives.get("")
def search() -> Response:
    refuse_broken(request.query_string)
    with running().work(origin="api") as work:
        asked = read_query(request.args.items(multi=True), work.vocabulary, strict=True)
        page = searching.search(work, asked)
    base = url_for("api_initiatives.search", _external=True)
    return _json(
        {
            "items": [{**_item(hit.listed), "score": round(hit.score, 4)} for hit in page.hits],
            "totaal": page.total,
            "pagina": asked.page,
            "perPagina": asked.per_page,
            "facetten": {facet.value: dict(page.counts.get(facet, {})) for facet in Facet},
            "_links": links_of(base, asked, page.pages),
        }
    )


@initiatives.get("/<slug>")
def show(slug: str) -> Response:
    with running().work(origin="api") as work:
        page = reading.initiative_page(work, slug)
    return _json(
        {
            "slug": page.slug,
            **write_content(page.content),
            "oordelen": {axis: _verdict(badge) for axis, badge in page.badges.items()},
            "versie": page.revision_number,
            "gepubliceerd": page.published_at.isoformat(),
            "laatstBevestigd": page.confirmed_at.isoformat() if page.confirmed_at else None,
            "_links": {
                "self": {"href": url_for("api_initiatives.show", slug=page.slug, _external=True)},
                "pagina": {"href": url_for("public.initiative", slug=page.slug, _external=True)},
            },
        }
    )


def _item(listed: Listed) -> dict[str, Any]:
    card = listed.card
    item: dict[str, Any] = {
        "slug": card.slug,
        "titel": card.title,
        "samenvatting": card.summary,
        "trekker": card.lead or None,
        "regios": list(card.regions),
        "niveaus": list(card.levels),
        "leerwegen": list(card.routes),
        "aanbevelingen": list(card.recommendations),
        "beginjaar": card.start_year,
        "eindjaar": card.end_year,
        "hierGemeten": _verdict(listed.here),
        "dezeAanpak": _verdict(listed.approach) if listed.approach else None,
        "_links": {"self": {"href": url_for("api_initiatives.show", slug=card.slug, _external=True)}},
    }
    return item


def _verdict(badge: Badge) -> dict[str, Any]:
    return {
        "trede": badge.trede,
        "richting": badge.direction,
        "toeTeSchrijven": badge.attributable,
        "plekken": badge.places,
    }


def _json(document: dict[str, Any]) -> Response:
    answer = Response(json.dumps(document, ensure_ascii=False) + "\n", mimetype="application/json")
    answer.headers["API-Version"] = VERSION
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
