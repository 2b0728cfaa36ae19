"""A record as a row of PostgreSQL: our tokens as lexemes, each with the level of its weight.

A tsvector knows four weights and we have many, so the level is part of the lexeme: `techniek` at level 90
is the lexeme `techniek·90`. A search asks for all levels of a token in one go.
"""

import hashlib
import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kb.search.analysis import Document
from kb.search.query import PlacedToken

# Levels a few hundredths apart, from less than any weight to more than the saturated ones.
LEVELS = 128
LEAST, MOST = 1 / 64, 2.7
STEP = math.log(MOST / LEAST) / (LEVELS - 1)
IMPACTS = tuple(LEAST * math.exp(STEP * level) for level in range(LEVELS))
SEPARATOR = "·"
# Bounds of a tsvector: bytes of a lexeme, the last position, positions of one lexeme.
LONGEST_LEXEME = 2_000
LAST_POSITION = 16_383
MOST_POSITIONS = 255

# Id, tokens with levels, tokens with positions, spellings.
Row = tuple[int, list[str], str, list[str]]


def row_of(document: Document) -> Row:
    weighed = [_weighed(token, level_of(impact)) for token, impact in document.impacts.items()]
    return document.id, weighed, _placed(document), sorted(map(lexeme, document.spellings))


def level_of(impact: float) -> int:
    level = round(math.log(max(impact, LEAST) / LEAST) / STEP)
    return min(level, LEVELS - 1)


def all_levels(token: str) -> list[str]:
    """What to look for, one for each level."""
    return [quoted(_weighed(token, level)) for level in range(LEVELS)]


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


def _weighed(token: str, level: int) -> str:
    return f"{lexeme(token)}{SEPARATOR}{level}"


def _placed(document: Document) -> str:
    return " ".join(f"{quoted(lexeme(t))}:{_list(at)}" for t, at in document.positions.items())


def _list(positions: Iterable[int]) -> str:
    """PostgreSQL counts from 1."""
    kept = [place + 1 for place in positions if place < LAST_POSITION]
    return ",".join(map(str, kept[:MOST_POSITIONS])) or str(LAST_POSITION)
