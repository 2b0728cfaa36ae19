"""Who asks: the key in the header Authorization, held to what the address declares."""

from flask import current_app, g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from kb.domain.policies import EVERYONE, Policy, policy_on
from kb.domain.problems import Denied, NotRecognised
from kb.domain.scopes import covers
from kb.runtime import running
from kb.services import auditing, tokens
from kb.services.tokens import Holder

REALM = WWWAuthenticate("bearer", {"realm": "api"})


def hold_to_policy() -> None:
    """Before a view that is not for everyone: a key that is one, made for this, of somebody who may."""
    declared = policy_on(current_app.view_functions[request.endpoint]) if request.endpoint else None
    if declared is None or declared == EVERYONE:
        return
    g.api_holder = found = _recognised()
    if found.needs_touch:
        with running().work(writing=True, origin=origin()) as work:
            tokens.touch(work, found)
    _require(declared, found)


def holder() -> Holder:
    """Whose key it is; only under an address that asks for one."""
    found: Holder = g.api_holder
    return found


def origin() -> str:
    """Where a deed comes from, for the audit trail."""
    found: Holder | None = g.get("api_holder")
    key = f" sleutel:{found.token_id}" if found else ""
    return f"api {request.remote_addr or 'onbekend'}{key}"


def note_denial(reason: str) -> None:
    """What somebody with a key tried and may not do goes into the audit trail."""
    found: Holder | None = g.get("api_holder")
    if found is not None:
        with running().work(writing=True, origin=origin()) as work:
            auditing.note_denial(work, found.person, f"{request.method} {request.path}", reason)


def _recognised() -> Holder:
    given = request.authorization
    token = given.token if given is not None and given.type == "bearer" else None
    try:
        if not token:
            raise NotRecognised
        with running().work(origin=origin()) as work:
            return tokens.recognise(work, token)
    except NotRecognised:
        raise Unauthorized(www_authenticate=REALM) from None


def _require(declared: Policy, found: Holder) -> None:
    for answer in (
        *([covers(found.scopes, declared.scope)] if declared.scope else []),
        declared.admits(found.person),
    ):
        if not answer:
            raise Denied(answer.reason)
