"""What is wrong with a document: from nested messages under their keys to one flat list of FieldError."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from marshmallow import ValidationError

from kb.domain.problems import FieldError

# How much of somebody's own text an error repeats.
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Complaint:
    """A message id of the catalogue with what fills its named places."""

    message: str
    values: Mapping[str, object]


def wrong(message: str, **values: object) -> ValidationError:
    """The error to raise for one field."""
    return ValidationError([Complaint(message, values)])


def shown(value: object) -> str:
    """The value in a few words, fit for an error message."""
    text = value if isinstance(value, str) else type(value).__name__ if _is_large(value) else str(value)
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: SHOWN + 1])
    return line if len(text) <= SHOWN else line[:SHOWN] + "\N{HORIZONTAL ELLIPSIS}"


def field_errors(messages: object, path: str = "") -> Iterator[FieldError]:
    """Each complaint with the path of its field, such as `bronnen.2.adres`; lists count from 0."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from field_errors(inner, path if key == "_schema" else f"{path}.{key}".lstrip("."))
    elif isinstance(messages, list):
        for message in messages:
            yield from field_errors(message, path)
    elif isinstance(messages, Complaint):
        yield FieldError(path, messages.message, messages.values)
    else:
        yield FieldError(path, str(messages))


def _is_large(value: object) -> bool:
    """Printing a nested list can take for ever; a number of 10,000 digits raises."""
    return isinstance(value, list | dict) or (isinstance(value, int) and abs(value) > 10**SHOWN)
