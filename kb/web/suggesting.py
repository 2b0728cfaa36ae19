"""What somebody may be typing in the search box: the list that its script shows under it."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from kb.domain.suggestions import Suggestion, SuggestionKind
from kb.domain.terms import Vocabulary
from kb.language.labels import label
from kb.language.texts import language
from kb.runtime import running
from kb.schemas.search import pairs_of, read_query
from kb.services import searching
from kb.web.facets import choice_text
from kb.web.public import search_address
from kb.web.speech import base

suggesting = Blueprint("suggesting", __name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list. `note` is what kind of theme it is and by which other name it was met.

    `rest` are the words that are looked for along with the choice."""

    text: str
    address: str
    count: int | None = None
    note: str = ""
    rest: str = ""


@suggesting.get("/zoeken/suggesties")
def suggestions() -> str:
    """A part of a page: nothing links here, and without the script the box is a plain form."""
    with running().work(origin="web") as work:
        typed = read_query(pairs_of(request.query_string), work.vocabulary)
        found = searching.suggest(work, typed, language())
        lines = [(each.kind, _line(each, work.vocabulary)) for each in found]
    groups = [(label(kind), [line for of, line in lines if of is kind]) for kind in SuggestionKind]
    return render_template(
        "public/suggestions.html", groups=[group for group in groups if group[1]], number=len(lines)
    )


def _line(found: Suggestion, vocabulary: Vocabulary) -> Line:
    if found.facet is None or found.search is None:
        return Line(found.label, f"{base()}/initiatieven/{found.slug}")
    facet = label(found.facet) if found.kind is SuggestionKind.THEME else ""
    is_term = found.kind is not SuggestionKind.ORGANISATION
    return Line(
        text=choice_text(found.facet, found.code, vocabulary) if is_term else found.label,
        address=search_address(found.search),
        count=found.count,
        note=", ".join(filter(None, (facet, found.met_by))),
        rest=found.search.words,
    )
