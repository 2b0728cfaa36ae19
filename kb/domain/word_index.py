"""What a copy of the site needs to search by itself: the words, and which initiatives they find."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordFamily:
    """All spellings of one word, in the catalogue or likely to be typed, and what they look for.

    Tokens are numbers. `others` stand for the same or nearly so, each with what it is worth; `parts` are
    those of a compound, which count where all are met.
    """

    words: tuple[str, ...]
    token: int
    others: tuple[tuple[int, float], ...] = ()
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class WordIndex:
    """`weights` gives for each record, in the order asked, what each token is worth in it."""

    families: tuple[WordFamily, ...]
    silent: tuple[str, ...]
    weights: tuple[dict[int, float], ...]
    parts_weight: float
