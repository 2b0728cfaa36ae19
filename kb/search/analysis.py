"""From a record to plain tokens with weights: what stands in the index, for every engine alike."""

import zlib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kb.domain.search import Facet, Record
from kb.domain.terms import Scheme, Term, Vocabulary, plain
from kb.search.dutch import Steps, Word, plain_words
from kb.search.lexicon import Lexicon
from kb.search.ranking import WEIGHTS, Part, Weights

TAG_MARK = "@"
EXACT_MARK = "="
# Words of two parts of a record never stand next to each other.
GAP = 100
# Places count to 65,535; the last ones stay free, so that the start of a phrase is never before its record.
LAST_POSITION = 65_000
SHORTEST_SURFACE = 3
# Impacts go in even steps, from just above nothing to more than any, which are saturated. Every engine can
# keep them as they are, so all give the same scores.
IMPACT_LEVELS = 4_096
IMPACT_STEP = 2.7 / IMPACT_LEVELS
MOST_TAGS = 4_096
# So many words are kept while records are read; more only come by once or twice.
MAX_KNOWN = 100_000


@dataclass(slots=True)
class Document:
    """One record as the index knows it: weights of tokens, places of words, and how words are spelled."""

    id: int
    impacts: dict[str, float] = field(default_factory=dict)
    positions: dict[str, list[int]] = field(default_factory=dict)
    spellings: frozenset[str] = frozenset()


class Told(NamedTuple):
    """What a word says: its stem, whether that counts, more tokens with their weights (parts of a compound,
    synonym groups), and whether a unit of several words may begin with it."""

    stem: str
    counts: bool
    more: tuple[tuple[str, float], ...]
    begins: bool

    def gives(self, tokens: Container[str]) -> bool:
        return self.stem in tokens or any(token in tokens for token, _ in self.more)


def tag_token(facet: Facet, code: str) -> str:
    return f"{TAG_MARK}{facet.value}:{code}"


def exact_token(title: str) -> str:
    return EXACT_MARK + plain(title)


class Analyser:
    """Turns texts and records into tokens; made once for a process. Records carry labels of `vocabulary`."""

    def __init__(
        self, lexicon: Lexicon, weights: Weights = WEIGHTS, vocabulary: Vocabulary | None = None
    ) -> None:
        self.lexicon = lexicon
        self._vocabulary = vocabulary
        self.weights = weights
        self._known = {english: Known(lexicon, weights, english=english) for english in (False, True)}
        self._tag_counts = lru_cache(MOST_TAGS)(self.counted_tag)

    @property
    def made_of(self) -> tuple[Path, Steps, Weights]:
        """From this another process makes one that turns records into the same tokens."""
        return self.lexicon.folder, self.lexicon.steps, self.weights

    @cached_property
    def fingerprint(self) -> str:
        """Differs when anything differs that decides what is stored."""
        terms = (term for scheme in Scheme for term in (self._vocabulary or Vocabulary(())).all(scheme))
        names = sorted(
            (t.scheme, t.code, t.label, t.label_en, sorted(t.parents), _synonyms(t)) for t in terms
        )
        rest = zlib.crc32(repr((self.weights.stored, names)).encode())
        return f"{self.lexicon.fingerprint}-{rest:08x}"

    def document(self, record: Record) -> Document:
        document = Document(record.id)
        sums: defaultdict[str, float] = defaultdict(float)
        spellings: set[str] = set()
        base = 0
        for part, text, is_english in texts_of(record):
            words, chains = plain_words(text)
            told = self._add(sums, words, chains, self.share(part, len(words)), english=is_english)
            _place(document.positions, told, base)
            spellings.update(word for word in set(words) if len(word) >= SHORTEST_SURFACE)
            spellings.update(joined for _, joined in chains)
            base += len(words) + GAP
        self._add_tags(sums, record.tags)
        impacts = self.impacts_of(np.array(list(sums.values())))
        document.impacts = dict(zip(sums, impacts.tolist(), strict=True))
        document.impacts.update(dict.fromkeys(marks_of(record), self.tag_impact))
        document.spellings = frozenset(spellings)
        return document

    def impacts_of(self, sums: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """What it is worth in a record to occur so much: ever less, and in even steps."""
        k = self.weights.saturation
        steps = np.floor(sums * ((k + 1) / IMPACT_STEP) / (sums + k) + 0.5)
        impacts: npt.NDArray[np.float64] = np.maximum(steps, 1) * IMPACT_STEP
        return impacts

    @property
    def tag_impact(self) -> float:
        """What it is worth to carry a tag."""
        return round(self.weights.tag / IMPACT_STEP) * IMPACT_STEP

    def told(self, word: str, *, english: bool) -> Told:
        """What a word says, looked up anew."""
        return self._known[english].told(word)

    def name_of(self, token: str) -> str:
        """What the term is called that a token for a tag stands for; empty for any other token."""
        facet, _, code = token.removeprefix(TAG_MARK).partition(":")
        if not token.startswith(TAG_MARK) or facet not in set(Scheme) or self._vocabulary is None:
            return ""
        return self._vocabulary.label(Scheme(facet), code)

    def forget_words(self) -> None:
        """Lets go of the words that were looked up, after many records."""
        for known in self._known.values():
            known.clear()

    def matching(self, words: Sequence[Word], tokens: Container[str]) -> set[int]:
        """The numbers of the words that give one of these tokens, alone or in a unit."""
        known, lexicon = self._known[False], self.lexicon
        told = [known[word.text] for word in words]
        found = {number for number, one in enumerate(told) if one.gives(tokens)}
        stems = [one.stem for one in told]
        for number, (word, one) in enumerate(zip(words, told, strict=True)):
            if word.joined and lexicon.stem(word.joined) in tokens:
                found.update(range(number, number + word.pieces))
            for spotted in lexicon.synonyms.units_at(stems, number) if one.begins else ():
                if spotted.group.token in tokens:
                    found.update(range(number, spotted.end))
        return {number for number in found if not lexicon.is_stop(words[number].text) or len(found) > 1}

    def _add(
        self,
        sums: defaultdict[str, float],
        words: Sequence[str],
        chains: Iterable[tuple[int, str]],
        share: float,
        *,
        english: bool,
    ) -> list[Told]:
        """Adds `share` for each time a token occurs: stems, joined spellings, parts of compounds, and synonym
        groups. What was told of each word."""
        told = list(map(self._known[english].__getitem__, words))
        for one in told:
            if one.counts:
                sums[one.stem] += share
            for token, weight in one.more:
                sums[token] += share * weight
        if self.lexicon.steps.variants:
            for _, joined in chains:
                sums[self.lexicon.stem(joined)] += share
        stems = [one.stem for one in told]
        for start, one in enumerate(told):
            if one.begins:
                for spotted in self.lexicon.synonyms.units_at(stems, start, english=english):
                    sums[spotted.group.token] += share
        return told

    def _add_tags(self, sums: defaultdict[str, float], tags: str) -> None:
        """The same for the tags, a line for each: the lines recur all the time."""
        counted = [self._tag_counts(line) for line in tags.split("\n")]
        share = self.share(Part.TAGS, sum(length for _, length in counted))
        for counts, _ in counted:
            for token, number in counts:
                sums[token] += share * number

    def counted_tag(self, line: str) -> tuple[tuple[tuple[str, float], ...], int]:
        """What a line of tags gives, and the number of its words."""
        sums: defaultdict[str, float] = defaultdict(float)
        words, chains = plain_words(line)
        self._add(sums, words, chains, 1.0, english=False)
        return tuple(sums.items()), len(words)

    def share(self, part: Part, length: int) -> float:
        """What a word is worth in a part of so many words."""
        table = self.weights.parts[part]
        return table.weight / (1 - table.b + table.b * length / table.length)


class Known(dict[str, Told]):
    """The words that were met, each looked up once."""

    def __init__(self, lexicon: Lexicon, weights: Weights, *, english: bool) -> None:
        super().__init__()
        self._lexicon, self._weights, self._english = lexicon, weights, english

    def __missing__(self, word: str) -> Told:
        if len(self) >= MAX_KNOWN:
            self.clear()
        told = self[word] = self.told(word)
        return told

    def told(self, word: str) -> Told:
        lexicon, english = self._lexicon, self._english
        stem = lexicon.stem(word)
        parts = lexicon.parts(word)
        groups = (group.token for part in parts for group in lexicon.synonyms.of_part(part))
        more = [(token, self._weights.compound_part) for token in (*parts, *groups)]
        more += ((token, 1.0) for token in lexicon.synonyms.tokens_of(stem, english=english))
        begins = lexicon.synonyms.begins(stem, english=english)
        return Told(stem, not lexicon.is_stop(word, english=english), tuple(more), begins)


def _place(positions: dict[str, list[int]], told: Iterable[Told], base: int) -> None:
    for place, one in enumerate(told, base):
        if one.counts and place <= LAST_POSITION:
            positions.setdefault(one.stem, []).append(place)


def _synonyms(term: Term) -> list[str]:
    return sorted((*term.synonyms, *term.synonyms_en))


def texts_of(record: Record) -> Iterator[tuple[Part, str, bool]]:
    """What is read of a record word by word, and whether it is English; tags are kept apart."""
    yield Part.TITLE, record.title, False
    yield Part.SUMMARY, record.summary, False
    yield Part.NAMES, record.names, False
    yield Part.BODY, record.body, False
    if record.title_en:
        yield Part.TITLE, record.title_en, True
    if record.summary_en:
        yield Part.SUMMARY, record.summary_en, True


def marks_of(record: Record) -> Iterator[str]:
    """Tokens for the tags and the whole title."""
    for facet, codes in record.facets.items():
        for code in codes:
            yield tag_token(facet, code)
    for title in {record.title, record.title_en} - {""}:
        yield exact_token(title)
