"""Addresses of the pages around this one, as the design rules for Dutch public APIs ask."""

from urllib.parse import urlencode

from kb.domain.search import Search
from kb.schemas.search import write_query


def links_of(base: str, search: Search, pages: int) -> dict[str, dict[str, str]]:
    """The addresses of this page, the first, the last and those on either side where they exist."""
    numbers = {"self": search.page, "first": 1, "last": pages}
    if search.page > 1:
        numbers["prev"] = min(search.page - 1, pages)
    if search.page < pages:
        numbers["next"] = search.page + 1
    return {name: {"href": _address(base, search.on_page(number))} for name, number in numbers.items()}


def _address(base: str, search: Search) -> str:
    query = urlencode(list(write_query(search)))
    return f"{base}?{query}" if query else base
