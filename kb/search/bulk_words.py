"""What each word and each line of tags says, looked up once and kept as numbers."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from itertools import count

from kb.search.analysis import SHORTEST_SURFACE, Analyser

# Stands for no token and no spelling.
NONE = (1 << 32) - 1

Tokens = defaultdict[str, int]


class Gives:
    """Which tokens something gives, each with its weight; number after number."""

    def __init__(self) -> None:
        self.tokens, self.weights, self.ends = array("I"), array("d"), array("I")

    def add(self, tokens: Iterable[tuple[int, float]]) -> int:
        for token, weight in tokens:
            self.tokens.append(token)
            self.weights.append(weight)
        self.ends.append(len(self.tokens))
        return len(self.ends) - 1


class WordFacts:
    """Of each word by its number: what it gives, its stem, the token at its place, and how it is spelled."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.gives = Gives()
        self.stems: list[str] = []
        self.placed, self.spelled = array("I"), array("I")
        self.spellings: Tokens = defaultdict(count().__next__)
        # Units of several words may begin with these; and the stems that then come second.
        self.beginning: dict[int, frozenset[str]] = {}


class Words(dict[str, int]):
    """The number of each word of a language."""

    def __init__(self, analyser: Analyser, facts: WordFacts, *, english: bool) -> None:
        super().__init__()
        self._analyser, self._facts, self._english = analyser, facts, english

    def __missing__(self, word: str) -> int:
        facts = self._facts
        told = self._analyser.told(word, english=self._english)
        own = [(told.stem, 1.0)] if told.counts else []
        number = self[word] = facts.gives.add(
            (facts.tokens[token], weight) for token, weight in (*own, *told.more)
        )
        facts.stems.append(told.stem)
        facts.placed.append(facts.tokens[told.stem] if told.counts else NONE)
        facts.spelled.append(facts.spellings[word] if len(word) >= SHORTEST_SURFACE else NONE)
        if told.begins:
            synonyms = self._analyser.lexicon.synonyms
            facts.beginning[number] = synonyms.second_of(told.stem, english=self._english)
        return number


class Lines(dict[str, int]):
    """The number of each line of tags; they recur all the time."""

    def __init__(self, analyser: Analyser, tokens: Tokens) -> None:
        super().__init__()
        self._analyser, self._tokens = analyser, tokens
        self.gives = Gives()
        self.lengths: list[int] = []

    def __missing__(self, line: str) -> int:
        counted, length = self._analyser.counted_tag(line)
        number = self[line] = self.gives.add((self._tokens[token], times) for token, times in counted)
        self.lengths.append(length)
        return number
