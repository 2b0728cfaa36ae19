"""Whether a number must be a number: a program can send the right type, a form or a sheet sends words."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_exact: ContextVar[bool] = ContextVar("exact", default=False)


@contextmanager
def taking_types_exactly() -> Iterator[None]:
    """Within the block "12" is no number, 12 is no text, and an empty text is not left out."""
    token = _exact.set(True)
    try:
        yield
    finally:
        _exact.reset(token)


def types_are_exact() -> bool:
    return _exact.get()
