"""What a harvester asks and gets: what changed since when, and what is not public any more."""

from dataclasses import dataclass
from datetime import datetime

from kb.domain.catalogue import PublicRecord


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last that was given: whatever comes later in time, or at the same moment with a higher number."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Span:
    """Changes from the first moment on, and before the last; `recommendation` narrows to one of the sets."""

    first: datetime | None = None
    before: datetime | None = None
    recommendation: str = ""


@dataclass(frozen=True, slots=True)
class Harvested:
    """One initiative with when it changed last; without a record it was withdrawn."""

    id: int
    at: datetime
    record: PublicRecord | None = None

    @property
    def sets(self) -> tuple[str, ...]:
        return self.record.content.recommendations if self.record else ()


@dataclass(frozen=True, slots=True)
class Harvest:
    """One batch; with a cursor there is more after it."""

    items: tuple[Harvested, ...]
    total: int
    next: Cursor | None = None
