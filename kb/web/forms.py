"""What the small forms share: reading a field, and showing errors in words."""

from dataclasses import dataclass

from flask import request

from kb.domain.problems import FieldError, Invalid
from kb.language.texts import gettext as _

LONGEST_FIELD = 2_000


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


def _told(error: FieldError) -> Told:
    return Told(error.field, _(error.message, **error.values))
