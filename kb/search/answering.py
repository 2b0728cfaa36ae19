"""From the words of a search to its results in order, with what the reader should know about them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pyroaring import BitMap

from kb.domain.search import Facet, Search, Sort
from kb.search.budget import Budget
from kb.search.engine import Engine, Ids, Matches, Scores
from kb.search.facets import Bitmaps
from kb.search.found import Notice, NoticeKind, Understood
from kb.search.id_sets import bitmap_of, ids_in
from kb.search.interpreter import Interpreter, Reading
from kb.search.ordering import Ordering
from kb.search.parser import ParsedQuery, parse
from kb.search.plain_search import PlainSearch
from kb.search.ranking import Weights


@dataclass(frozen=True, slots=True)
class Answer:
    """The records that match the words (None: there were no words), and how the words were read.

    `scores` is None when there is nothing to score, as when words are only left out.
    """

    ids: Ids | None
    scores: Scores | None
    reading: Reading
    notices: tuple[Notice, ...]

    @property
    def matched(self) -> BitMap | None:
        if self.ids is None:
            return None
        return bitmap_of(self.ids)


def answer(engine: Engine, interpreter: Interpreter, search: Search, language: str, budget: Budget) -> Answer:
    """By the index; raises IndexBroken."""
    engine.limit(budget)
    parsed = parse(search.words)
    reading = interpreter.read(parsed, language, search.literal)
    notices = [*_about_words(parsed), *_about_reading(reading)]
    query = reading.query
    if query.is_empty and not query.excluded:
        return Answer(None, None, reading, (*notices, *_about_time(budget)))
    found = engine.match(query)
    notices += [*_about_matches(found), *_about_time(budget)]
    return Answer(found.ids, None if query.is_empty else found.scores, reading, tuple(notices))


def plain_answer(plain: PlainSearch, words: str, budget: Budget) -> Answer:
    """Without an index."""
    parsed = parse(words)
    notices = (*_about_words(parsed), Notice(NoticeKind.DEGRADED))
    if not (parsed.words or parsed.phrases or parsed.prefixes or parsed.excluded):
        return Answer(None, None, Reading(), notices)
    ids, scores = plain.match(parsed, budget)
    return Answer(ids, scores, Reading(), (*notices, *_about_time(budget)))


def ordered(
    answered: Answer,
    search: Search,
    results: BitMap,
    ordering: Ordering,
    weights: Weights,
    *,
    whole: bool = False,
) -> tuple[Ids, Scores]:
    """The results of the asked page, or all, in the order that was asked for; and their scores."""
    ids = ids_in(results)
    start = (search.page - 1) * search.per_page
    end = None if whole else start + search.per_page
    rest = slice(0 if whole else start, None)
    if answered.ids is None or answered.scores is None:
        places = ordering.first(ids, search.sort, None, end)[rest]
        return ids[places], np.zeros(len(places), np.float32)
    same = len(ids) == len(answered.ids)
    scores = answered.scores if same else answered.scores[np.searchsorted(answered.ids, ids)]
    raising = weights.evidence, weights.recency
    if search.sort is Sort.RELEVANCE:
        places, scores = ordering.first_raised(ids, scores, end, *raising)
        return ids[places[rest]], scores[rest]
    places = ordering.first(ids, search.sort, scores, end)[rest]
    return ids[places], ordering.raised(ids, scores, places, *raising)


def understood(reading: Reading, search: Search, results: BitMap, bitmaps: Bitmaps) -> Iterator[Understood]:
    """Each named term that was not chosen yet and that would leave something, in the order of the words.

    Of one name the widest."""
    best: dict[tuple[Facet, int], Understood] = {}
    for named in reading.named:
        words = " ".join(reading.words[named.start : named.end])
        count = results.intersection_cardinality(bitmaps.having(named.facet, named.code))
        is_chosen = named.code in search.filters.get(named.facet, ())
        known = best.get((named.facet, named.start))
        if count and not is_chosen and (known is None or known.count < count):
            best[named.facet, named.start] = Understood(named.facet, named.code, words, count)
    yield from (best[key] for key in sorted(best, key=lambda key: key[1]))


def tokens_of(reading: Reading) -> frozenset[str]:
    """All that was looked for."""
    query = reading.query
    tokens = {token for clause in query.clauses for each in clause.alternatives for token in each.tokens}
    tokens.update(token for phrase in query.phrases for token, _ in phrase)
    return frozenset(tokens)


def _about_words(parsed: ParsedQuery) -> Iterator[Notice]:
    if parsed.cut:
        yield Notice(NoticeKind.CUT, (parsed.cut,))


def _about_reading(reading: Reading) -> Iterator[Notice]:
    yield from (Notice(NoticeKind.CORRECTED, pair) for pair in reading.corrected)
    if reading.only_common:
        yield Notice(NoticeKind.COMMON_WORDS)


def _about_matches(found: Matches) -> Iterator[Notice]:
    if found.any_word:
        yield Notice(NoticeKind.ANY_WORD)


def _about_time(budget: Budget) -> Iterator[Notice]:
    if budget.exceeded:
        yield Notice(NoticeKind.PARTIAL)
