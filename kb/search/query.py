"""A question after analysis: plain tokens with weights, the same for every engine."""

from dataclasses import dataclass

from kb.domain.reasons import How

# A stem and how many words after the first of its phrase it stands.
PlacedToken = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to meet a word: all these tokens, worth `weight` of the word itself.

    A loose one (a part of a compound, a word of a unit) adds to the score, but alone it does not meet the
    word, unless any word will do.
    """

    tokens: tuple[str, ...]
    weight: float = 1.0
    loose: bool = False
    how: How = How.WORD


@dataclass(frozen=True, slots=True)
class Clause:
    """One word (or unit of words) of the question, and everything that stands for it.

    The best alternative counts, and the best tag on top of it. A light clause adds to the score of what was
    found; nothing has to meet it.
    """

    word: str
    alternatives: tuple[Alternative, ...]
    tags: tuple[Alternative, ...] = ()
    light: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for.

    `clauses` follow the matching rule; every phrase and prefix must be met, and nothing of `excluded`.
    `extras` raise the score of what was found and find nothing themselves, and so do words of `near` that
    stand as close to each other as they were typed.
    """

    clauses: tuple[Clause, ...] = ()
    phrases: tuple[tuple[PlacedToken, ...], ...] = ()
    prefixes: tuple[str, ...] = ()
    excluded: tuple[Clause, ...] = ()
    extras: tuple[Alternative, ...] = ()
    near: tuple[tuple[PlacedToken, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing to look for; a question may still have something to leave out."""
        return not (self.clauses or self.phrases or self.prefixes)
