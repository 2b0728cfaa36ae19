"""Which numbered things have words that begin like what is typed."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence

from pyroaring import BitMap

from kb.search.dutch import plain_words
from kb.search.spelling import nearest_beginning

SHORTEST = 2


class Beginnings:
    """The words of all names in order, each with the numbers of the things called so."""

    def __init__(self) -> None:
        self._having: dict[str, BitMap] = {}
        self._in_order: list[str] | None = None

    def add(self, number: int, names: Iterable[str]) -> None:
        for word in spoken(names):
            having = self._having.get(word)
            if having is None:
                having = self._having[word] = BitMap()
                if self._in_order is not None:
                    insort(self._in_order, word)
            having.add(number)

    def discard(self, number: int, names: Iterable[str]) -> None:
        """A word that nothing has any more stays, and finds nothing."""
        for word in spoken(names):
            self._having[word].discard(number)

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
            self._in_order = sorted(self._having)
        return self._in_order

    def _beginning(self, beginning: str) -> BitMap:
        start = bisect_left(self._words, beginning)
        end = bisect_left(self._words, beginning + "\U0010ffff", start)
        alike = [self._having[word] for word in self._words[start:end]]
        return BitMap.union(*alike) if alike else BitMap()


def spoken(names: Iterable[str]) -> set[str]:
    """The words of names, folded; what has a hyphen in pieces and as one (zij-instroom, zijinstroom)."""
    return {word for name in names for word in _words_of(name) if len(word) >= SHORTEST}


def _words_of(name: str) -> Iterator[str]:
    words, chains = plain_words(name)
    yield from words
    yield from (joined for _, joined in chains)
