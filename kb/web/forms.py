"""What the small forms share: reading a field, and showing errors in words."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request

from kb.domain.problems import FieldError, Invalid, TooOften
from kb.language.texts import gettext as _
from kb.language.texts import ngettext

LONGEST_FIELD = 2_000

Waiting = tuple[str, int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """An error as the page shows it, in the summary and at the field."""

    field: str
    text: str


def field(name: str, *, stripped: bool = True) -> str:
    """One text field of the form, never longer than a small form needs."""
    text = request.form.get(name, "")[:LONGEST_FIELD]
    return text.strip() if stripped else text


def secret_field(name: str) -> str:
    """A password as it was typed, spaces included."""
    return field(name, stripped=False)


def told(problem: Invalid) -> tuple[Told, ...]:
    return tuple(_told(error) for error in problem.errors)


def patience(problem: TooOften) -> str:
    """How long to wait, in words."""
    minutes = max(1, problem.seconds // 60)
    return ngettext("Wait %(n)s minute and try again.", "Wait %(n)s minutes and try again.", minutes)


def wait(problem: TooOften, name: str, show: Callable[[tuple[Told, ...]], str]) -> Waiting:
    """The form once more with what was filled in, saying at this field how long to wait."""
    return show((Told(name, patience(problem)),)), 429, {"Retry-After": str(problem.seconds)}


def _told(error: FieldError) -> Told:
    return Told(error.field, _(error.message, **error.values))
