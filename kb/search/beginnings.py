"""Which numbered things have words that begin like what is typed."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from pyroaring import BitMap

from kb.search.array_file import Array, Arrays, arrays_of, texts_in
from kb.search.dutch import plain_words
from kb.search.id_sets import bitmap_of, ids_in
from kb.search.spelling import nearest_beginning

SHORTEST = 2


class Beginnings:
    """The words of all names in order, each with the numbers of the things called so.

    Most may stand in a file; what changed since lies on top of it."""

    def __init__(self) -> None:
        self._written = Written([], np.zeros(1, np.int64), np.empty(0, np.int32))
        # Numbers whose names in the file count no more.
        self._gone = BitMap()
        self._having: dict[str, BitMap] = {}
        self._in_order: list[str] | None = None

    @classmethod
    def read(cls, arrays: Arrays, name: str) -> "Beginnings":
        found = cls()
        words = texts_in(arrays, f"{name}.words").all()
        found._written = Written(words, arrays[f"{name}.starts"], arrays[f"{name}.numbers"])
        return found

    def arrays(self, name: str) -> dict[str, Array]:
        """All of it, as `read` takes it."""
        having = [(word, self._numbers(word)) for word in self._words]
        having = [(word, numbers) for word, numbers in having if numbers]
        return {
            **arrays_of(f"{name}.words", [word for word, _ in having]),
            f"{name}.starts": np.cumsum([0, *(len(numbers) for _, numbers in having)], dtype=np.int64),
            f"{name}.numbers": np.concatenate([np.empty(0, np.int32), *(ids_in(each) for _, each in having)]),
        }

    def add(self, number: int, names: Iterable[str]) -> None:
        for word in spoken(names):
            having = self._having.get(word)
            if having is None:
                having = self._having[word] = BitMap()
                if self._in_order is not None and word not in self._written:
                    insort(self._in_order, word)
            having.add(number)

    def discard(self, number: int, names: Iterable[str]) -> None:
        """A word that nothing has any more stays, and finds nothing."""
        for word in spoken(names):
            if word in self._having:
                self._having[word].discard(number)
        self._gone.add(number)

    def with_all(self, wanted: Sequence[str]) -> BitMap:
        """The things that have, for each of these beginnings, a word that begins so."""
        found = [self._beginning(word) for word in wanted]
        return BitMap.intersection(*found) if found else BitMap()

    def meant(self, wanted: Sequence[str]) -> list[str]:
        """The same beginnings; one that nothing begins with becomes the nearest one that something does."""
        return [
            word if self._beginning(word) else nearest_beginning(word, self._words) or word for word in wanted
        ]

    @property
    def _words(self) -> list[str]:
        """Put in order when first asked for: doing so word by word would take most of the start."""
        if self._in_order is None:
            self._in_order = sorted({*self._written.words, *self._having})
        return self._in_order

    def _beginning(self, beginning: str) -> BitMap:
        start = bisect_left(self._words, beginning)
        end = bisect_left(self._words, beginning + "\U0010ffff", start)
        changed = (self._having.get(word) for word in self._words[start:end]) if self._having else ()
        written = self._written.beginning(beginning) - self._gone
        return BitMap.union(written, *filter(None, changed))

    def _numbers(self, word: str) -> BitMap:
        return (self._written.having(word) - self._gone) | self._having.get(word, BitMap())


class Written:
    """Words in order, and the numbers of all of them one after another."""

    def __init__(self, words: list[str], starts: Array, numbers: Array) -> None:
        self.words = words
        self._starts = starts
        self._numbers = numbers

    def __contains__(self, word: str) -> bool:
        at = bisect_left(self.words, word)
        return at < len(self.words) and self.words[at] == word

    def having(self, word: str) -> BitMap:
        at = bisect_left(self.words, word)
        return self._between(at, at + 1) if word in self else BitMap()

    def beginning(self, beginning: str) -> BitMap:
        start = bisect_left(self.words, beginning)
        return self._between(start, bisect_left(self.words, beginning + "\U0010ffff", start))

    def _between(self, start: int, end: int) -> BitMap:
        return bitmap_of(self._numbers[self._starts[start] : self._starts[end]])


def spoken(names: Iterable[str]) -> set[str]:
    """The words of names, folded; what has a hyphen in pieces and as one (zij-instroom, zijinstroom)."""
    return {word for name in names for word in _words_of(name) if len(word) >= SHORTEST}


def _words_of(name: str) -> Iterator[str]:
    words, chains = plain_words(name)
    yield from words
    yield from (joined for _, joined in chains)
