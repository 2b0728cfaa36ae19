"""From a parsed question to tokens: a clause for each word with everything that stands for it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kb.domain.reasons import How
from kb.domain.search import Facet
from kb.domain.slugs import slug_of
from kb.search.analysis import Analyser, exact_token, tag_token
from kb.search.dutch import words_of
from kb.search.names import KIND_WORDS, Named, Names
from kb.search.parser import ParsedQuery
from kb.search.query import Alternative, Clause, PlacedToken, Query
from kb.search.reading import Question, Reader, Span
from kb.search.synonyms import SHORT_TERM, Group, Relation


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question was read: what to look for, what it names, and what was done to its words."""

    query: Query = field(default_factory=Query)
    named: tuple[Named, ...] = ()
    words: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    only_common: bool = False


class Interpreter:
    """`knows` tells whether a token occurs in the index, `correct` gives the word that was meant."""

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
        self._reader = Reader(analyser.lexicon, names, knows, correct)

    def read(
        self, parsed: ParsedQuery, language: str = "nl", literal: frozenset[tuple[Facet, str]] = frozenset()
    ) -> Reading:
        """`literal` are terms that the words do not name, though they could."""
        words, corrected = self._reader.corrected(parsed.words, language)
        question = self._reader.question(words, language, literal)
        query = Query(
            clauses=tuple(self._clauses(question)),
            phrases=tuple(filter(None, (self._phrase(phrase) for phrase in parsed.phrases))),
            prefixes=parsed.prefixes,
            excluded=tuple(self._excluded(parsed.excluded)),
            near=tuple(self._near(question)),
            extras=(*self._related_units(question), *(self._exact(" ".join(words)) if words else ())),
        )
        return Reading(
            query=query,
            named=tuple(question.named),
            words=tuple(word.text for word in question.words),
            corrected=corrected,
            only_common=bool(parsed.words or parsed.phrases) and query.is_empty,
        )

    def _clauses(self, question: Question) -> Iterator[Clause]:
        """A clause for each unit. Question words are left out and light words only add to the score, except
        where there is nothing else."""
        units = list(self._reader.units(question))
        telling = [unit for unit in units if not self._only_asks(question, unit)]
        heavy = [unit for unit in telling if not self._is_light(question, unit)]
        for start, end in telling or units:
            yield self._clause(question, start, end, light=bool(heavy) and (start, end) not in heavy)

    def _near(self, question: Question) -> Iterator[tuple[PlacedToken, ...]]:
        """Each telling word with the next one, as far apart as they were typed."""
        words = [
            at
            for at in range(len(question.words))
            if not self._reader.is_stop(question, at)
            and question.words[at].text not in self._lexicon.weak_words
        ]
        for at, following in pairwise(words):
            yield (question.stems[at], 0), (question.stems[following], following - at)

    def _only_asks(self, question: Question, unit: Span) -> bool:
        """Nothing but question words, also when several make a unit (wat werkt)."""
        words = (at for at in range(*unit) if not self._reader.is_stop(question, at))
        return all(question.words[at].text in self._lexicon.weak_words for at in words)

    def _is_light(self, question: Question, unit: Span) -> bool:
        """A word that says little, or only which kind of place the next word names."""
        if self._is_among(question, unit, self._lexicon.light_words):
            return True
        names_follow = any(named.facet is Facet.REGION and named.start == unit[1] for named in question.named)
        return names_follow and self._is_among(question, unit, frozenset(KIND_WORDS))

    @staticmethod
    def _is_among(question: Question, unit: Span, words: frozenset[str]) -> bool:
        return unit[1] - unit[0] == 1 and question.words[unit[0]].text in words

    def _clause(self, question: Question, start: int, end: int, *, light: bool) -> Clause:
        words = question.texts(start, end)
        alternatives = list(self._itself(question, start, end))
        alternatives += self._groups(question, start, end)
        alternatives += self._translations(question, words)
        if light:
            alternatives = [
                replace(each, weight=each.weight * self._weights.light, loose=False) for each in alternatives
            ]
            return Clause(" ".join(words), tuple(alternatives), light=True)
        tags = tuple(dict.fromkeys(self._tags(question, start, end)))
        return Clause(" ".join(words), tuple(dict.fromkeys(alternatives)), tags)

    def _itself(self, question: Question, start: int, end: int) -> Iterator[Alternative]:
        """The words as they are, as one, and in parts."""
        weights = self._weights
        stems = tuple(question.stems[at] for at in self._reader.telling(question, start, end))
        if stems:
            yield self._own(question, start, end, stems)
        if end - start == 1:
            parts = self._lexicon.parts(question.words[start].text)
            if parts:
                yield Alternative(parts, weights.query_parts, how=How.PARTS)
                yield from (self._part(part) for part in parts)
            return
        yield from (self._part(stem) for stem in stems)
        token = self._lexicon.stem("".join(question.texts(start, end)))
        if self._lexicon.steps.variants and self._knows(token):
            yield Alternative((token,), weights.joined, how=How.JOINED)

    def _part(self, token: str) -> Alternative:
        return Alternative((token,), self._weights.loose_part, loose=True, how=How.PART)

    def _own(self, question: Question, start: int, end: int, stems: tuple[str, ...]) -> Alternative:
        """The word itself. Where it has equals it shares their score, or a rare spelling would count for more
        than a common one of the same thing."""
        groups = [s.group for s in question.spotted if (s.start, s.end) == (start, end)]
        equal = [group.token for group in groups if group.relation is Relation.EQUAL]
        if not equal:
            return Alternative(stems)
        return Alternative((*stems, equal[0]), self._weights.shared)

    def _groups(self, question: Question, start: int, end: int) -> Iterator[Alternative]:
        if end - start == 1:
            yield from self._part_groups(question.words[start].text)
        telling = set(self._reader.telling(question, start, end))
        for spotted in question.spotted:
            inside = start <= spotted.start and spotted.end <= end
            if inside and telling <= set(range(spotted.start, spotted.end)):
                yield self._group(spotted.group)
            elif start <= spotted.start < spotted.end <= end:
                yield self._group(spotted.group, self._weights.loose_part, loose=True)

    def _related_units(self, question: Question) -> Iterator[Alternative]:
        """What is near to several words together, on top of what each word finds."""
        for spotted in question.spotted:
            if question.english and spotted.group.relation is Relation.RELATED and spotted.is_unit:
                yield self._group(spotted.group)

    def _part_groups(self, word: str) -> Iterator[Alternative]:
        """The groups that parts of a compound belong to (werk naar werk in werknaarwerktraject)."""
        parts = self._lexicon.part_unit(word)
        for spotted in self._lexicon.synonyms.spot(parts):
            if spotted.end - spotted.start > 1:
                yield self._group(spotted.group)
            elif len(parts[spotted.start]) > SHORT_TERM:
                yield self._group(spotted.group, self._weights.part_group, loose=True)

    def _group(self, group: Group, share: float = 1.0, *, loose: bool = False) -> Alternative:
        is_equal = group.relation is Relation.EQUAL
        weight = self._weights.equal if is_equal else self._weights.related
        how = How.EQUAL if is_equal else How.RELATED
        return Alternative((group.token,), weight * share, loose=loose, how=how)

    def _translations(self, question: Question, words: Sequence[str]) -> Iterator[Alternative]:
        if not question.english and all(word in self._lexicon.dictionary for word in words):
            return
        share = self._weights.translation
        for dutch in self._lexicon.translations(" ".join(words)):
            stems = self._stems(dutch)
            if stems:
                yield Alternative(stems, share, how=How.TRANSLATION)
            for group in self._lexicon.synonyms.of_part(stems[0]) if len(stems) == 1 else ():
                yield self._group(group, share)

    def _tags(self, question: Question, start: int, end: int) -> Iterator[Alternative]:
        """The terms that the words name, and for a place the regions it lies in."""
        weights = self._weights
        for named in question.named:
            if not (start <= named.start and named.end <= end):
                continue
            whole = (named.start, named.end) == (start, end)
            tag = (tag_token(named.facet, named.code),)
            yield Alternative(tag, weights.understood, loose=not whole, how=How.TAG)
            for parent in self._names.parents(named):
                wider = (tag_token(Facet.REGION, parent),)
                yield Alternative(wider, weights.understood_parent, loose=True, how=How.WIDER_TAG)

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
            stems = self._stems(text)
            if stems:
                yield Clause(text, (Alternative(stems),))

    def _exact(self, typed: str) -> tuple[Alternative, ...]:
        """A record or an organisation that is called exactly this comes first."""
        organisation = tag_token(Facet.ORGANISATION, slug_of(typed))
        return (
            Alternative((exact_token(typed),), self._weights.exact_title, how=How.TITLE),
            Alternative((organisation,), self._weights.exact_organisation, how=How.ORGANISATION),
        )

    def _stems(self, text: str) -> tuple[str, ...]:
        words = (word.text for word in words_of(text))
        return tuple(self._lexicon.stem(word) for word in words if not self._lexicon.is_stop(word))
