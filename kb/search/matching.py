"""Which records answer a query and how well: the matching rule and the scores, over whole posting lists."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from kb.search.budget import Budget, unlimited
from kb.search.engine import Ids, Matches, Scores
from kb.search.query import Alternative, Clause, PlacedToken, Query
from kb.search.ranking import WEIGHTS, Weights

# With fewer records that have most of the words, any word will do.
ENOUGH = 20
# One or two words must all be met, of more words at least half.
FEW_WORDS = 2
# What a search in a list costs, in slots filled.
SEARCH_STEPS = 8
# From one in so many on a list is written out with a slot for each record.
DENSE = 8
# Words that occur in more records than this are not looked for side by side: that takes long and says little.
MOST_PLACES = 20_000

Flags = npt.NDArray[np.bool_]
NO_IDS: Ids = np.empty(0, np.int32)
NO_SCORES: Scores = np.empty(0, np.float32)


class Postings(Protocol):
    """Where tokens occur, as one generation of an index knows it. Ids ascend."""

    @property
    def size(self) -> int:
        """One more than the highest record id."""

    @property
    def sequence(self) -> int: ...

    def scored(self, token: str, weight: float = 1.0) -> tuple[Ids, Scores]:
        """The records with the token, and what it adds to each when it has this weight."""

    def with_prefix(self, prefix: str, budget: Budget) -> Ids:
        """The records with a word that begins like this, or those found in time."""

    def in_phrase(self, tokens: Sequence[PlacedToken], budget: Budget) -> Ids | None:
        """The records that have the tokens as many words apart as given; None when time was up."""

    def all_ids(self) -> Ids: ...


def needed(words: int) -> int:
    """How many of the words of a question a record must have."""
    return words if words <= FEW_WORDS else math.ceil(words / 2)


def match(
    postings: Postings, query: Query, weights: Weights = WEIGHTS, budget: Budget | None = None
) -> Matches:
    """All records that answer the query, by id, with their scores; or those found before time was up."""
    scorer = Scorer(postings, weights, budget)
    scorer.add(query.clauses)
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
    return Matches(postings.sequence, ids, scorer.scores(ids), any_word, scorer.budget.exceeded)


class Scorer:
    """Adds up clauses over all records at once; a slot for each record id.

    A record that meets each word a little answers the question better than one that meets one word very well.
    So the clauses are added by their cube roots, and the mean of those is raised again; a word that is not
    met weighs heavily. What comes on top (light words, phrases, nearness) is simply added.

    Going through all slots in a row is cheaper than picking out many; roots are taken of what is found only.
    """

    def __init__(self, postings: Postings, weights: Weights, budget: Budget | None = None) -> None:
        self._postings = postings
        self._weights = weights
        self.budget = budget or unlimited()
        self._sums: list[Scores] = []
        self._met = np.zeros(postings.size, np.uint8)
        self._added: Scores | None = None

    @property
    def clauses(self) -> int:
        return len(self._sums)

    def add(self, clauses: Sequence[Clause]) -> None:
        """All of them, or those that there is time for."""
        for clause in clauses:
            if self._sums and self.budget.is_spent():
                return
            sums, met = clause_scores(self._postings, clause)
            if clause.light:
                self._added = sums if self._added is None else self._added + sums
                continue
            self._sums.append(sums)
            self._met += met

    def ids(self, least: int) -> Ids:
        """The records that meet at least so many clauses; 0 for those that meet any part of one."""
        if least:
            return _where(self._met >= least)
        touched = [sums > 0 for sums in self._sums]
        return _where(np.logical_or.reduce(touched)) if touched else NO_IDS

    def add_found(self, ids: Ids, scores: Scores | float) -> None:
        if not len(ids):
            return
        if self._added is None:
            self._added = np.zeros(self._postings.size, np.float32)
        self._added[ids] += scores

    def raise_extras(self, extras: Iterable[Alternative]) -> None:
        for extra in extras:
            if self.budget.is_spent():
                return
            self.add_found(*alternative_scores(self._postings, extra))

    def raise_near(self, near: Iterable[Sequence[PlacedToken]]) -> None:
        for words in near:
            if self.budget.is_spent():
                return
            self.add_found(*near_scores(self._postings, words, self._weights, self.budget))

    def scores(self, ids: Ids) -> Scores:
        """What all clauses together are worth in each record, with what comes on top."""
        if len(self._sums) == 1:
            found = self._sums[0][ids]
        else:
            roots = np.zeros(len(ids), np.float32)
            for sums in self._sums:
                roots += np.cbrt(sums[ids])
            found = balanced(roots, len(self._sums))
        return found if self._added is None else found + self._added[ids]


def balanced(roots: Scores, clauses: int) -> Scores:
    """What clauses are worth together, from the sums of their cube roots."""
    count = np.float32(max(1, clauses))
    mean = roots / count
    return cast(Scores, mean * mean * mean * count)


def clause_scores(postings: Postings, clause: Clause) -> tuple[Scores, Flags]:
    """By record id: the best alternative and the best tag together, and whether that meets the clause."""
    sums = np.zeros(postings.size, np.float32)
    strict = np.zeros(postings.size, bool)
    for number, ways in enumerate((clause.alternatives, clause.tags)):
        best = np.zeros(postings.size, np.float32) if number and ways else sums
        for way in ways:
            _raise(best, None if way.loose else strict, *alternative_scores(postings, way))
        if best is not sums:
            sums += best
    return sums, strict


def _raise(best: Scores, met: Flags | None, ids: Ids, scores: Scores) -> None:
    """Each to the higher of the two, and whether it is met. Many are quicker written out in full."""
    if len(ids) * DENSE < len(best):
        best[ids] = np.maximum(best[ids], scores)
        if met is not None:
            met[ids] = True
        return
    slots = np.zeros(len(best), np.float32)
    slots[ids] = scores
    np.maximum(best, slots, out=best)
    if met is not None:
        met |= slots > 0


def _where(flags: Flags) -> Ids:
    return np.flatnonzero(flags).astype(np.int32)


def alternative_scores(postings: Postings, alternative: Alternative) -> tuple[Ids, Scores]:
    if len(alternative.tokens) == 1:
        return postings.scored(alternative.tokens[0], alternative.weight)
    ids, scores = together(postings, alternative.tokens)
    return ids, scores if alternative.weight == 1 else scores * np.float32(alternative.weight)


def phrase_scores(
    postings: Postings, phrase: Sequence[PlacedToken], budget: Budget
) -> tuple[Ids, Scores] | None:
    """The records with the phrase, and what its words add to each; None when time was up."""
    ids, scores = together(postings, (token for token, _ in phrase))
    having = postings.in_phrase(phrase, budget)
    return None if having is None else (having, scores[np.searchsorted(ids, having)])


def near_scores(
    postings: Postings, words: Sequence[PlacedToken], weights: Weights, budget: Budget
) -> tuple[Ids, Scores]:
    """The records in which the words stand together, and what that adds to each: nothing without time."""
    numbers = [len(postings.scored(token)[0]) for token, _ in words]
    if not min(numbers) or sum(numbers) > MOST_PLACES:
        return NO_IDS, NO_SCORES
    found = phrase_scores(postings, words, budget)
    if found is None:
        return NO_IDS, NO_SCORES
    return found[0], found[1] * np.float32(weights.neighbours)


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
    """Only the records with every phrase and prefix; with neither those that were found, or all.

    For a phrase that there is no time for, those that have its words."""
    for phrase in query.phrases:
        found = None if scorer.budget.is_spent() else phrase_scores(postings, phrase, scorer.budget)
        having, scores = found or together(postings, (token for token, _ in phrase))
        scorer.add_found(having, scores)
        ids = having if ids is None else np.intersect1d(ids, having, assume_unique=True)
    for prefix in query.prefixes:
        beginning = postings.with_prefix(prefix, scorer.budget)
        ids = beginning if ids is None else np.intersect1d(ids, beginning, assume_unique=True)
    return postings.all_ids() if ids is None else ids


def _without(postings: Postings, query: Query, ids: Ids) -> Ids:
    for clause in query.excluded:
        _, met = clause_scores(postings, clause)
        ids = ids[~met[ids]]
    return ids


def best(found: Matches, limit: int) -> Matches:
    """The best `limit` of what was found, still by id."""
    if len(found.ids) <= limit:
        return found
    order = np.sort(np.lexsort((found.ids, -found.scores))[:limit])
    return replace(found, ids=found.ids[order], scores=found.scores[order])
