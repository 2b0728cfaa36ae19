"""What a search box offers while somebody types."""

from dataclasses import dataclass
from enum import StrEnum

from kb.domain.search import Facet, Search


class SuggestionKind(StrEnum):
    """The groups, in the order in which they are shown. The value is the name in the API."""

    TITLE = "initiatief"
    ORGANISATION = "organisatie"
    PLACE = "plaats"
    THEME = "thema"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the search box: an initiative (`slug`), or a choice of a facet.

    Choosing that makes the search `search`, which has `count` results. `met_by` is the other name that was
    typed, where it was not the label."""

    kind: SuggestionKind
    label: str
    count: int = 1
    slug: str = ""
    facet: Facet | None = None
    code: str = ""
    search: Search | None = None
    met_by: str = ""
