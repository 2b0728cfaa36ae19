"""`/api/v1/suggesties`: what a search box can offer while somebody types."""

from flask import Blueprint, Response, request

from kb.api.addresses import api_address, link
from kb.api.answers import Document, chosen, show
from kb.domain.suggestions import Suggestion
from kb.language.texts import language
from kb.runtime import running
from kb.schemas.resources.initiatives import SuggestionResource
from kb.schemas.search import read_query, refuse_broken, write_query
from kb.services import searching

suggestions = Blueprint("api_suggestions", __name__, url_prefix="/api/v1/suggesties")

_suggestion = SuggestionResource()


@suggestions.get("")
def suggest() -> Response:
    """Takes the parameters of a search; `q` may end in half a word."""
    refuse_broken(request.query_string)
    with running().work(origin="api") as work:
        typed = read_query(request.args.items(multi=True), work.vocabulary, strict=True)
        found = searching.suggest(work, typed, language())
    return show({"items": [_item(each) for each in found], "_links": {"self": link("/suggesties")}})


def _item(found: Suggestion) -> Document:
    """Either an initiative, or a choice with the number of results of the search that it makes."""
    if found.facet is None or found.search is None:
        item = chosen(_suggestion.dump(found), ("soort", "naam", "slug"))
        return {**item, "_links": {"initiatief": link(f"/initiatieven/{found.slug}")}}
    address = api_address("/initiatieven", tuple(write_query(found.search)))
    item = chosen(_suggestion.dump(found), ("soort", "naam", "facet", "code", "aantal"))
    return {**item, "_links": {"zoeken": {"href": address}}}
