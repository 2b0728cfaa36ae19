"""Following a search: how often somebody wants to hear, and what is new since the last time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_NAME = 120
MOST_SEARCHES = 50
MOST_LISTS = 50
MOST_ON_A_LIST = 200
LONGEST_NOTE = 1_000


class Rhythm(StrEnum):
    """How often a mail may come; it comes only when something changed."""

    NEVER = "nooit"
    DAILY = "dagelijks"
    WEEKLY = "wekelijks"


# A daily run is never at the very same minute, so an hour less than the whole time is enough.
WAITS = {Rhythm.DAILY: timedelta(hours=23), Rhythm.WEEKLY: timedelta(days=7) - timedelta(hours=1)}


def is_due(rhythm: Rhythm, looked_at: datetime, now: datetime) -> bool:
    return rhythm in WAITS and now - looked_at >= WAITS[rhythm]


@dataclass(frozen=True, slots=True)
class Difference:
    """Addresses of initiatives: new in the search, changed, and no longer found."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)


def difference(seen: Mapping[str, int], found: Mapping[str, int]) -> Difference:
    """Both give the number of the public revision by address; in the order of what is found now."""
    return Difference(
        new=tuple(slug for slug in found if slug not in seen),
        changed=tuple(slug for slug, number in found.items() if slug in seen and seen[slug] != number),
        gone=tuple(slug for slug in seen if slug not in found),
    )
