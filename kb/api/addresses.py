"""Addresses in documents: they begin with the public address of the settings, whatever a request claims."""

from urllib.parse import urlencode

from kb.runtime import running

API = "/api/v1"


def api_address(path: str, query: tuple[tuple[str, str], ...] = ()) -> str:
    """The whole address of something under the API."""
    return page_address(f"{API}{path}", query)


def page_address(path: str, query: tuple[tuple[str, str], ...] = ()) -> str:
    words = f"?{urlencode(query)}" if query else ""
    return f"{running().settings.base_url}{path}{words}"


def link(path: str) -> dict[str, str]:
    return {"href": api_address(path)}
