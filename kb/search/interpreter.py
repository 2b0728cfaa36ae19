"""From a parsed question to tokens: units of words, spellings, synonyms, translations and names."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kb.domain.search import Facet
from kb.domain.slugs import slug_of
from kb.search.analysis import Analyser, exact_token, tag_token
from kb.search.dutch import Word, words_of
from kb.search.names import Named, Names
from kb.search.parser import ParsedQuery
from kb.search.query import Alternative, Clause, PlacedToken, Query
from kb.search.synonyms import Relation, Spotted

LONGEST_UNIT = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question was read: what to look for, what it names, and what was done to its words."""

    query: Query
    named: tuple[Named, ...] = ()
    words: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    only_common: bool = False


@dataclass(slots=True)
class Question:
    """The words of a question while they are being read. `chains` are the spans that were typed as one."""

    words: list[Word]
    stems: list[str]
    english: bool
    chains: list[tuple[int, int, str]] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    spotted: list[Spotted] = field(default_factory=list)


class Interpreter:
    """`knows` tells whether a token occurs in the index, `correct` gives the word that was meant."""

    nothing = Query()

    def __init__(
        self,
        analyser: Analyser,
        names: Names,
        knows: Callable[[str], bool],
        correct: Callable[[str], str | None],
    ) -> None:
        self._lexicon = analyser.lexicon
        self._weights = analyser.weights
        self._names = names
        self._knows = knows
        self._correct = correct

    def read(self, parsed: ParsedQuery, language: str = "nl") -> Reading:
        words, corrected = self._corrected(parsed.words, language)
        question = self._question(words, language)
        clauses = tuple(self._clauses(question))
        phrases = tuple(filter(None, (self._phrase(phrase) for phrase in parsed.phrases)))
        query = Query(
            clauses=clauses,
            phrases=phrases,
            prefixes=parsed.prefixes,
            excluded=tuple(self._excluded(parsed.excluded)),
            extras=self._extras(" ".join(words)) if words else (),
        )
        asked = bool(parsed.words or parsed.phrases)
        return Reading(
            query=query,
            named=tuple(question.named),
            words=tuple(word.text for word in question.words),
            corrected=corrected,
            only_common=asked and query.is_empty,
        )

    # -- the words

    def _corrected(
        self, words: Sequence[str], language: str
    ) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """The words as they were probably meant; a word that occurs anywhere stays as it is."""
        if not self._lexicon.steps.corrections:
            return tuple(words), ()
        english = self._is_english([w.text for word in words for w in words_of(word)], language)
        meant, changes = [], []
        for word in words:
            better = None if self._is_known(word, english=english) else self._correct(_joined(word))
            meant.append(better or word)
            if better:
                changes.append((word, better))
        return tuple(meant), tuple(changes)

    def _is_known(self, word: str, *, english: bool) -> bool:
        pieces = [piece.text for piece in words_of(word)]
        whole = "".join(pieces)
        stem = self._lexicon.stem(whole)
        if self._knows(stem) or (len(pieces) > 1 and all(map(self._is_common, pieces))):
            return True
        if self._lexicon.is_stop(whole) or whole in self._lexicon.weak_words:
            return True
        if self._lexicon.translations(whole) or any(True for _ in self._names.spot(pieces)):
            return True
        if any(self._lexicon.synonyms.spot([stem], english=True)):
            return True
        parts = self._lexicon.parts(whole)
        if parts and all(map(self._knows, parts)):
            return True
        return english and self._lexicon.is_stop(whole, english=True)

    def _is_common(self, piece: str) -> bool:
        return self._knows(self._lexicon.stem(piece)) or self._lexicon.is_stop(piece)

    def _is_english(self, words: Sequence[str], language: str) -> bool:
        """English by the language of the page, or because its small words are English."""
        if not self._lexicon.steps.english:
            return False
        english = sum(self._lexicon.is_stop(w, english=True) and not self._lexicon.is_stop(w) for w in words)
        dutch = sum(self._lexicon.is_stop(w) and not self._lexicon.is_stop(w, english=True) for w in words)
        if english != dutch:
            return english > dutch
        foreign = sum(
            bool(self._lexicon.translations(w)) and w not in self._lexicon.dictionary for w in words
        )
        return language == "en" or foreign * 2 >= max(1, len(words))

    def _question(self, typed: Sequence[str], language: str) -> Question:
        words: list[Word] = []
        chains = []
        for chain in typed:
            pieces = list(words_of(chain))
            if len(pieces) > 1:
                chains.append((len(words), len(words) + len(pieces), pieces[0].joined))
            words.extend(pieces)
        texts = [word.text for word in words]
        stems = [self._lexicon.stem(text) for text in texts]
        question = Question(words, stems, self._is_english(texts, language), chains)
        if self._lexicon.steps.understanding:
            question.named = list(self._names.spot(texts))
        question.spotted = list(self._lexicon.synonyms.spot(stems, english=True))
        return question

    # -- the clauses

    def _clauses(self, question: Question) -> Iterator[Clause]:
        """A clause for each unit and each other word; question words only where there is nothing else."""
        units = list(self._units(question))
        telling = [unit for unit in units if not self._is_weak(question, unit)]
        for start, end in telling or units:
            yield self._clause(question, start, end)

    def _units(self, question: Question) -> Iterator[tuple[int, int]]:
        """The words in order, those that belong together as one."""
        spans = self._spans(question)
        start = 0
        while start < len(question.words):
            end = spans.get(start, start + 1)
            if end > start + 1 or not self._lexicon.is_stop(
                question.words[start].text, english=question.english
            ):
                yield start, end
            start = end

    def _spans(self, question: Question) -> dict[int, int]:
        """Where units of several words begin and end: the longest that begins first."""
        spans = [(s, e) for s, e, _ in question.chains]
        spans += [(s.start, s.end) for s in question.spotted]
        spans += [(n.start, n.end) for n in question.named]
        spans += [(at, at + 2) for at in range(len(question.words) - 1) if self._joins(question, at)]
        spans += self._english_units(question)
        longest: dict[int, int] = {}
        for start, end in spans:
            if end - start > 1:
                longest[start] = max(end, longest.get(start, 0))
        return longest

    def _english_units(self, question: Question) -> Iterator[tuple[int, int]]:
        """Several English words with one translation (heat pump)."""
        texts = [word.text for word in question.words]
        for start in range(len(texts) if question.english else 0):
            for end in range(start + 2, min(len(texts), start + LONGEST_UNIT) + 1):
                if self._lexicon.translations(" ".join(texts[start:end])):
                    yield start, end

    def _joins(self, question: Question, at: int) -> str:
        """Two words apart that occur as one (scheeps bouw): the token of that one, or nothing."""
        one, other = question.words[at].text, question.words[at + 1].text
        if not self._lexicon.steps.variants or question.english:
            return ""
        if self._lexicon.is_stop(one) or self._lexicon.is_stop(other) or not (one + other).isalpha():
            return ""
        token = self._lexicon.stem(one + other)
        return token if self._knows(token) else ""

    def _is_weak(self, question: Question, unit: tuple[int, int]) -> bool:
        start, end = unit
        return end - start == 1 and question.words[start].text in self._lexicon.weak_words

    def _clause(self, question: Question, start: int, end: int) -> Clause:
        words = [word.text for word in question.words[start:end]]
        alternatives = list(self._itself(question, start, end))
        alternatives += self._groups(question, start, end)
        alternatives += self._translations(question, words)
        alternatives += self._tags(question, start, end)
        unique = dict.fromkeys(alternatives)
        return Clause(" ".join(words), tuple(unique))

    def _itself(self, question: Question, start: int, end: int) -> Iterator[Alternative]:
        """The words as they are, as one, and in parts."""
        weights = self._weights
        telling = [
            question.stems[i]
            for i in range(start, end)
            if not self._lexicon.is_stop(question.words[i].text, english=question.english)
        ]
        if telling:
            yield Alternative(tuple(telling))
        if end - start == 1:
            parts = self._lexicon.parts(question.words[start].text)
            if parts:
                yield Alternative(parts, weights.query_parts)
                yield from (Alternative((part,), weights.loose_part, loose=True) for part in parts)
            return
        yield from (Alternative((stem,), weights.loose_part, loose=True) for stem in telling)
        joined = "".join(word.text for word in question.words[start:end])
        token = self._lexicon.stem(joined)
        if self._lexicon.steps.variants and self._knows(token):
            yield Alternative((token,), weights.joined)

    def _groups(self, question: Question, start: int, end: int) -> Iterator[Alternative]:
        weights = self._weights
        for spotted in question.spotted:
            if not start <= spotted.start < spotted.end <= end:
                continue
            weight = weights.equal if spotted.group.relation is Relation.EQUAL else weights.related
            whole = (spotted.start, spotted.end) == (start, end)
            if whole:
                yield Alternative((spotted.group.token,), weight)
            else:
                yield Alternative((spotted.group.token,), weight * weights.loose_part, loose=True)

    def _translations(self, question: Question, words: Sequence[str]) -> Iterator[Alternative]:
        if not question.english and all(word in self._lexicon.dictionary for word in words):
            return
        for dutch in self._lexicon.translations(" ".join(words)):
            stems = tuple(
                self._lexicon.stem(word.text)
                for word in words_of(dutch)
                if not self._lexicon.is_stop(word.text)
            )
            if stems:
                yield Alternative(stems, self._weights.translation)
                for group in self._lexicon.synonyms.of_part(stems[0]) if len(stems) == 1 else ():
                    equal = group.relation is Relation.EQUAL
                    weight = self._weights.equal if equal else self._weights.related
                    yield Alternative((group.token,), weight * self._weights.translation)

    def _tags(self, question: Question, start: int, end: int) -> Iterator[Alternative]:
        for named in question.named:
            if not (start <= named.start and named.end <= end):
                continue
            whole = (named.start, named.end) == (start, end)
            yield Alternative(
                (tag_token(named.facet, named.code),), self._weights.understood, loose=not whole
            )
            for parent in self._names.parents(named):
                token = tag_token(Facet.REGION, parent)
                yield Alternative((token,), self._weights.understood_parent, loose=True)

    # -- the rest

    def _phrase(self, phrase: str) -> tuple[PlacedToken, ...]:
        placed = [
            (self._lexicon.stem(word.text), at)
            for at, word in enumerate(words_of(phrase))
            if not self._lexicon.is_stop(word.text)
        ]
        first = placed[0][1] if placed else 0
        return tuple((token, at - first) for token, at in placed)

    def _excluded(self, excluded: Sequence[str]) -> Iterator[Clause]:
        """Only the words themselves: leaving out synonyms would leave out too much."""
        for text in excluded:
            words = [w.text for w in words_of(text)]
            stems = tuple(self._lexicon.stem(word) for word in words if not self._lexicon.is_stop(word))
            if stems:
                yield Clause(text, (Alternative(stems),))

    def _extras(self, typed: str) -> tuple[Alternative, ...]:
        """A record or an organisation that is called exactly this comes first."""
        exact = self._weights.exact
        organisation = tag_token(Facet.ORGANISATION, slug_of(typed))
        return (Alternative((exact_token(typed),), exact), Alternative((organisation,), exact / 4))


def _joined(word: str) -> str:
    return "".join(piece.text for piece in words_of(word))
