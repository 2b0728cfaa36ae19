"""Coverage of regions, and how scattered initiatives are."""

import csv
from dataclasses import replace
from io import StringIO

from flask import Blueprint, Response, render_template, request

from kb.domain.fragmentation import Spot
from kb.domain.search import Facet, Search
from kb.domain.shades import legend_of, step_edges, step_of
from kb.domain.terms import RegionKind
from kb.language.evidence import fragmentation_sentence
from kb.runtime import running
from kb.services import spreading
from kb.services.overview import Place
from kb.services.work import Work
from kb.web.maps import region_map
from kb.web.narrowing import chips, choices, narrowed, narrower_address, page_address, query_of

spreading_pages = Blueprint("spreading", __name__)

PAGE = "/spreiding"
LAYER = "laag"
LAYERS = {"arbeidsmarktregio": RegionKind.LABOUR_MARKET_REGION, "provincie": RegionKind.PROVINCE}
LISTS = (Facet.RECOMMENDATION, Facet.LEVEL, Facet.INSTRUMENT, Facet.SECTOR, Facet.TREDE)
COLUMNS = ("regiocode", "regio", "aanbeveling", "initiatieven", "aanpakken", "gemeten", "plek")
SPOTS = {Spot.WHITE: "wit", Spot.CROWDED: "druk", Spot.NEITHER: ""}


@spreading_pages.get(PAGE)
def coverage() -> str:
    with running().work(origin="web") as work:
        layer, page = _coverage(work)
        vocabulary = work.vocabulary
    edges = step_edges(cell.initiatives for row in page.rows for cell in row.cells)
    chosen = next(iter(page.search.filters.get(Facet.RECOMMENDATION, ())), "")
    counted = _without_recommendation(page.search)
    return render_template(
        "insight/coverage.html",
        page=page,
        layer=layer,
        layers=LAYERS,
        chosen=chosen,
        shown=[each for each in page.recommendations if chosen in ("", each.code)],
        spots=Spot,
        choices=choices(page.search, LISTS, vocabulary),
        chips=chips(PAGE, page.search, vocabulary),
        map=region_map(_shaded(page, chosen), layer),
        step=lambda number: step_of(number, edges),
        legend=legend_of(edges),
        address=lambda *filters: narrower_address(counted, [(Facet(n), code) for n, code in filters]),
        query=query_of(page.search),
        layer_address=lambda name: _with_layer(page_address(PAGE, page.search), name),
    )


@spreading_pages.get(f"{PAGE}.csv")
def coverage_csv() -> Response:
    with running().work(origin="web") as work:
        layer, page = _coverage(work)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in page.rows:
        for each in row.cells:
            figures = (each.initiatives, each.approaches, each.measured, SPOTS[each.spot])
            writer.writerow((row.region.code, row.region.label, each.recommendation, *figures))
    answer = Response(text.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="spreiding-{layer}.csv"'
    return answer


@spreading_pages.get(f"{PAGE}/versnippering")
def scatter() -> str:
    with running().work(origin="web") as work:
        asked = narrowed(work, (Facet.REGION,))
        region = next(iter(asked.filters.get(Facet.REGION, ())), "")
        page = spreading.scatter(work, region)
        vocabulary = work.vocabulary
    return render_template(
        "insight/scatter.html",
        page=page,
        choices=choices(asked, (Facet.REGION,), vocabulary),
        sentence=fragmentation_sentence,
        search=lambda *filters: narrower_address(asked, [(Facet(n), code) for n, code in filters]),
    )


def _coverage(work: Work) -> tuple[str, spreading.Coverage]:
    layer = request.args.get(LAYER, "")
    layer = layer if layer in LAYERS else next(iter(LAYERS))
    return layer, spreading.coverage(work, narrowed(work, LISTS, ignored=LAYER), LAYERS[layer])


def _without_recommendation(search: Search) -> Search:
    """What the numbers of the table count: each recommendation has its column there."""
    filters: dict[Facet, tuple[str, ...]] = dict(search.filters)
    filters.pop(Facet.RECOMMENDATION, None)
    return replace(search, filters=filters)


def _shaded(page: spreading.Coverage, chosen: str) -> list[Place]:
    """What the map shades: the initiatives of the chosen recommendation, or all of them."""
    if not chosen:
        return [Place(row.region, row.initiatives) for row in page.rows]
    return [
        Place(row.region, cell.initiatives)
        for row in page.rows
        for cell in row.cells
        if cell.recommendation == chosen
    ]


def _with_layer(address: str, layer: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{LAYER}={layer}"
