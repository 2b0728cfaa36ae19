"""What people who keep an initiative up are reminded of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Reason(StrEnum):
    CONFIRM = "bevestigen"
    DUE = "belofte"
    LATE = "te laat"


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do. `day` is when it was last confirmed, or when the promised measurement is due."""

    reason: Reason
    initiative_id: int
    slug: str
    title: str
    day: date
    indicator: str = ""

    @property
    def key(self) -> str:
        """Says what it is: after a new confirmation or with another date it is another thing."""
        return f"{self.reason.value} {self.initiative_id} {self.day.isoformat()} {self.indicator}".strip()
