"""`/api/v1/wat-werkt`: the map of evidence for machines."""

from typing import Any

from flask import Blueprint, Response, json, request

from kb.api.problems import register_problems
from kb.domain.search import Facet, Search
from kb.runtime import running
from kb.schemas.search import read_query, refuse_broken
from kb.services import insight as mapping

VERSION = "1.0.0"
FILTERS = (Facet.SECTOR, Facet.TARGET_GROUP, Facet.REGION, Facet.YEAR)

insight = Blueprint("api_insight", __name__, url_prefix="/api/v1/wat-werkt")
register_problems(insight)


@insight.get("")
def what_works() -> Response:
    refuse_broken(request.query_string)
    with running().work(origin="api") as work:
        asked = read_query(request.args.items(multi=True), work.vocabulary, strict=True)
        narrowed = {facet: codes for facet, codes in asked.filters.items() if facet in FILTERS}
        page = mapping.gap_map(work, Search(filters=narrowed))
    document = {"cellen": [_cell(cell) for cell in page.cells.values()]}
    answer = Response(json.dumps(document, ensure_ascii=False) + "\n", mimetype="application/json")
    answer.headers["API-Version"] = VERSION
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _cell(cell: mapping.Cell) -> dict[str, Any]:
    return {
        "aanbeveling": cell.recommendation,
        "niveau": cell.level,
        "initiatieven": cell.initiatives,
        "aanpakken": cell.approaches,
        "beloofd": cell.promised,
        "gemeten": cell.measured,
        "vergeleken": cell.compared,
        "richtingen": dict(cell.directions),
    }
