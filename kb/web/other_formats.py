"""Every page with the same in other formats: named in its head, and given to whoever asks for that format."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from kb.exchange.formats import KINDS, Format
from kb.exchange.rdf import MEDIA_TYPES, Notation

HTML = "text/html"
JSON = "application/json"
ENGLISH = "/en"
# What one initiative is there in besides its page.
OF_ONE = (Format.JSON_LD, Format.YAML, Format.RIS, Format.BIBTEX)


@dataclass(frozen=True, slots=True)
class OtherFormat:
    media_type: str
    address: str


def _in_api(path: str) -> list[OtherFormat]:
    return [OtherFormat(JSON, f"/api/v1{path}")]


def _initiative(path: str) -> list[OtherFormat]:
    return [*_in_api(path), *(OtherFormat(KINDS[each].media_type, f"{path}.{each}") for each in OF_ONE)]


def _map(path: str) -> list[OtherFormat]:
    return [*_in_api(path), *_table(path)]


def _table(path: str) -> list[OtherFormat]:
    return [OtherFormat(KINDS[Format.CSV].media_type, f"{path}.csv")]


def _feed(_path: str) -> list[OtherFormat]:
    return [OtherFormat(KINDS[Format.ATOM].media_type, "/feed.atom")]


def _front(path: str) -> list[OtherFormat]:
    """Where a program begins, and what is new."""
    return [OtherFormat(JSON, "/api/v1"), *_feed(path)]


def _description(_path: str) -> list[OtherFormat]:
    return [OtherFormat(JSON, "/api/v1/openapi.json")]


def _search(path: str) -> list[OtherFormat]:
    files = (each for each in Format if each not in (Format.JSON, Format.ATOM, Format.EXCEL_CSV))
    found = [OtherFormat(KINDS[each].media_type, f"{path}.{each}") for each in files]
    return [OtherFormat(JSON, "/api/v1/initiatieven"), *found, *_feed(path)]


def _linked(path: str) -> list[OtherFormat]:
    return [OtherFormat(MEDIA_TYPES[each], f"{path}.{each}") for each in Notation]


def _catalogue(_path: str) -> list[OtherFormat]:
    return _linked("/open-data/catalogus")


# The first that fits the path, without the language in front.
PATHS: tuple[tuple[re.Pattern[str], Callable[[str], list[OtherFormat]]], ...] = tuple(
    (re.compile(pattern), found)
    for pattern, found in (
        (r"/", _front),
        (r"/zoeken", _search),
        (r"/initiatieven/[^/.]+", _initiative),
        (r"/(?:organisaties|aanpakken|regios|aanbevelingen)/[^/.]+", _in_api),
        (r"/(?:aanpakken|regios|aanbevelingen)", _in_api),
        (r"/wat-werkt", _map),
        (r"/spreiding", _table),
        (r"/api", _description),
        (r"/wat-werkt/[^/]+/[^/]+", _in_api),
        (r"/open-data", _catalogue),
        (r"/begrippen(?:/[^/.]+){0,2}", _linked),
    )
)


def prepare(app: Flask) -> None:
    app.before_request(_lead_on)
    app.after_request(_vary)
    app.jinja_env.globals["other_formats"] = lambda: other_formats(request.path)


def other_formats(path: str) -> list[OtherFormat]:
    """Where the same is found in another format, by the kind of format."""
    own = path.removeprefix(ENGLISH) if path.startswith(f"{ENGLISH}/") else path
    return next((found(own) for pattern, found in PATHS if pattern.fullmatch(own)), [])


def _lead_on() -> BaseResponse | None:
    """Only who would rather have another format than a page is led on; a browser never is."""
    if request.method not in ("GET", "HEAD") or request.endpoint is None:
        return None
    found = {each.media_type: each.address for each in other_formats(request.path)}
    wanted = request.accept_mimetypes.best_match([HTML, *found]) if found else HTML
    if wanted is None or wanted == HTML:
        return None
    query = request.query_string.decode("ascii", "replace")
    address = f"{request.script_root}{found[wanted]}"
    return redirect(f"{address}?{query}" if query else address, 303)


def _vary(response: Response) -> Response:
    if response.mimetype == HTML and other_formats(request.path):
        response.vary.add("Accept")
    return response
