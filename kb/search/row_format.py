"""A record as a row of PostgreSQL: our tokens as lexemes, each with the level of its weight.

A tsvector knows four weights and we have many, so the level is part of the lexeme, in two digits: `techniek`
at level 45·64 + 7 is `techniek·45` and `techniek·71` (7 after the 64 first digits). A search asks for all
digits of a token in one go.
"""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kb.search.analysis import IMPACT_LEVELS, IMPACT_STEP, Document
from kb.search.query import PlacedToken

BASE = 64
# What each digit adds to the level.
DIGITS = (*range(0, IMPACT_LEVELS, BASE), *range(BASE))
SEPARATOR = "·"
# Bounds of a tsvector: bytes of a lexeme, the last position, positions of one lexeme.
LONGEST_LEXEME = 2_000
LAST_POSITION = 16_383
MOST_POSITIONS = 255

# Id, tokens with levels, tokens with positions, spellings.
Row = tuple[int, list[str], str, list[str]]


def row_of(document: Document) -> Row:
    impacts = document.impacts.items()
    weighed = [each for token, impact in impacts for each in _weighed(token, level_of(impact))]
    return document.id, weighed, _placed(document), sorted(map(lexeme, document.spellings))


def level_of(impact: float) -> int:
    return min(max(round(impact / IMPACT_STEP), 1), IMPACT_LEVELS - 1)


def all_digits(token: str) -> list[str]:
    """What to look for, in the order of DIGITS."""
    return [quoted(f"{lexeme(token)}{SEPARATOR}{digit}") for digit in range(len(DIGITS))]


def phrase_query(tokens: Sequence[PlacedToken]) -> str:
    """The tokens as many words apart as given."""
    parts = [quoted(lexeme(tokens[0][0]))]
    for (_, before), (token, place) in pairwise(tokens):
        parts.append(f"<{place - before}> {quoted(lexeme(token))}")
    return " ".join(parts)


def lexeme(token: str) -> str:
    """The token itself, or a name for one that is too long."""
    text = token.replace("\x00", "")
    if len(text.encode()) <= LONGEST_LEXEME:
        return text
    return hashlib.sha256(text.encode()).hexdigest()


def quoted(text: str) -> str:
    """As a tsquery or a tsvector reads it back: every character is itself."""
    escaped = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _weighed(token: str, level: int) -> tuple[str, str]:
    first, second = divmod(level, BASE)
    name = lexeme(token) + SEPARATOR
    return f"{name}{first}", f"{name}{BASE + second}"


def _placed(document: Document) -> str:
    return " ".join(f"{quoted(lexeme(t))}:{_list(at)}" for t, at in document.positions.items())


def _list(positions: Iterable[int]) -> str:
    """PostgreSQL counts from 1."""
    kept = [place + 1 for place in positions if place < LAST_POSITION]
    return ",".join(map(str, kept[:MOST_POSITIONS])) or str(LAST_POSITION)
