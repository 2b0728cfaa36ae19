"""From a record to plain tokens with weights: what stands in the index, for every engine alike."""

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kb.domain.search import Facet, Record
from kb.domain.terms import plain
from kb.search.dutch import Word, words_of
from kb.search.lexicon import Lexicon
from kb.search.ranking import WEIGHTS, Part, Weights
from kb.search.synonyms import EQUAL_MARK, RELATED_MARK

TAG_MARK = "@"
EXACT_MARK = "="
# Words of two parts of a record never stand next to each other.
GAP = 100
LAST_POSITION = 65_535
SHORTEST_SURFACE = 3


@dataclass(slots=True)
class Document:
    """One record as the index knows it: weights of tokens, places of words, and how words are spelled."""

    id: int
    impacts: dict[str, float] = field(default_factory=dict)
    positions: dict[str, list[int]] = field(default_factory=dict)
    spellings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a text; `word` is the number of the word that gave it, `place` that it stands there."""

    text: str
    weight: float
    word: int
    place: bool = False

    @property
    def is_group(self) -> bool:
        return self.text[0] in (EQUAL_MARK, RELATED_MARK)


def tag_token(facet: Facet, code: str) -> str:
    return f"{TAG_MARK}{facet.value}:{code}"


def exact_token(title: str) -> str:
    return EXACT_MARK + plain(title)


class Analyser:
    """Turns texts and records into tokens; made once for a process."""

    def __init__(self, lexicon: Lexicon, weights: Weights = WEIGHTS) -> None:
        self.lexicon = lexicon
        self.weights = weights

    @cached_property
    def fingerprint(self) -> str:
        """Differs when anything differs that decides what is stored."""
        return f"{self.lexicon.fingerprint}-{zlib.crc32(repr(self.weights.stored).encode()):08x}"

    def document(self, record: Record) -> Document:
        document = Document(record.id)
        sums: defaultdict[str, float] = defaultdict(float)
        spellings: set[str] = set()
        base = 0
        for part, text, is_english in _texts(record):
            words = list(words_of(text))
            tokens = list(self.tokens(words, english=is_english))
            self._weigh(sums, part, tokens, len(words))
            if part is not Part.TAGS:
                _place(document.positions, tokens, base)
                base += len(words) + GAP
            spellings.update(_spellings(words))
        document.impacts = {token: self._saturated(weight) for token, weight in sums.items()}
        document.impacts.update(dict.fromkeys(_marks(record), self.weights.tag))
        document.spellings = frozenset(spellings)
        return document

    def tokens(self, words: Iterable[Word], *, english: bool = False) -> Iterator[Token]:
        """Stems, joined spellings, parts of compounds, and the synonym groups that are met."""
        lexicon, half = self.lexicon, self.weights.compound_part
        stems = []
        for number, word in enumerate(words):
            stem = lexicon.stem(word.text)
            stems.append(stem)
            if not lexicon.is_stop(word.text, english=english):
                yield Token(stem, 1.0, number, place=True)
            if word.joined and lexicon.steps.variants:
                yield Token(lexicon.stem(word.joined), 1.0, number)
            for part in lexicon.parts(word.text):
                yield Token(part, half, number)
                for group in lexicon.synonyms.of_part(part):
                    yield Token(group.token, half, number)
        for spotted in lexicon.synonyms.spot(stems, english=english):
            yield Token(spotted.group.token, 1.0, spotted.start)

    def _weigh(self, sums: dict[str, float], part: Part, tokens: Iterable[Token], length: int) -> None:
        table = self.weights.parts[part]
        norm = 1 - table.b + table.b * length / table.length
        counts: defaultdict[str, float] = defaultdict(float)
        for token in tokens:
            counts[token.text] += token.weight
        for text, count in counts.items():
            sums[text] += table.weight * count / norm

    def _saturated(self, weight: float) -> float:
        k = self.weights.saturation
        return weight * (k + 1) / (weight + k)


def _texts(record: Record) -> Iterator[tuple[Part, str, bool]]:
    yield Part.TITLE, record.title, False
    yield Part.SUMMARY, record.summary, False
    yield Part.NAMES, record.names, False
    yield Part.TAGS, record.tags, False
    yield Part.BODY, record.body, False
    if record.title_en:
        yield Part.TITLE, record.title_en, True
    if record.summary_en:
        yield Part.SUMMARY, record.summary_en, True


def _marks(record: Record) -> Iterator[str]:
    """Tokens for the tags and the whole title."""
    for facet, codes in record.facets.items():
        for code in codes:
            yield tag_token(facet, code)
    for title in {record.title, record.title_en} - {""}:
        yield exact_token(title)


def _place(positions: dict[str, list[int]], tokens: Iterable[Token], base: int) -> None:
    for token in tokens:
        if token.place and base + token.word <= LAST_POSITION:
            positions.setdefault(token.text, []).append(base + token.word)


def _spellings(words: Iterable[Word]) -> Iterator[str]:
    for word in words:
        if len(word.text) >= SHORTEST_SURFACE:
            yield word.text
        if word.joined:
            yield word.joined


def spelling_counts(documents: Iterable[Document]) -> Mapping[str, int]:
    """In how many records each spelling occurs."""
    return Counter(spelling for document in documents for spelling in document.spellings)
