"""Which records answer a query and how well: the matching rule and the scores, over whole posting lists."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Protocol

import numpy as np

from kb.search.engine import Ids, Matches, Scores
from kb.search.query import Alternative, Clause, PlacedToken, Query
from kb.search.ranking import WEIGHTS, Weights

# With fewer records that have most of the words, any word will do.
ENOUGH = 20
# One or two words must all be met, of more words at least half.
FEW_WORDS = 2
# A question may cost this much work; the answer so far is given, and says so.
SECONDS = 0.4
# What a search in a list costs, in slots filled.
SEARCH_STEPS = 8
# Words that occur in more records than this are not looked for side by side: that takes long and says little.
MOST_PLACES = 20_000

NO_IDS: Ids = np.empty(0, np.int32)
NO_SCORES: Scores = np.empty(0, np.float32)


class Postings(Protocol):
    """Where tokens occur, as one generation of an index knows it. Ids ascend."""

    @property
    def size(self) -> int:
        """One more than the highest record id."""

    @property
    def sequence(self) -> int: ...

    def scored(self, token: str) -> tuple[Ids, Scores]:
        """The records with the token, and what it adds to each."""

    def with_prefix(self, prefix: str) -> Ids:
        """The records with a word that begins like this."""

    def in_phrase(self, tokens: Sequence[PlacedToken]) -> Ids:
        """The records that have the tokens as many words apart as given."""

    def all_ids(self) -> Ids: ...


def needed(words: int) -> int:
    """How many of the words of a question a record must have."""
    return words if words <= FEW_WORDS else math.ceil(words / 2)


def match(postings: Postings, query: Query, weights: Weights = WEIGHTS) -> Matches:
    """All records that answer the query, by id, with their scores."""
    scorer = Scorer(postings, weights)
    partial = scorer.add(query.clauses)
    ids = scorer.ids(needed(scorer.clauses)) if query.clauses else None
    any_word = False
    if ids is not None and len(ids) < ENOUGH:
        more = scorer.ids(0)
        any_word = scorer.clauses > 1 and len(more) > len(ids)
        ids = more
    ids = _required(postings, query, ids, scorer)
    ids = _without(postings, query, ids)
    scorer.raise_extras(query.extras)
    scorer.raise_near(query.near)
    return Matches(postings.sequence, ids, scorer.scores(ids), any_word, partial)


class Scorer:
    """Adds up clauses over all records at once; a slot for each record id."""

    def __init__(self, postings: Postings, weights: Weights) -> None:
        self._postings = postings
        self._weights = weights
        self._total = np.zeros(postings.size, np.float32)
        self._met = np.zeros(postings.size, np.uint8)
        self._touched = np.zeros(postings.size, np.uint8)
        self.clauses = 0

    def add(self, clauses: Iterable[Clause]) -> bool:
        """Whether time was up before all clauses were done."""
        end = perf_counter() + SECONDS
        for clause in clauses:
            if self.clauses and perf_counter() > end:
                return True
            ids, scores, met = clause_scores(self._postings, clause)
            self._total[ids] += scores
            if clause.light:
                continue
            self._touched[ids] += 1
            self._met[met] += 1
            self.clauses += 1
        return False

    def ids(self, least: int) -> Ids:
        """The records that meet at least so many clauses; 0 for those that meet any part of one."""
        hits = np.flatnonzero(self._met >= least) if least else np.flatnonzero(self._touched)
        return hits.astype(np.int32)

    def add_found(self, ids: Ids, scores: Scores | float) -> None:
        self._total[ids] += scores

    def raise_extras(self, extras: Iterable[Alternative]) -> None:
        for extra in extras:
            ids, scores = alternative_scores(self._postings, extra)
            self._total[ids] += scores

    def raise_near(self, near: Iterable[Sequence[PlacedToken]]) -> None:
        for words in near:
            ids, scores = near_scores(self._postings, words, self._weights)
            self._total[ids] += scores

    def scores(self, ids: Ids) -> Scores:
        """The sums, less for a record that met only some of the words."""
        if self.clauses < 2:
            return self._total[ids]
        return (self._total[ids] * self.shares(ids)).astype(np.float32)

    def shares(self, ids: Ids) -> Scores:
        """What is left of the sum of a record that lacks some of the words."""
        met = self._met[ids]
        share = (met + self._weights.loose_met * (self._touched[ids] - met)) / max(1, self.clauses)
        return (share**self._weights.all_words).astype(np.float32)


def clause_scores(postings: Postings, clause: Clause) -> tuple[Ids, Scores, Ids]:
    """Records with any alternative or tag and their scores; and those that meet the clause."""
    sums = np.zeros(postings.size, np.float32)
    strict = np.zeros(postings.size, bool)
    for ways in (clause.alternatives, clause.tags):
        if not ways:
            continue
        best = np.zeros(postings.size, np.float32)
        for way in ways:
            ids, scores = alternative_scores(postings, way)
            best[ids] = np.maximum(best[ids], scores)
            if not way.loose:
                strict[ids] = True
        sums += best
    ids = np.flatnonzero(sums).astype(np.int32)
    return ids, sums[ids], np.flatnonzero(strict).astype(np.int32)


def alternative_scores(postings: Postings, alternative: Alternative) -> tuple[Ids, Scores]:
    ids, scores = together(postings, alternative.tokens)
    return ids, scores * np.float32(alternative.weight)


def phrase_scores(postings: Postings, phrase: Sequence[PlacedToken]) -> tuple[Ids, Scores]:
    """The records with the phrase, and what its words add to each."""
    ids, scores = together(postings, (token for token, _ in phrase))
    having = postings.in_phrase(phrase)
    return having, scores[np.searchsorted(ids, having)]


def near_scores(postings: Postings, words: Sequence[PlacedToken], weights: Weights) -> tuple[Ids, Scores]:
    """The records in which the words stand together, and what that adds to each."""
    numbers = [len(postings.scored(token)[0]) for token, _ in words]
    if not min(numbers) or sum(numbers) > MOST_PLACES:
        return NO_IDS, NO_SCORES
    near, scores = phrase_scores(postings, words)
    return near, scores * np.float32(weights.neighbours)


def together(postings: Postings, tokens: Iterable[str]) -> tuple[Ids, Scores]:
    """The records with all tokens, and the sum of their scores."""
    lists = sorted((postings.scored(token) for token in dict.fromkeys(tokens)), key=lambda each: len(each[0]))
    if not lists:
        return NO_IDS, NO_SCORES
    ids, scores = lists[0]
    for other, more in lists[1:]:
        if not len(ids) or not len(other):
            return NO_IDS, NO_SCORES
        ids, scores = _both(ids, scores, other, more, postings.size)
    return ids, scores


def _both(ids: Ids, scores: Scores, other: Ids, more: Scores, size: int) -> tuple[Ids, Scores]:
    """What stands in two lists. Looking up a few is a search in the longer, many a slot for each record."""
    if len(ids) * SEARCH_STEPS < len(other):
        at = np.minimum(np.searchsorted(other, ids), len(other) - 1)
        both = other[at] == ids
        return ids[both], scores[both] + more[at[both]]
    slots = np.zeros(size, np.float32)
    slots[other] = more
    added = slots[ids]
    both = added > 0
    return ids[both], scores[both] + added[both]


def _required(postings: Postings, query: Query, ids: Ids | None, scorer: Scorer) -> Ids:
    """Only the records with every phrase and prefix; with neither those that were found, or all."""
    for phrase in query.phrases:
        having, scores = phrase_scores(postings, phrase)
        scorer.add_found(having, scores)
        ids = having if ids is None else np.intersect1d(ids, having, assume_unique=True)
    for prefix in query.prefixes:
        beginning = postings.with_prefix(prefix)
        ids = beginning if ids is None else np.intersect1d(ids, beginning, assume_unique=True)
    return postings.all_ids() if ids is None else ids


def _without(postings: Postings, query: Query, ids: Ids) -> Ids:
    for clause in query.excluded:
        _, _, met = clause_scores(postings, clause)
        ids = np.setdiff1d(ids, met, assume_unique=True)
    return ids


def best(found: Matches, limit: int) -> Matches:
    """The best `limit` of what was found, still by id."""
    if len(found.ids) <= limit:
        return found
    order = np.sort(np.lexsort((found.ids, -found.scores))[:limit])
    return replace(found, ids=found.ids[order], scores=found.scores[order])
