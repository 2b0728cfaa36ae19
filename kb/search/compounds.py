"""Long Dutch words taken apart by a dictionary: techniekonderwijs is techniek and onderwijs."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

SHORTEST_PART = 4
MOST_PARTS = 3
# The most used words mean more whole than in parts (onderwijs is not onder and wijs).
LEFT_WHOLE = 5_400
MAX_CACHED = 200_000
# Letters between parts.
LINKS = ("", "s", "en", "e", "n")
# A word between parts, as in werk-naar-werktraject.
BETWEEN = "naar"
# Parts of three letters that make compounds in this field.
SHORT_PARTS = frozenset(
    {"las", "mbo", "hbo", "ict", "bbl", "bol", "pps", "cnc", "zij"}
    | {"dag", "vak", "net", "lab", "hub", "gas", "man"}
)


class Splitter:
    """Fewest parts first, then the most used ones; the first word of the list is the most used.

    What is in `whole` only looks like a compound."""

    def __init__(self, words: Sequence[str], no_parts: Iterable[str], whole: Iterable[str] = ()) -> None:
        ranks: dict[str, int] = {}
        for rank, word in enumerate(words, start=1):
            ranks.setdefault(word, rank)
        self._ranks: Mapping[str, int] = ranks
        self._size = len(ranks)
        self._no_parts = frozenset(no_parts)
        self._whole = frozenset(whole)
        self.parts = lru_cache(MAX_CACHED)(self._parts)

    def __contains__(self, word: object) -> bool:
        return word in self._ranks

    def rank(self, word: str) -> int | None:
        """1 for the most used word, None for one that is not in the list."""
        return self._ranks.get(word)

    def _parts(self, word: str) -> tuple[str, ...]:
        """The parts of a compound, none for any other word."""
        if len(word) < SHORTEST_PART + 3 or not word.isalpha() or word in self._whole:
            return ()
        rank = self._ranks.get(word)
        if rank is not None and rank <= LEFT_WHOLE:
            return ()
        candidates = list(self._splits(word, MOST_PARTS))
        if not candidates:
            return ()
        best = max(candidates, key=self._worth)
        if rank is not None and self._worth(best) < -math.log(rank) - 3:
            return ()
        return best

    def _splits(self, word: str, most: int) -> Iterator[tuple[str, ...]]:
        for end, head in self._heads(word):
            tail = word[end:]
            if tail.startswith(BETWEEN) and most > 2:
                after = tail.removeprefix(BETWEEN)
                yield from ((head, BETWEEN, *parts) for parts in self._splits(after, most - 1))
            if self._is_part(tail):
                yield (head, tail)
            if most > 2:
                for rest in self._splits(tail, most - 1):
                    yield (head, *rest)

    def _heads(self, word: str) -> Iterator[tuple[int, str]]:
        """The parts that the word may begin with, and where what follows begins, after any linking letter."""
        parts = {end for end in range(3, len(word) - 2) if self._is_part(word[:end])}
        for end in range(min(parts, default=len(word)), len(word) - 2):
            for link in LINKS:
                if end - len(link) in parts and word.endswith(link, 0, end):
                    yield end, word[: end - len(link)]
                    break

    def _is_part(self, part: str) -> bool:
        if len(part) < SHORTEST_PART:
            return part in SHORT_PARTS
        return part in self._ranks and part not in self._no_parts

    def _worth(self, parts: tuple[str, ...]) -> float:
        ranks = [self._ranks.get(part, self._size) for part in parts if part != BETWEEN]
        return -sum(map(math.log, ranks)) / len(ranks) - 4.0 * (len(ranks) - 2)
