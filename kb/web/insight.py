"""What works: the map of evidence and its cells."""

import csv
from io import StringIO

from flask import Blueprint, Response, render_template

from kb.domain.search import Facet, Search
from kb.language import labels
from kb.language.evidence import obstacle_sentences
from kb.runtime import running
from kb.services import cell
from kb.services import insight as mapping
from kb.web.forest import forest_of
from kb.web.maps import step_edges, step_of
from kb.web.narrowing import chips, choices, narrowed, narrower_address, query_of

insight = Blueprint("insight", __name__)

# What the map can be narrowed by; the other facets are its rows and columns.
FILTERS = (Facet.SECTOR, Facet.TARGET_GROUP, Facet.REGION, Facet.YEAR)


@insight.get("/wat-werkt")
def what_works() -> str:
    with running().work(origin="web") as work:
        page = mapping.gap_map(work, narrowed(work, FILTERS))
        vocabulary = work.vocabulary
    edges = step_edges(each.initiatives for each in page.cells.values())
    return render_template(
        "insight/what_works.html",
        page=page,
        chips=chips("/wat-werkt", page.search, vocabulary),
        choices=choices(page.search, FILTERS[:3], vocabulary),
        year=next(iter(page.search.filters.get(Facet.YEAR, ())), ""),
        step=lambda number: step_of(number, edges),
        query=query_of(page.search),
        address=lambda each, **more: _cell_search(page.search, each, **more),
    )


@insight.get("/wat-werkt.csv")
def what_works_csv() -> Response:
    with running().work(origin="web") as work:
        page = mapping.gap_map(work, narrowed(work, FILTERS))
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in page.cells.values():
        directions = " ".join(f"{name}:{number}" for name, number in each.directions)
        figures = (each.initiatives, each.approaches, each.promised, each.measured, each.compared)
        writer.writerow((each.recommendation, each.level, *figures, directions))
    answer = Response(text.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="wat-werkt.csv"'
    return answer


COLUMNS = (
    "aanbeveling",
    "niveau",
    "initiatieven",
    "aanpakken",
    "beloofd",
    "gemeten",
    "vergeleken",
    "richtingen",
)


@insight.get("/wat-werkt/<number>/<level>")
def what_works_cell(number: str, level: str) -> str:
    with running().work(origin="web") as work:
        page = cell.cell_page(work, number, level)
    return render_template(
        "insight/cell.html",
        page=page,
        forest=forest_of(page) if page.drawn else None,
        reasons=obstacle_sentences(page.obstacles),
        meaning=labels.direction_meaning,
    )


def _cell_search(search: Search, each: mapping.Cell, **more: str) -> str:
    here = [(Facet.RECOMMENDATION, each.recommendation), (Facet.LEVEL, each.level)]
    return narrower_address(search, [*here, *((Facet(name), code) for name, code in more.items())])
