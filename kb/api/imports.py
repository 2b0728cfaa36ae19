"""`/api/v1/importen`: a file as a coordinator has it becomes drafts, as at the desk."""

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import UnsupportedMediaType

from kb.api.addresses import api_address, link, page_address
from kb.api.answers import Document, Part, as_json, chosen, show, show_part
from kb.api.keys import holder, origin
from kb.api.parsing import asked_of, refuse_parameters, repeat_key
from kb.api.writing import answer_of
from kb.domain.imports import Outcome, Stage
from kb.domain.policies import policy
from kb.domain.problems import FieldError, Invalid
from kb.domain.rights import Right
from kb.domain.scopes import Scope
from kb.exchange.limits import UPLOAD_BYTES
from kb.language.texts import mark
from kb.runtime import running
from kb.schemas.collections import IMPORT_ROWS
from kb.schemas.openapi.importing import FILE_KINDS
from kb.schemas.resources.imports import ImportResource, ImportRowResource
from kb.services import repeating
from kb.services.importing import runs, showing
from kb.services.importing.runs import Overview
from kb.services.repeating import Reply
from kb.services.work import Work

imports = Blueprint("api_imports", __name__, url_prefix="/api/v1/importen")

ENDINGS = dict(zip(FILE_KINDS, ("csv", "xlsx", "yaml", "json"), strict=True))
NOTHING = mark("Send the file as the body of the request.")

_import, _row = ImportResource(), ImportRowResource()


@imports.post("")
@policy(Right.IMPORT, scope=Scope.WRITE)
def receive() -> Response:
    """Keeps the file; a process of its own reads and checks it."""
    name, data = _file()
    received: list[str] = []

    def do(work: Work) -> Reply:
        key = runs.receive(work, holder().person, name, data)
        received.append(key)
        return _reply(runs.look(work, holder().person, key), 201)

    asked = repeating.Request(holder().token_id, repeat_key(), (request.method, request.path), data)
    with running().work(writing=True, origin=origin()) as work:
        reply = repeating.once(work, asked, lambda: do(work))
    for key in received:
        running().start_import(key, straight_on=True)
    return answer_of(reply)


@imports.get("/<sleutel>")
@policy(Right.IMPORT, scope=Scope.LOOK)
def look(sleutel: str) -> Response:
    refuse_parameters()
    with running().work(origin=origin()) as work:
        overview = runs.look(work, holder().person, sleutel)
    return _private(show(_document(overview)))


@imports.get("/<sleutel>/rijen")
@policy(Right.IMPORT, scope=Scope.LOOK)
def rows(sleutel: str) -> Response:
    with running().work(origin=origin()) as work:
        asked = asked_of(IMPORT_ROWS, work.vocabulary)
        overview = runs.look(work, holder().person, sleutel)
        part = _rows(work, overview, asked)
    return _private(show_part(f"{IMPORT_ROWS.path}/{sleutel}/rijen", part))


@imports.post("/<sleutel>/overname")
@policy(Right.IMPORT, scope=Scope.WRITE)
def apply(sleutel: str) -> Response:
    with running().work(writing=True, origin=origin()) as work:
        runs.apply(work, holder().person, sleutel)
    return _going_on(sleutel)


@imports.post("/<sleutel>/terugdraaiing")
@policy(Right.IMPORT, scope=Scope.WRITE)
def undo(sleutel: str) -> Response:
    with running().work(writing=True, origin=origin()) as work:
        runs.undo(work, holder().person, sleutel)
    return _going_on(sleutel)


def _going_on(key: str) -> Response:
    """The work has begun; where the import stands tells when it is done."""
    running().start_import(key)
    with running().work(origin=origin()) as work:
        return answer_of(_reply(runs.look(work, holder().person, key), 202))


def _file() -> tuple[str, bytes]:
    kind = request.mimetype or FILE_KINDS[0]
    if kind not in ENDINGS:
        raise UnsupportedMediaType
    refuse_parameters()
    request.max_content_length = UPLOAD_BYTES
    data = request.get_data(cache=False)
    if not data:
        raise Invalid((FieldError("", NOTHING),))
    return f"api.{ENDINGS[kind]}", data


def _rows(work: Work, overview: Overview, asked: dict[str, Any]) -> Part:
    outcome: Outcome | None = asked["outcome"]
    page, per_page = asked["page"], asked["per_page"]
    key = overview.run.key
    found = showing.rows(work, holder().person, key, outcome, page=page, per_page=per_page)
    total = overview.counts.get(outcome, 0) if outcome else sum(overview.counts.values())
    return Part([chosen(_row.dump(row), asked["keys"]) for row in found], total, page, per_page)


def _document(overview: Overview) -> Document:
    """With the way to what can be done next."""
    here, stage = f"{IMPORT_ROWS.path}/{overview.run.key}", overview.run.stage
    links = {"self": link(here), "pagina": {"href": page_address(f"/import/{overview.run.key}")}}
    if overview.counts:
        links["rijen"] = link(f"{here}/rijen")
    if stage is Stage.CHECKED and overview.can_apply:
        links["overname"] = link(f"{here}/overname")
    if stage is Stage.APPLIED:
        links["terugdraaiing"] = link(f"{here}/terugdraaiing")
    return {**_import.dump(overview), "_links": links}


def _reply(overview: Overview, status: int) -> Reply:
    body = as_json(_document(overview)).get_data(as_text=True)
    address = api_address(f"{IMPORT_ROWS.path}/{overview.run.key}")
    return Reply(status, body, {"Location": address} if status == 201 else {})


def _private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
