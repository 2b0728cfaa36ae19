"""What changed between two texts, down to the words, so that nobody has to read them letter by letter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Texts longer than this are compared line by line only: words would take too long.
LONGEST = 6_000
# Of lines that have less in common than this it is clearer to say that one came for the other.
ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; `changed` where the other side does not have it."""

    text: str
    changed: bool = False


Line = tuple[Piece, ...]
Side = tuple[Line, ...]


def differing(before: Sequence[str], after: Sequence[str]) -> tuple[Side, Side]:
    """Both sides as lines of pieces."""
    left: list[Line] = []
    right: list[Line] = []
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for kind, i1, i2, j1, j2 in blocks:
        old, new = before[i1:i2], after[j1:j2]
        if kind == "equal":
            left += [(Piece(line),) for line in old]
            right += [(Piece(line),) for line in new]
            continue
        paired = min(len(old), len(new))
        for a, b in zip(old[:paired], new[:paired], strict=True):
            one, other = _line(a, b)
            left.append(one)
            right.append(other)
        left += [(Piece(line, True),) for line in old[paired:]]
        right += [(Piece(line, True),) for line in new[paired:]]
    return tuple(left), tuple(right)


def _line(before: str, after: str) -> tuple[Line, Line]:
    if len(before) + len(after) > LONGEST:
        return (Piece(before, True),), (Piece(after, True),)
    old, new = _words(before), _words(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return (Piece(before, True),), (Piece(after, True),)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        changed = kind != "equal"
        left += [Piece("".join(old[i1:i2]), changed)] if i1 < i2 else []
        right += [Piece("".join(new[j1:j2]), changed)] if j1 < j2 else []
    return tuple(left), tuple(right)


def _words(line: str) -> list[str]:
    """Words with the space behind them, so that joined together they are the line again."""
    return re.findall(r"\S+\s*|\s+", line)
