"""A question after analysis: plain tokens with weights, the same for every engine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to meet a word: these tokens together, worth `weight` of the word itself."""

    tokens: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Clause:
    """One word (or unit of words) of the question, and everything that stands for it."""

    word: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for. `clauses` follow the matching rule; phrases and prefixes must be met; `excluded` not."""

    clauses: tuple[Clause, ...] = ()
    phrases: tuple[tuple[tuple[str, int], ...], ...] = ()
    prefixes: tuple[str, ...] = ()
    excluded: tuple[Clause, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.clauses or self.phrases or self.prefixes or self.excluded)
