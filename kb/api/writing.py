"""Writing with a key: start an initiative, change its newest version, add a measurement, submit it."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response, request
from werkzeug.exceptions import PreconditionFailed, PreconditionRequired

from kb.api.addresses import api_address, link, page_address
from kb.api.answers import as_json, etag_of
from kb.api.keys import holder, origin
from kb.api.parsing import JSON, json_body, refuse_parameters, repeat_key
from kb.domain.content import Content
from kb.domain.policies import policy
from kb.domain.problems import Invalid
from kb.domain.scopes import Scope
from kb.domain.workflow import Action
from kb.runtime import running
from kb.schemas.content import read_content_exactly, with_measurement
from kb.schemas.form import key_of
from kb.schemas.resources.initiatives import WorkingResource
from kb.services import drafting, repeating
from kb.services.drafting import Draft
from kb.services.repeating import Reply
from kb.services.work import Work

writing = Blueprint("api_writing", __name__, url_prefix="/api/v1/initiatieven")

_working = WorkingResource()


@writing.get("/<slug>/werkversie")
@policy(Action.INSPECT, scope=Scope.LOOK)
def look(slug: str) -> Response:
    refuse_parameters()
    with running().work(origin=origin()) as work:
        draft = drafting.look(work, holder().person, slug)
    answer = answer_of(_reply(draft))
    answer.make_conditional(request)
    return answer


@writing.post("")
@policy(Action.CREATE, scope=Scope.WRITE)
def create() -> Response:
    body = json_body()

    def do(work: Work) -> Reply:
        content = read_content_exactly(body, work.vocabulary)
        return _reply(drafting.create(work, holder().person, content), status=201)

    return _once(do)


@writing.put("/<slug>/werkversie")
@policy(Action.EDIT, scope=Scope.WRITE)
def change(slug: str) -> Response:
    _condition()
    body = json_body()
    with running().work(writing=True, origin=origin()) as work:
        content = read_content_exactly(body, work.vocabulary)
        reply = _reply(_changed(work, _matched(work, slug), content))
    return answer_of(reply)


@writing.post("/<slug>/metingen")
@policy(Action.EDIT, scope=Scope.MEASURE)
def measure(slug: str) -> Response:
    _condition()
    body = json_body()

    def do(work: Work) -> Reply:
        draft = _matched(work, slug)
        content = with_measurement(draft.content, body, work.vocabulary)
        return _reply(_changed(work, draft, content), status=201)

    return _once(do)


@writing.post("/<slug>/indieningen")
@policy(Action.SUBMIT, scope=Scope.SUBMIT)
def submit(slug: str) -> Response:
    """Hands the version to the reviewers; what is missing is told by the keys of the document."""
    _condition()

    def do(work: Work) -> Reply:
        draft = _matched(work, slug)
        try:
            drafting.submit(work, holder().person, slug, based_on=draft.number)
        except Invalid as invalid:
            raise Invalid(tuple(replace(each, field=key_of(each.field)) for each in invalid.errors)) from None
        return _reply(drafting.look(work, holder().person, slug), status=201)

    return _once(do)


def _changed(work: Work, draft: Draft, content: Content) -> Draft:
    return drafting.edit(work, holder().person, draft.slug, content, based_on=draft.number)


def _condition() -> str:
    """The version that the client read; 428 where it does not say which."""
    said = request.headers.get("If-Match", "").strip()
    if not said or said == "*":
        raise PreconditionRequired
    return said


def _matched(work: Work, slug: str) -> Draft:
    """The newest version, when it is the one that the client read; else 412."""
    draft = drafting.look(work, holder().person, slug)
    said = [tag.strip() for tag in _condition().split(",")]
    if f'"{_reply(draft).headers["ETag"]}"' not in said:
        raise PreconditionFailed
    return draft


def _once(do: Callable[[Work], Reply]) -> Response:
    """Done in one transaction, and only once for each Idempotency-Key of this API key."""
    asked = (request.method, request.path, request.headers.get("If-Match", ""))
    wanted = repeating.Request(holder().token_id, repeat_key(), asked, request.get_data())
    with running().work(writing=True, origin=origin()) as work:
        reply = repeating.once(work, wanted, lambda: do(work))
    return answer_of(reply)


def _reply(draft: Draft, status: int = 200) -> Reply:
    address = f"/initiatieven/{draft.slug}"
    links = {"self": link(f"{address}/werkversie")}
    if draft.standing.is_public:
        links |= {"initiatief": link(address), "pagina": {"href": page_address(address)}}
    body = as_json({**_working.dump(draft), "_links": links}).get_data(as_text=True)
    headers = {"ETag": etag_of(body)}
    if status == 201:
        headers["Location"] = api_address(f"{address}/werkversie")
    return Reply(status, body, headers)


def answer_of(reply: Reply) -> Response:
    """What somebody with a key hears; nobody in between keeps it."""
    answer = Response(reply.body, reply.status, mimetype=JSON)
    for name, value in reply.headers.items():
        answer.headers[name] = f'"{value}"' if name == "ETag" else value
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
