"""`/api/v1/wat-werkt` and `/api/v1/studies`: the map of evidence and what it is made of."""

from flask import Blueprint, Response, request

from kb.api.addresses import link, page_address
from kb.api.answers import Part, chosen, show, show_part
from kb.api.parsing import asked_of, refuse_parameters
from kb.domain.search import Facet, Search
from kb.runtime import running
from kb.schemas.collections import STUDIES
from kb.schemas.resources.evidence import CellPageResource, CellResource
from kb.schemas.search import OLDER, asks_older, read_query, refuse_broken
from kb.services import cell, collecting
from kb.services import insight as mapping
from kb.services.collecting import Slice, StudyFilter

FILTERS = (Facet.SECTOR, Facet.TARGET_GROUP, Facet.REGION, Facet.YEAR)

insight = Blueprint("api_insight", __name__, url_prefix="/api/v1")

_cell, _cell_page, _study = CellResource(), CellPageResource(), STUDIES.member()


@insight.get("/wat-werkt")
def what_works() -> Response:
    refuse_broken(request.query_string)
    with running().work(origin="api") as work:
        asked = read_query(
            request.args.items(multi=True), work.vocabulary, strict=True, ignored=OLDER, only=FILTERS
        )
        page = mapping.gap_map(work, Search(filters=asked.filters), with_older=_with_older())
    cells = [
        {**_cell.dump(each), "_links": {"self": link(f"/wat-werkt/{each.recommendation}/{each.level}")}}
        for each in page.cells.values()
    ]
    return show({"cellen": cells, "_links": {"self": link("/wat-werkt")}})


@insight.get("/wat-werkt/<number>/<level>")
def what_works_cell(number: str, level: str) -> Response:
    refuse_parameters(besides=OLDER)
    with running().work(origin="api") as work:
        page = cell.cell_page(work, number, level, with_older=_with_older())
    address = f"/wat-werkt/{number}/{level}"
    links = {"self": link(address), "pagina": {"href": page_address(address)}}
    return show({**_cell_page.dump(page), "_links": links})


@insight.get("/studies")
def studies() -> Response:
    with running().work(origin="api") as work:
        asked = asked_of(STUDIES, work.vocabulary)
        page, per_page = asked["page"], asked["per_page"]
        narrowed = StudyFilter(asked["designs"], asked["grades"], asked["initiatives"])
        found, total = collecting.studies(
            work, Slice(per_page, (page - 1) * per_page, asked["sort"]), narrowed
        )
    items = [
        chosen(
            {**_study.dump(each), "_links": {"initiatief": link(f"/initiatieven/{each.slug}")}}, asked["keys"]
        )
        for each in found
    ]
    return show_part(STUDIES.path, Part(items, total, page, per_page))


def _with_older() -> bool:
    return asks_older(request.args.getlist(OLDER), strict=True)
