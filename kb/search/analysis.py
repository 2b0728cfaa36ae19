"""From a record to plain tokens with weights: what stands in the index, for every engine alike."""

import zlib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from kb.domain.search import Facet, Record
from kb.domain.terms import Scheme, Term, Vocabulary, plain
from kb.search.dutch import MAX_CACHED, Word, plain_words_of
from kb.search.lexicon import SHORTEST_TOKEN, Lexicon
from kb.search.ranking import WEIGHTS, Part, Weights

TAG_MARK = "@"
EXACT_MARK = "="
# Words of two parts of a record never stand next to each other.
GAP = 100
# Places count to 65,535; the last ones stay free, so that the start of a phrase is never before its record.
LAST_POSITION = 65_000
SHORTEST_SURFACE = 3
MOST_TAGS = 4_096


@dataclass(slots=True)
class Document:
    """One record as the index knows it: weights of tokens, places of words, and how words are spelled."""

    id: int
    impacts: dict[str, float] = field(default_factory=dict)
    positions: dict[str, list[int]] = field(default_factory=dict)
    spellings: frozenset[str] = frozenset()


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
        self._parts_of = lru_cache(MAX_CACHED)(self._weighed_parts)
        self._tag_counts = lru_cache(MOST_TAGS)(self._counted_tag)

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
            words = list(plain_words_of(text))
            counts = self._counts(words, document.positions, base, english=is_english)
            self._weigh(sums, part, counts, len(words))
            spellings.update(_spellings(words))
            base += len(words) + GAP
        self._weigh(sums, Part.TAGS, *self._tags(record.tags))
        k = self.weights.saturation
        document.impacts = {token: sum_ * (k + 1) / (sum_ + k) for token, sum_ in sums.items()}
        document.impacts.update(dict.fromkeys(_marks(record), self.weights.tag))
        document.spellings = frozenset(spellings)
        return document

    def name_of(self, token: str) -> str:
        """What the term is called that a token for a tag stands for; empty for any other token."""
        facet, _, code = token.removeprefix(TAG_MARK).partition(":")
        if not token.startswith(TAG_MARK) or facet not in set(Scheme) or self._vocabulary is None:
            return ""
        return self._vocabulary.label(Scheme(facet), code)

    def matching(self, words: Sequence[Word], tokens: Container[str]) -> set[int]:
        """The numbers of the words that give one of these tokens, alone or in a unit."""
        lexicon = self.lexicon
        stems = [lexicon.stem(word.text) for word in words]
        found = {number for number, stem in enumerate(stems) if stem in tokens}
        for number, word in enumerate(words):
            if word.joined and lexicon.stem(word.joined) in tokens:
                found.update(range(number, number + word.pieces))
            if any(part in tokens for part in lexicon.parts(word.text)):
                found.add(number)
        for spotted in lexicon.synonyms.spot(stems):
            if spotted.group.token in tokens:
                found.update(range(spotted.start, spotted.end))
        return {number for number in found if not lexicon.is_stop(words[number].text) or len(found) > 1}

    def _counts(
        self,
        words: Iterable[tuple[str, str]],
        places: dict[str, list[int]] | None,
        base: int,
        *,
        english: bool,
    ) -> dict[str, float]:
        """How often each token occurs: stems, joined spellings, parts of compounds, and synonym groups."""
        lexicon = self.lexicon
        stem, is_stop = lexicon.stem, lexicon.stop_words(english=english).__contains__
        counts: defaultdict[str, float] = defaultdict(float)
        stems = []
        for place, (word, joined) in enumerate(words, base):
            stems.append(stem(word))
            if len(word) >= SHORTEST_TOKEN and not is_stop(word):
                counts[stems[-1]] += 1
                if places is not None and place <= LAST_POSITION:
                    places.setdefault(stems[-1], []).append(place)
            if joined and lexicon.steps.variants:
                counts[stem(joined)] += 1
            for token, weight in self._parts_of(word):
                counts[token] += weight
        for spotted in lexicon.synonyms.spot(stems, english=english):
            counts[spotted.group.token] += 1
        return counts

    def _tags(self, tags: str) -> tuple[dict[str, float], int]:
        """The same for the tags, a line for each, and their number of words: the lines recur all the time."""
        sums: defaultdict[str, float] = defaultdict(float)
        words = 0
        for line in tags.split("\n"):
            counts, length = self._tag_counts(line)
            words += length
            for token, number in counts.items():
                sums[token] += number
        return sums, words

    def _counted_tag(self, line: str) -> tuple[dict[str, float], int]:
        words = list(plain_words_of(line))
        return self._counts(words, None, 0, english=False), len(words)

    def _weighed_parts(self, word: str) -> tuple[tuple[str, float], ...]:
        """The parts of a compound and the groups these belong to."""
        parts = self.lexicon.parts(word)
        groups = (group.token for part in parts for group in self.lexicon.synonyms.of_part(part))
        return tuple((token, self.weights.compound_part) for token in (*parts, *groups))

    def _weigh(self, sums: dict[str, float], part: Part, counts: Mapping[str, float], length: int) -> None:
        table = self.weights.parts[part]
        share = table.weight / (1 - table.b + table.b * length / table.length)
        for token, count in counts.items():
            sums[token] += share * count


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


def _marks(record: Record) -> Iterator[str]:
    """Tokens for the tags and the whole title."""
    for facet, codes in record.facets.items():
        for code in codes:
            yield tag_token(facet, code)
    for title in {record.title, record.title_en} - {""}:
        yield exact_token(title)


def _spellings(words: Iterable[tuple[str, str]]) -> Iterator[str]:
    for word, joined in words:
        if len(word) >= SHORTEST_SURFACE:
            yield word
        if joined:
            yield joined
