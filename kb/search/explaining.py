"""Why a record was found: what each word of the question met in it, and what that was worth."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

import numpy as np

from kb.domain.reasons import Explanation, How, Reason
from kb.domain.search import Record
from kb.search.analysis import Analyser, texts_of
from kb.search.budget import unlimited
from kb.search.dutch import Word, words_of
from kb.search.engine import Ids, Scores
from kb.search.matching import Postings, alternative_scores, balanced, near_scores, phrase_scores
from kb.search.query import Alternative, PlacedToken, Query
from kb.search.ranking import Part, Weights

# So many different words of the record are named.
NAMED = 4


def explain(postings: Postings, query: Query, record_id: int, weights: Weights) -> Explanation:
    """What each part of the query added to the score of one record: nothing where it met nothing."""
    by_clause = [
        [_best(postings, clause.word, ways, record_id) for ways in (clause.alternatives, clause.tags)]
        for clause in query.clauses
    ]
    found = [reason for reasons in by_clause for reason in reasons]
    found += [_best(postings, "", (extra,), record_id) for extra in query.extras]
    found += [_of_words(*group, record_id) for group in _word_groups(postings, query, weights)]
    met = [
        sum(reason.score for reason in reasons)
        for clause, reasons in zip(query.clauses, by_clause, strict=True)
        if not clause.light
    ]
    reasons = tuple(reason for reason in found if reason.score > 0)
    return Explanation(reasons, _share(met, sum(reason.score for reason in reasons)))


def _share(met: Sequence[float], total: float) -> float:
    """What is left of the points when some words are met less well than others."""
    if len(met) < 2 or not total:
        return 1.0
    roots = np.cbrt(np.array(met, np.float32)).sum(keepdims=True)
    return 1 - (sum(met) - float(balanced(roots, len(met))[0])) / total


def _word_groups(
    postings: Postings, query: Query, weights: Weights
) -> Iterator[tuple[How, Sequence[PlacedToken], tuple[Ids, Scores]]]:
    """Phrases and words side by side, with what they add to each record."""
    for phrase in query.phrases:
        scored = phrase_scores(postings, phrase, unlimited())
        if scored is not None:
            yield How.PHRASE, phrase, scored
    for words in query.near:
        yield How.NEAR, words, near_scores(postings, words, weights, unlimited())


def with_words(explanation: Explanation, record: Record, analyser: Analyser) -> Explanation:
    """The same with the words of the record that were met, and the parts where they stand."""
    texts = [(part, list(words_of(text))) for part, text, _ in texts_of(record)]
    texts.append((Part.TAGS, list(words_of(record.tags))))
    return replace(explanation, reasons=tuple(_met(each, texts, analyser) for each in explanation.reasons))


def _best(postings: Postings, word: str, ways: Sequence[Alternative], record_id: int) -> Reason:
    scored = ((_score_of(alternative_scores(postings, way), record_id), way) for way in ways)
    score, way = max(scored, key=itemgetter(0), default=(0.0, Alternative(())))
    return Reason(word, way.how, way.tokens, score)


def _of_words(how: How, words: Sequence[PlacedToken], scored: tuple[Ids, Scores], record_id: int) -> Reason:
    return Reason("", how, tuple(token for token, _ in words), _score_of(scored, record_id))


def _score_of(scored: tuple[Ids, Scores], record_id: int) -> float:
    ids, scores = scored
    at = int(np.searchsorted(ids, record_id))
    return float(scores[at]) if at < len(ids) and ids[at] == record_id else 0.0


def _met(reason: Reason, texts: Sequence[tuple[Part, list[Word]]], analyser: Analyser) -> Reason:
    names = [name for token in reason.tokens if (name := analyser.name_of(token))]
    if names:
        return replace(reason, met=tuple(names), parts=(Part.TAGS.value,))
    met: dict[str, None] = {}
    parts = []
    for part, words in texts:
        found = sorted(analyser.matching(words, frozenset(reason.tokens)))
        met.update(dict.fromkeys(words[number].text for number in found))
        if found:
            parts.append(part.value)
    return replace(reason, met=tuple(met)[:NAMED], parts=tuple(dict.fromkeys(parts)))
