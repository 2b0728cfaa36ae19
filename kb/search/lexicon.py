"""All that is known of the language, read from the language folder when it is first needed."""

import zlib
from functools import cached_property, lru_cache
from pathlib import Path

import Stemmer

from kb.search.compounds import BETWEEN, Splitter
from kb.search.dutch import ALL_STEPS, MAX_CACHED, Stems, Steps, fold, read_pairs, read_words, words_of
from kb.search.synonyms import Synonyms, read_groups

SHORTEST_TOKEN = 2
# Parts of compounds that mean nothing by themselves: timmerman is about timmer.
EMPTY_PARTS = frozenset({"man", BETWEEN})


class Lexicon:
    """The words of a language folder, with the steps that are switched on."""

    def __init__(self, folder: Path, steps: Steps = ALL_STEPS) -> None:
        self.folder = folder
        self._english_stemmer = Stemmer.Stemmer("english")
        self.steps = steps
        self.stem = lru_cache(MAX_CACHED)(self._stem)
        self.parts = lru_cache(MAX_CACHED)(self._parts)

    def read_all(self) -> None:
        """Reads every file now, so that no search has to wait for one."""
        _ = (self.stems, self.synonyms, self.weak_words, self.light_words, self._english)
        _ = (self._dutch_stops, self._english_stops)

    @cached_property
    def dictionary(self) -> Splitter:
        names = ("words_nl.txt", "no_parts_nl.txt", "places_nl.txt")
        return Splitter(*(read_words(self.folder / name) for name in names))

    @cached_property
    def stems(self) -> Stems:
        strong = [line.split() for line in read_words(self.folder / "strong_verbs_nl.txt")]
        return Stems(read_pairs(self.folder / "stems_nl.txt"), strong, self.dictionary, self.steps)

    @cached_property
    def synonyms(self) -> Synonyms:
        files = ("synonyms_nl.yaml", "synonyms_more_nl.yaml") if self.steps.synonyms else ()
        groups = [group for name in files for group in read_groups(self.folder / name)]
        return Synonyms(groups, self.unit)

    @cached_property
    def weak_words(self) -> frozenset[str]:
        """Words that ask and do not tell."""
        return frozenset(read_words(self.folder / "weak_words.txt"))

    @cached_property
    def light_words(self) -> frozenset[str]:
        """Words that say little of what is meant."""
        return frozenset(read_words(self.folder / "light_words.txt"))

    @cached_property
    def _english(self) -> dict[str, tuple[str, ...]]:
        """English words and units of words, and their stems, with what they are called in Dutch."""
        if not self.steps.english:
            return {}
        lines = (line.split("\t") for line in read_words(self.folder / "english_nl.tsv"))
        spelled = {fold(english): tuple(dutch.split(", ")) for english, dutch in lines}
        return {self._english_stem(english): dutch for english, dutch in spelled.items()} | spelled

    def _english_stem(self, words: str) -> str:
        return " ".join(self._english_stemmer.stemWords(words.split()))

    @cached_property
    def _dutch_stops(self) -> frozenset[str]:
        return frozenset(read_words(self.folder / "stopwords_nl.txt"))

    @cached_property
    def _english_stops(self) -> frozenset[str]:
        return frozenset(read_words(self.folder / "stopwords_en.txt"))

    @cached_property
    def fingerprint(self) -> str:
        """Of the files and the steps."""
        total = zlib.crc32(repr(self.steps).encode())
        for path in sorted(self.folder.iterdir()):
            total = zlib.crc32(path.read_bytes(), total)
        return f"{total:08x}"

    def translations(self, words: str) -> tuple[str, ...]:
        """What an English word is called in Dutch, in any of its forms."""
        found = self._english.get(words) or self._english.get(self._english_stem(words))
        return found or ()

    def _stem(self, word: str) -> str:
        return self.stems.stem(word)

    def unit(self, text: str) -> tuple[str, ...]:
        """The stems of all words of a term, stop words too."""
        return tuple(self.stem(word.text) for word in words_of(text))

    def is_stop(self, word: str, *, english: bool = False) -> bool:
        return len(word) < SHORTEST_TOKEN or word in self.stop_words(english=english)

    def stop_words(self, *, english: bool = False) -> frozenset[str]:
        return self._english_stops if english else self._dutch_stops

    def part_unit(self, word: str) -> tuple[str, ...]:
        """The stems of all parts of a compound, in order."""
        if not self.steps.compounds:
            return ()
        return tuple(self.stem(part) for part in self.dictionary.parts(word))

    def _parts(self, word: str) -> tuple[str, ...]:
        """The stems of the parts of a compound that say something."""
        return tuple(part for part in self.part_unit(word) if part not in EMPTY_PARTS)


@lru_cache(maxsize=4)
def lexicon_of(folder: Path, steps: Steps = ALL_STEPS) -> Lexicon:
    """One for a process: it is large, and nothing in it changes."""
    return Lexicon(folder, steps)
