"""What works: the map of evidence and its cells."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from io import StringIO

from flask import Blueprint, Response, render_template, request

from kb.domain.catalogue import COMPARED, MEASURED, Studied
from kb.domain.search import Facet, Search
from kb.domain.shades import step_edges, step_of
from kb.language import labels
from kb.language.evidence import obstacle_sentences
from kb.runtime import running
from kb.schemas.search import OLDER, asks_older
from kb.services import cell
from kb.services import insight as mapping
from kb.web.firmness import firmness_of
from kb.web.forest import forest_of
from kb.web.narrowing import chips, choices, narrowed, query_of
from kb.web.public import search_address

insight = Blueprint("insight", __name__)

# What the map can be narrowed by; the other facets are its rows and columns.
FILTERS = (Facet.SECTOR, Facet.TARGET_GROUP, Facet.REGION, Facet.YEAR)
# What each number counts, as the search calls it; with what is older, and without.
STAGES: Mapping[str, Mapping[bool, tuple[Studied, ...]]] = {
    "promised": {False: (Studied.PROMISED,), True: (Studied.PROMISED,)},
    "measured": MEASURED,
    "compared": COMPARED,
}


@insight.get("/wat-werkt")
def what_works() -> str:
    with running().work(origin="web") as work:
        page = mapping.gap_map(work, narrowed(work, FILTERS, ignored=OLDER), with_older=_with_older())
        vocabulary = work.vocabulary
    edges = step_edges(each.initiatives for each in page.cells.values())
    return render_template(
        "insight/what_works.html",
        page=page,
        chips=chips("/wat-werkt", page.search, vocabulary),
        choices=choices(page.search, FILTERS[:3], vocabulary),
        year=next(iter(page.search.filters.get(Facet.YEAR, ())), ""),
        step=lambda number: step_of(number, edges),
        query=_query(page.search, page.with_older),
        other_query=_query(page.search, not page.with_older),
        older=sum(each.older for each in page.cells.values()),
        address=lambda each, stage="", **more: _cell_search(page, each, stage, **more),
    )


@insight.get("/wat-werkt.csv")
def what_works_csv() -> Response:
    with running().work(origin="web") as work:
        page = mapping.gap_map(work, narrowed(work, FILTERS, ignored=OLDER), with_older=_with_older())
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in page.cells.values():
        directions = " ".join(f"{name}:{number}" for name, number in each.directions)
        figures = (each.initiatives, each.approaches, each.promised, each.measured, each.compared)
        writer.writerow((each.recommendation, each.level, *figures, directions, each.older))
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
    "ouder",
)


@insight.get("/wat-werkt/<number>/<level>")
def what_works_cell(number: str, level: str) -> str:
    with running().work(origin="web") as work:
        page = cell.cell_page(work, number, level, with_older=_with_older())
    forest = forest_of(page) if page.drawn else None
    return render_template(
        "insight/cell.html",
        page=page,
        forest=forest,
        firmness=firmness_of(page, forest.scale) if forest else None,
        reasons=obstacle_sentences(page.obstacles),
        meaning=labels.direction_meaning,
    )


def _with_older() -> bool:
    return asks_older(request.args.getlist(OLDER))


def _query(search: Search, with_older: bool) -> str:
    older = f"{OLDER}=ja" if with_older else ""
    return "&".join(filter(None, (query_of(search), older)))


def _cell_search(page: mapping.GapMap, each: mapping.Cell, stage: str, **more: str) -> str:
    """The search behind a number: the cell, how far the looking went, and a direction."""
    filters: dict[Facet, tuple[str, ...]] = {
        **page.search.filters,
        Facet.RECOMMENDATION: (each.recommendation,),
        Facet.LEVEL: (each.level,),
        **{Facet(name): (code,) for name, code in more.items()},
    }
    if stage == "approaches":
        filters[Facet.APPROACH] = each.approach_slugs
    elif stage:
        filters[Facet.STUDIED] = STAGES[stage][page.with_older]
    return search_address(replace(page.search, filters=filters))
