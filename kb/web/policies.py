"""Holds every address to the policy it declares, before its view begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask import Blueprint, Flask, current_app, redirect, request
from werkzeug.wrappers import Response

from kb.domain.people import Person
from kb.domain.policies import EVERYONE, Policy, policy_on
from kb.domain.problems import Denied
from kb.web import resuming
from kb.web.login import csrf, visit, visitor
from kb.web.speech import base

View = TypeVar("View", bound=Callable[..., object])
OPEN = "kb_open_for_reading"
UPLOAD = "most_bytes_of_an_upload"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
# The door for machines asks for a token instead of a session, and looks at the same declarations itself.
MACHINES = "/api/"


def prepare(app: Flask) -> None:
    app.extensions.setdefault(OPEN, {"static"})
    app.before_request(_hold)


def open_for_reading(app: Flask, *blueprints: Blueprint) -> None:
    """Everyone may read everything here; whatever changes something still declares its own policy."""
    opened = app.extensions.setdefault(OPEN, {"static"})
    opened.update(name for each in blueprints for name in (each.name, f"en_{each.name}"))


def open_for_machines(*blueprints: Blueprint) -> None:
    """These look at no cookie, so a form of another site has nothing to forge and needs no token."""
    for each in blueprints:
        csrf.exempt(each)


def open_without_form(view: View) -> View:
    """A mail program sends this without having seen a form; the secret in the address is what admits it."""
    csrf.exempt(view)
    return view


def policy_of(app: Flask, endpoint: str, method: str) -> Policy | None:
    """What this address declares for this method; None when it declares nothing."""
    declared = policy_on(app.view_functions[endpoint])
    if declared is not None:
        return declared
    is_open = endpoint.rpartition(".")[0] in app.extensions[OPEN] or endpoint in app.extensions[OPEN]
    return EVERYONE if is_open and method in READING else None


@dataclass(frozen=True, slots=True)
class Line:
    """One address with one method: what it asks for, and what each role gets."""

    method: str
    address: str
    declared: Policy | None
    admitted: tuple[bool, ...]


def matrix(app: Flask, people: Sequence[Person]) -> tuple[Line, ...]:
    """Every address there is, as the router knows it; the English ones declare the same."""
    found = [
        _line(app, rule.rule, rule.endpoint, method, people)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        if not rule.endpoint.startswith("en_")
    ]
    return tuple(sorted(found, key=lambda line: (line.address, line.method)))


def _line(app: Flask, address: str, endpoint: str, method: str, people: Sequence[Person]) -> Line:
    declared = policy_of(app, endpoint, method)
    admitted = tuple(declared is not None and bool(declared.admits(person)) for person in people)
    return Line(method, address, declared, admitted)


def takes_upload(most: int) -> Callable[[View], View]:
    """Declares on a view that whoever may use it may send this many bytes, far more than other pages take."""

    def mark(view: View) -> View:
        setattr(view, UPLOAD, most)
        return view

    return mark


def _allow_upload(view: object) -> None:
    most = getattr(view, UPLOAD, None)
    if most is not None:
        request.max_content_length = most


def _hold() -> Response | str | None:
    if request.endpoint is None:
        return None
    declared = policy_of(current_app, request.endpoint, request.method)
    if declared is None:
        raise Denied("Nobody has said yet who may use this address.")
    if declared == EVERYONE or request.path.startswith(MACHINES):
        return None
    if declared.halfway:
        return None if visit() else redirect(f"{base()}/inloggen")
    person = visitor()
    answer = declared.admits(person)
    if answer:
        _allow_upload(current_app.view_functions[request.endpoint])
        return None
    if person.is_known:
        raise Denied(answer.reason)
    return resuming.ask_to_log_in()
