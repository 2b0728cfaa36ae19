"""Many records analysed at once: the postings of their documents, several times as fast as one by one.

Each word is looked up once and is a number from then on. What words add to their tokens is summed in arrays,
in the same order as one by one, so that the sums are equal to the last digit.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kb.domain.search import Record
from kb.search.analysis import GAP, LAST_POSITION, Analyser, marks_of, texts_of
from kb.search.bulk_words import NONE, Gives, Lines, WordFacts, Words
from kb.search.dutch import plain_words
from kb.search.postings_order import Numbers, in_order, seen, spread, starts_of
from kb.search.ranking import Part

# So many records at a time are added up; their words then take some dozens of megabytes.
AT_ONCE = 4_000

Floats = npt.NDArray[np.float32]


class Noted(NamedTuple):
    """Which tokens occur in which documents, in the order of their names and then by document.

    Each posting may have a weight, or some places, which stand one after another."""

    names: list[str]
    tokens: Numbers
    documents: Numbers
    weights: Floats | None = None
    places: npt.NDArray[np.uint16] | None = None
    lengths: Numbers | None = None


class BulkNotes:
    """Takes records one after another, and gives the postings of all of them by field."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self._tokens: defaultdict[str, int] = defaultdict(count().__next__)
        self._facts = WordFacts(self._tokens)
        self._words = {english: Words(analyser, self._facts, english=english) for english in (False, True)}
        self._lines = Lines(analyser, self._tokens)
        self._batch = Batch()
        self._keys: list[str] = []
        self._sums: list[tuple[Numbers, Numbers, Floats]] = []
        self._placed: list[tuple[Numbers, Numbers, Numbers]] = []
        self._spelled: list[tuple[Numbers, Numbers]] = []

    def add(self, record: Record) -> None:
        self._batch.document = len(self._keys)
        self._keys.append(str(record.id))
        base = 0
        for part, text, english in texts_of(record):
            base += self._add_text(part, text, base, english=english) + GAP
        self._add_tags(record.tags)
        self._batch.note_marks(self._tokens[mark] for mark in dict.fromkeys(marks_of(record)))
        if len(self._keys) % AT_ONCE == 0:
            self._add_up()

    @property
    def spellings(self) -> set[str]:
        return set(self._facts.spellings)

    def impacts(self) -> Noted:
        self._add_up()
        return _in_order(list(self._tokens), *_joined(self._sums, 3))

    def positions(self) -> Noted:
        self._add_up()
        names, tokens, documents, places, *_ = _in_order(list(self._tokens), *_joined(self._placed, 3))
        starts = starts_of(tokens, documents)
        lengths = np.diff(starts, append=len(tokens)).astype(np.uint32)
        return Noted(names, tokens[starts], documents[starts], None, np.asarray(places, np.uint16), lengths)

    def spelled(self) -> Noted:
        self._add_up()
        return _in_order(list(self._facts.spellings), *_joined(self._spelled, 2))

    def keys(self) -> Noted:
        numbers = np.arange(len(self._keys), dtype=np.uint32)
        return _in_order(self._keys, numbers, numbers)

    def _add_text(self, part: Part, text: str, base: int, *, english: bool) -> int:
        """The number of its words."""
        lexicon = self._analyser.lexicon
        words, chains = plain_words(text)
        numbers = list(map(self._words[english].__getitem__, words))
        self._batch.begin_part(self._analyser.share(part, len(words)), base, numbers)
        for _, joined in chains:
            self._batch.note_joined(self._facts.spellings[joined])
            if lexicon.steps.variants:
                self._batch.note_more(self._tokens[lexicon.stem(joined)])
        for token in self._units(numbers, english=english):
            self._batch.note_more(self._tokens[token])
        return len(words)

    def _units(self, numbers: Sequence[int], *, english: bool) -> Iterator[str]:
        """The groups of all units of several words."""
        beginning, stems = self._facts.beginning, self._facts.stems
        starts = [
            at
            for at, (number, following) in enumerate(pairwise(numbers))
            if number in beginning and stems[following] in beginning[number]
        ]
        if not starts:
            return
        in_words = [stems[number] for number in numbers]
        for start in starts:
            for spotted in self._analyser.lexicon.synonyms.units_at(in_words, start, english=english):
                yield spotted.group.token

    def _add_tags(self, tags: str) -> None:
        lines = [self._lines[line] for line in tags.split("\n")]
        length = sum(self._lines.lengths[line] for line in lines)
        self._batch.begin_part(self._analyser.share(Part.TAGS, length), 0, ())
        self._batch.note_tags(lines)

    def _add_up(self) -> None:
        """The postings of the records since the last time."""
        batch, self._batch = self._batch, Batch()
        if not len(batch.documents):
            return
        documents = seen(batch.documents, np.uint32)
        tokens, parts, values = self._contributions(batch)
        order = np.argsort(parts, kind="stable")
        order = order[in_order(tokens[order])]
        tokens, owners, values = tokens[order], documents[parts[order]], values[order]
        starts = starts_of(tokens, owners)
        groups = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(tokens)))
        impacts = self._analyser.impacts_of(np.bincount(groups, values).astype(np.float64)).astype(np.float32)
        self._sums.append((tokens[starts], owners[starts], impacts))
        marks, marked = seen(batch.marks, np.uint32), seen(batch.marked, np.uint32)
        self._sums.append((marks, marked, np.full(len(marks), self._analyser.tag_impact, np.float32)))
        self._note_words(batch, documents)

    def _contributions(self, batch: "Batch") -> tuple[Numbers, Numbers, npt.NDArray[np.float64]]:
        """Which token gets what in which part: from words, from what stands beside them, and from tags."""
        shares = seen(batch.shares, np.float64)
        word_parts = np.repeat(np.arange(len(shares), dtype=np.uint32), seen(batch.lengths, np.intp))
        found = [
            _given(self._facts.gives, seen(batch.noted, np.uint32), word_parts),
            (seen(batch.more, np.uint32), seen(batch.more_parts, np.uint32), np.ones(len(batch.more))),
            _given(self._lines.gives, seen(batch.tags, np.uint32), seen(batch.tag_parts, np.uint32)),
        ]
        tokens, parts, weights = (np.concatenate([each[column] for each in found]) for column in range(3))
        return tokens, parts, shares[parts] * weights

    def _note_words(self, batch: "Batch", documents: Numbers) -> None:
        """Where words stand and how they are spelled."""
        noted, lengths = seen(batch.noted, np.uint32), seen(batch.lengths, np.intp)
        owners = np.repeat(documents, lengths)
        starts = seen(batch.bases, np.int64) - (np.cumsum(lengths) - lengths)
        places = np.repeat(starts, lengths) + np.arange(len(noted))
        tokens = seen(self._facts.placed, np.uint32)[noted]
        kept = (tokens != NONE) & (places <= LAST_POSITION)
        self._placed.append((tokens[kept], owners[kept], places[kept].astype(np.uint32)))
        spelled = np.concatenate((seen(self._facts.spelled, np.uint32)[noted], seen(batch.joined, np.uint32)))
        owners = np.concatenate((owners, seen(batch.joined_in, np.uint32)))
        order = np.argsort(owners, kind="stable")
        order = order[in_order(spelled[order])]
        starts = starts_of(spelled[order], owners[order])
        kept = starts[spelled[order][starts] != NONE]
        self._spelled.append((spelled[order][kept], owners[order][kept]))


class Batch:
    """What was noted of some records; each part of a record has its share for every word in it."""

    def __init__(self) -> None:
        self.document = 0
        self.documents, self.shares = array("I"), array("d")
        self.bases, self.lengths, self.noted = array("I"), array("I"), array("I")
        self.more, self.more_parts = array("I"), array("I")
        self.tags, self.tag_parts = array("I"), array("I")
        self.joined, self.joined_in = array("I"), array("I")
        self.marks, self.marked = array("I"), array("I")

    def begin_part(self, share: float, base: int, numbers: Sequence[int]) -> None:
        self.documents.append(self.document)
        self.shares.append(share)
        self.bases.append(base)
        self.lengths.append(len(numbers))
        self.noted.extend(numbers)

    def note_more(self, token: int) -> None:
        """The last part has this token besides what its words give."""
        self.more.append(token)
        self.more_parts.append(len(self.documents) - 1)

    def note_tags(self, lines: Sequence[int]) -> None:
        self.tags.extend(lines)
        self.tag_parts.extend([len(self.documents) - 1] * len(lines))

    def note_joined(self, spelling: int) -> None:
        self.joined.append(spelling)
        self.joined_in.append(self.document)

    def note_marks(self, tokens: Iterator[int]) -> None:
        before = len(self.marks)
        self.marks.extend(tokens)
        self.marked.extend([self.document] * (len(self.marks) - before))


def _given(
    gives: Gives, numbers: Numbers, parts: Numbers
) -> tuple[Numbers, Numbers, npt.NDArray[np.float64]]:
    at, origins = spread(numbers, seen(gives.ends, np.uint32))
    return seen(gives.tokens, np.uint32)[at], parts[origins], seen(gives.weights, np.float64)[at]


def _joined(found: Sequence[tuple[npt.NDArray[Any], ...]], columns: int) -> Iterator[npt.NDArray[Any]]:
    for column in range(columns):
        kept = [each[column] for each in found]
        yield np.concatenate(kept) if kept else np.empty(0, np.uint32)


def _in_order(
    names: Sequence[str], tokens: Numbers, documents: Numbers, values: npt.NDArray[Any] | None = None
) -> Noted:
    """By the order of the names of those that occur."""
    occurring = np.flatnonzero(np.bincount(tokens, minlength=len(names))).tolist()
    occurring.sort(key=names.__getitem__)
    ranks = np.empty(len(names), np.uint32)
    ranks[occurring] = np.arange(len(occurring), dtype=np.uint32)
    ranked = ranks[tokens]
    order = in_order(ranked)
    named = [names[number] for number in occurring]
    return Noted(named, ranked[order], documents[order], None if values is None else values[order])
