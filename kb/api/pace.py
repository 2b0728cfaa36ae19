"""How many requests somebody may make in a minute, counted in the memory of each process."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock

from kb.domain.problems import TooOften

WINDOW_S = 60
# Beyond this many callers the counts start anew, so that memory stays bounded.
MOST_CALLERS = 50_000


class Pace:
    """Counts by caller in windows of a minute."""

    def __init__(self, per_minute: int, clock: Callable[[], datetime]) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._lock = Lock()
        self._window = 0
        self._counts: dict[str, int] = {}

    def count(self, caller: str) -> None:
        """Raises TooOften, with the seconds until the next window, once the allowance is used up."""
        now = int(self._clock().timestamp())
        with self._lock:
            if now // WINDOW_S != self._window or len(self._counts) > MOST_CALLERS:
                self._window, self._counts = now // WINDOW_S, {}
            number = self._counts.get(caller, 0) + 1
            self._counts[caller] = number
        if number > self._per_minute:
            raise TooOften(WINDOW_S - now % WINDOW_S)
