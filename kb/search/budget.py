"""How much work one search may cost. Whoever works in steps asks between two of them."""

from collections.abc import Callable
from time import perf_counter

SECONDS = 0.4
# What is begun late still gets so much: a database that answers at all answers within it.
SHORTEST = 0.05


class Budget:
    """`exceeded` tells whether somebody was told to stop, so that the answer is not the whole one."""

    def __init__(self, seconds: float = SECONDS, clock: Callable[[], float] = perf_counter) -> None:
        self._clock = clock
        self._end = clock() + seconds
        self.exceeded = False

    @property
    def left(self) -> float:
        """Seconds; never less than a moment."""
        return max(SHORTEST, self._end - self._clock())

    def is_spent(self) -> bool:
        """Time is up: give what there is so far."""
        self.exceeded = self.exceeded or self._clock() > self._end
        return self.exceeded


def unlimited() -> Budget:
    """For what nobody waits for."""
    return Budget(float("inf"))
