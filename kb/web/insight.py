"""What works: the map of evidence, its cells, and the measure planner."""

import csv
from dataclasses import replace
from io import StringIO

from flask import Blueprint, Response, render_template, request

from kb.domain.search import Facet, Search
from kb.domain.terms import Scheme
from kb.language import labels
from kb.language.evidence import obstacle_sentences
from kb.language.texts import language
from kb.runtime import running
from kb.schemas.planning import read_plan
from kb.schemas.search import read_query
from kb.services import cell, planning
from kb.services import insight as mapping
from kb.web.facets import chips_of, region_text
from kb.web.forest import forest_of
from kb.web.maps import step_edges, step_of
from kb.web.public import search_address

insight = Blueprint("insight", __name__)

# What the map can be narrowed by; the other facets are its rows and columns.
FILTERS = (Facet.SECTOR, Facet.TARGET_GROUP, Facet.REGION, Facet.YEAR)


@insight.get("/wat-werkt")
def what_works() -> str:
    with running().work(origin="web") as work:
        page = mapping.gap_map(work, _narrowed())
        vocabulary = work.vocabulary
    edges = step_edges(each.initiatives for each in page.cells.values())
    return render_template(
        "insight/what_works.html",
        page=page,
        chips=[(each.text, _map_address(each.search)) for each in chips_of(page.search, vocabulary)],
        choices=_choices(page.search),
        year=next(iter(page.search.filters.get(Facet.YEAR, ())), ""),
        step=lambda number: step_of(number, edges),
        query=_query(page.search),
        address=lambda each, **more: _cell_search(page.search, each, **more),
    )


@insight.get("/wat-werkt.csv")
def what_works_csv() -> Response:
    with running().work(origin="web") as work:
        page = mapping.gap_map(work, _narrowed())
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


@insight.get("/meten")
def plan() -> str:
    asked, errors = read_plan(request.args)
    with running().work(origin="web") as work:
        indicators = planning.indicators(work)
    return render_template(
        "insight/plan.html",
        indicators=indicators,
        given=request.args,
        errors=errors,
        plan=planning.plan(asked) if asked else None,
        asked=asked,
    )


def _narrowed() -> Search:
    """The search of the address, its filters that narrow the map only."""
    with running().work(origin="web") as work:
        asked = read_query(request.args.items(multi=True), work.vocabulary)
    return Search(filters={facet: asked.filters[facet] for facet in FILTERS if facet in asked.filters})


def _map_address(search: Search) -> str:
    return search_address(search).replace("/zoeken", "/wat-werkt", 1)


def _query(search: Search) -> str:
    return _map_address(search).partition("?")[2]


def _cell_search(search: Search, each: mapping.Cell, **more: str) -> str:
    filters = {
        **search.filters,
        Facet.RECOMMENDATION: (each.recommendation,),
        Facet.LEVEL: (each.level,),
        **{Facet(name): (code,) for name, code in more.items()},
    }
    return search_address(replace(search, filters=filters))


def _choices(search: Search) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """For each filter its parameter, its name, and the options with what is chosen."""
    vocabulary = running().vocabulary
    lists = []
    for facet in FILTERS[:3]:
        scheme, chosen = Scheme(facet.value), search.filters.get(facet, ())
        terms = [t for t in vocabulary.all(scheme) if facet is not Facet.REGION or t.code[:2] in ("PV", "AM")]
        name = region_text if facet is Facet.REGION else _label
        options = [(term.code, name(term.code, vocabulary), term.code in chosen) for term in terms]
        lists.append((facet.value, labels.label(facet), options))
    return lists


def _label(code: str, _vocabulary: object) -> str:
    vocabulary = running().vocabulary
    for scheme in (Scheme.SECTOR, Scheme.TARGET_GROUP):
        if term := vocabulary.get(scheme, code):
            return term.label_in(language())
    return code
