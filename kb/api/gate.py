"""What holds for every request to the API and every answer: pace, format, version, and who may read along."""

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import NotAcceptable

from kb.api.addresses import API
from kb.api.files import JSON, MEDIA_TYPES
from kb.api.keys import hold_to_policy
from kb.api.pace import Pace
from kb.runtime import EXTENSION
from kb.schemas.openapi.document import VERSION

PACE = "kb_api_pace"
# The one address that can answer in other formats than JSON.
WITH_FILES = "api_initiatives.search"
# Everybody's page may read here; a page of somebody else can never write, whatever key it holds.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "API-Version, ETag, Link, Location, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def prepare(app: Flask) -> None:
    runtime = app.extensions[EXTENSION]
    app.extensions[PACE] = Pace(runtime.settings.api_per_minute, runtime.clock)
    app.before_request(_admit)
    app.after_request(_tell)


def is_under_api() -> bool:
    return request.path == API or request.path.startswith(f"{API}/")


def _admit() -> None:
    if not is_under_api() or request.method == "OPTIONS":
        return
    pace: Pace = current_app.extensions[PACE]
    pace.count(request.remote_addr or "")
    offered = MEDIA_TYPES if request.endpoint == WITH_FILES else (JSON,)
    if request.endpoint and request.accept_mimetypes and not request.accept_mimetypes.best_match(offered):
        raise NotAcceptable
    hold_to_policy()


def _tell(response: Response) -> Response:
    if not is_under_api():
        return response
    response.headers["API-Version"] = VERSION
    response.headers.update(OPEN)
    response.vary.add("Accept")
    if request.method == "OPTIONS":
        response.headers.update(PREFLIGHT)
    return response
