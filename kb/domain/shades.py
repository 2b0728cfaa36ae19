"""Numbers as shades of a map: none, and five steps up to the most."""

from collections.abc import Iterable, Sequence

STEPS = 5


def step_edges(numbers: Iterable[int]) -> tuple[int, ...]:
    """The lowest number of each shade, in five equal steps of round numbers."""
    most = max(numbers, default=0)
    width = max(1, -(-most // STEPS))
    return tuple(1 + width * step for step in range(STEPS))


def step_of(number: int, edges: Sequence[int]) -> int:
    return sum(number >= edge for edge in edges)


def legend_of(edges: Sequence[int]) -> tuple[tuple[int, str], ...]:
    ends = [edge - 1 for edge in edges[1:]]
    words = [f"{low}–{high}" if low < high else str(low) for low, high in zip(edges, ends, strict=False)]
    return tuple(enumerate(["0", *words, f"{edges[-1]}+"]))
