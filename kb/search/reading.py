"""The words of a question: spelled right, in which language, and which of them belong together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kb.domain.search import Facet
from kb.search.dutch import Word, words_of
from kb.search.lexicon import Lexicon
from kb.search.names import KIND_WORDS, Named, Names
from kb.search.synonyms import Relation, Spotted

LONGEST_UNIT = 6
SAME_END = 3

Span = tuple[int, int]


@dataclass(slots=True)
class Question:
    """The words of a question and what is known of them. `chains` are the spans that were typed as one."""

    words: list[Word]
    stems: list[str]
    english: bool
    chains: list[Span] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    spotted: list[Spotted] = field(default_factory=list)

    def texts(self, start: int, end: int) -> list[str]:
        return [word.text for word in self.words[start:end]]


class Reader:
    """`knows` tells whether a token occurs in the index, `correct` gives the word that was meant."""

    def __init__(
        self,
        lexicon: Lexicon,
        names: Names,
        knows: Callable[[str], bool],
        correct: Callable[[str], str | None],
    ) -> None:
        self._lexicon = lexicon
        self._names = names
        self._knows = knows
        self._correct = correct

    def corrected(
        self, words: Sequence[str], language: str
    ) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """The words as they were probably meant, and what changed; a word that occurs stays as it is."""
        if not self._lexicon.steps.corrections:
            return tuple(words), ()
        english = self._is_english([w.text for word in words for w in words_of(word)], language)
        meant, changes = [], []
        for word in words:
            is_known = self._is_known(word, english=english)
            better = self._respelled(word) if is_known else self._correct(joined(word))
            meant.append(better or word)
            if better:
                changes.append((word, better))
        return tuple(meant), tuple(changes)

    def question(
        self, typed: Sequence[str], language: str, literal: frozenset[tuple[Facet, str]] = frozenset()
    ) -> Question:
        words: list[Word] = []
        chains = []
        for chain in typed:
            pieces = list(words_of(chain))
            if len(pieces) > 1:
                chains.append((len(words), len(words) + len(pieces)))
            words.extend(pieces)
        texts = [word.text for word in words]
        stems = [self._lexicon.stem(text) for text in texts]
        question = Question(words, stems, self._is_english(texts, language), chains)
        if self._lexicon.steps.understanding:
            named = self._names.spot(texts)
            question.named = [each for each in named if (each.facet, each.code) not in literal]
        question.spotted = list(self._lexicon.synonyms.spot(stems, english=True))
        return question

    def units(self, question: Question) -> Iterator[Span]:
        """The words in order, those that belong together as one; stop words only inside a unit."""
        spans = self._spans(question)
        start = 0
        while start < len(question.words):
            end = spans.get(start, start + 1)
            if end > start + 1 or not self.is_stop(question, start):
                yield start, end
            start = end

    def is_stop(self, question: Question, at: int) -> bool:
        return self._lexicon.is_stop(question.words[at].text, english=question.english)

    def telling(self, question: Question, start: int, end: int) -> tuple[int, ...]:
        """The words of a unit that say something; all but the stop words where none does."""
        words = [at for at in range(start, end) if not self.is_stop(question, at)]
        heavy = [at for at in words if question.words[at].text not in self._lexicon.light_words]
        return tuple(heavy or words)

    def _spans(self, question: Question) -> dict[int, int]:
        """Where units of several words begin and end: the longest that begins first."""
        spans = list(question.chains)
        spans += ((s.start, s.end) for s in question.spotted if self._is_unit(question, s))
        spans += ((named.start, named.end) for named in question.named)
        spans += ((at, at + 2) for at in range(len(question.words) - 1) if self._are_one(question, at))
        spans += self._english_units(question)
        longest: dict[int, int] = {}
        for start, end in spans:
            if end - start > 1 and question.words[start].text not in KIND_WORDS:
                longest[start] = max(end, longest.get(start, 0))
        return longest

    @staticmethod
    def _is_unit(question: Question, spotted: Spotted) -> bool:
        """English terms that are only related (tech companies) say more as separate words."""
        return spotted.group.relation is Relation.EQUAL or not question.english

    def _english_units(self, question: Question) -> Iterator[Span]:
        """Several English words with one translation (heat pump)."""
        texts = [word.text for word in question.words]
        for start in range(len(texts) if question.english else 0):
            for end in range(start + 2, min(len(texts), start + LONGEST_UNIT) + 1):
                if self._lexicon.translations(" ".join(texts[start:end])):
                    yield start, end

    def _are_one(self, question: Question, at: int) -> bool:
        """Two words apart that occur as one (scheeps bouw)."""
        one, other = question.texts(at, at + 2)
        if not self._lexicon.steps.variants or question.english or not (one + other).isalpha():
            return False
        if self._lexicon.is_stop(one) or self._lexicon.is_stop(other):
            return False
        return self._knows(self._lexicon.stem(one + other))

    def _respelled(self, word: str) -> str | None:
        """The same word as it is spelled, for one whose stem forgives a slip (omschooling).

        A slip at the end is a form of the word more often than a mistake."""
        whole = joined(word)
        if not self._lexicon.steps.stems or whole in self._lexicon.dictionary or self._lexicon.parts(whole):
            return None
        better = self._correct(whole)
        if (
            better is None
            or better[-SAME_END:] != whole[-SAME_END:]
            or better not in self._lexicon.dictionary
        ):
            return None
        return better if self._lexicon.stem(better) == self._lexicon.stem(whole) else None

    def _is_known(self, word: str, *, english: bool) -> bool:
        """Whether the word occurs, or means something without occurring."""
        lexicon = self._lexicon
        pieces = [piece.text for piece in words_of(word)]
        whole = "".join(pieces)
        stem = lexicon.stem(whole)
        parts = lexicon.parts(whole)
        return (
            self._knows(stem)
            # Who asks for what is not there (onderbroek) did not mean what is (onderzoek).
            or whole in lexicon.dictionary
            or (len(pieces) > 1 and all(map(self._occurs, pieces)))
            or lexicon.is_stop(whole)
            or (english and lexicon.is_stop(whole, english=True))
            or whole in lexicon.weak_words
            or bool(lexicon.translations(whole))
            or any(True for _ in self._names.spot(pieces))
            or any(True for _ in lexicon.synonyms.spot([stem], english=True))
            or (bool(parts) and all(map(self._knows, parts)))
        )

    def _occurs(self, piece: str) -> bool:
        return self._lexicon.is_stop(piece) or self._knows(self._lexicon.stem(piece))

    def _is_english(self, words: Sequence[str], language: str) -> bool:
        """English because its small words are, or else because most words have only an English meaning."""
        lexicon = self._lexicon
        if not lexicon.steps.english:
            return False
        english = sum(lexicon.is_stop(w, english=True) and not lexicon.is_stop(w) for w in words)
        dutch = sum(lexicon.is_stop(w) and not lexicon.is_stop(w, english=True) for w in words)
        if english != dutch:
            return english > dutch
        foreign = sum(bool(lexicon.translations(w)) and w not in lexicon.dictionary for w in words)
        return language == "en" or foreign * 2 >= max(1, len(words))


def joined(word: str) -> str:
    """The pieces of a word as one."""
    return "".join(piece.text for piece in words_of(word))
