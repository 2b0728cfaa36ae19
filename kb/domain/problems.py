"""What can go wrong, as values: raised where it happens, told to people in one place per door."""

import dataclasses
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True, slots=True)
class FieldError:
    """One thing that is wrong with one field; `field` is a path such as `bronnen.2.adres`.

    `message` is an English message id of the catalogue, `values` fills its named places.
    """

    field: str
    message: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)


class Problem(Exception):  # noqa: N818 - a domain word, not a fault of the program
    """Something a person asked for cannot be done."""


class NotFound(Problem):
    """There is no such thing, or not for this person: both look the same from outside."""

    def __init__(self, kind: str, key: object) -> None:
        super().__init__(f"{kind} {key!s} not found")
        self.kind = kind
        self.key = key


class Moved(Problem):
    """The thing has another address now."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"{kind} moved to {key}")
        self.kind = kind
        self.key = key


class Invalid(Problem):
    """What came in does not fit; all errors at once."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__("; ".join(f"{error.field}: {error.message}" for error in errors))
        self.errors = errors


class Conflict(Problem):
    """Somebody else changed it in the meantime."""

    def __init__(self, kind: str, key: object, *, current: int) -> None:
        super().__init__(f"{kind} {key!s} has changed since; it is now at revision {current}")
        self.kind = kind
        self.key = key
        self.current = current


class Denied(Problem):
    """This person may not do this now; `reason` is a message id of the catalogue."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotRecognised(Problem):
    """The key of a program is no key, or not any more."""


class TooOften(Problem):
    """Tried too many times; it may be tried again after some seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too often; try again in {seconds} s")
        self.seconds = seconds


class Unreachable(Problem):
    """Something the program cannot do without does not answer, such as the database."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason
