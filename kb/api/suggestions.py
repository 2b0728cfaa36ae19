"""`/api/v1/suggesties`: what a search box can offer while somebody types."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, json, request, url_for

from kb.api.problems import register_problems
from kb.domain.suggestions import Suggestion
from kb.language.texts import language
from kb.runtime import running
from kb.schemas.search import read_query, refuse_broken, write_query
from kb.services import searching

suggestions = Blueprint("api_suggestions", __name__, url_prefix="/api/v1/suggesties")
register_problems(suggestions)


@suggestions.get("")
def suggest() -> Response:
    """Takes the parameters of a search; `q` may end in half a word."""
    refuse_broken(request.query_string)
    with running().work(origin="api") as work:
        typed = read_query(request.args.items(multi=True), work.vocabulary, strict=True)
        found = searching.suggest(work, typed, language())
    document = json.dumps({"items": [_item(each) for each in found]}, ensure_ascii=False)
    answer = Response(document + "\n", mimetype="application/json")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _item(found: Suggestion) -> dict[str, Any]:
    """Either an initiative, or a choice with the number of results of the search that it makes."""
    item: dict[str, Any] = {"soort": found.kind.value, "naam": found.label}
    if found.facet is None or found.search is None:
        address = url_for("api_initiatives.show", slug=found.slug, _external=True)
        return {**item, "slug": found.slug, "_links": {"initiatief": {"href": address}}}
    query = urlencode(list(write_query(found.search)))
    address = f"{url_for('api_initiatives.search', _external=True)}?{query}"
    choice = {"facet": found.facet.value, "code": found.code, "aantal": found.count}
    return {**item, **choice, "_links": {"zoeken": {"href": address}}}
