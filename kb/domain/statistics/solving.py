"""Where a function of one number crosses zero."""

from collections.abc import Callable
from math import isfinite

Function = Callable[[float], float]

# Halving a bracket this often reaches the last bit of any number used here.
HALVINGS = 400
DOUBLINGS = 1000


def crossing(function: Function, low: float, high: float) -> float:
    """The place between low and high where the function changes sign, to the last bit."""
    below = function(low) < 0
    for _ in range(HALVINGS):
        middle = low + (high - low) / 2
        if middle in (low, high):
            break
        if (function(middle) < 0) is below:
            low = middle
        else:
            high = middle
    return low + (high - low) / 2


def falling_root(function: Function, high: float = 1.0) -> float:
    """Where a function that is positive at 0 and falls reaches zero; the bracket grows until it holds it."""
    for _ in range(DOUBLINGS):
        if function(high) <= 0 or not isfinite(high):
            break
        high *= 2
    return crossing(function, 0.0, high)
