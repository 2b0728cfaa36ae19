"""The published catalogue as search sees it: one engine, the bitmaps and the order of everything."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

import numpy as np
from pyroaring import BitMap

from kb.domain.search import Change, Facet, Record, Search
from kb.domain.terms import Vocabulary
from kb.search import highlight
from kb.search.analysis import Analyser
from kb.search.dutch import ALL_STEPS, Steps
from kb.search.engine import Ids, IndexBroken, Matches, Scores
from kb.search.facets import Bitmaps
from kb.search.found import Found, Health, Notice, NoticeKind, Piece, Reason, Suggestion, Understood
from kb.search.interpreter import Interpreter, Reading
from kb.search.lexicon import Lexicon
from kb.search.names import Names
from kb.search.parser import ParsedQuery, parse
from kb.search.plain_search import PlainSearch
from kb.search.ranking import WEIGHTS, Weights
from kb.search.suggesting import Suggestions
from kb.search.whoosh_engine import WhooshEngine

log = logging.getLogger(__name__)

SNIPPET = 240


@dataclass(frozen=True, slots=True)
class Answer:
    """The records that match the words (None: there were no words), and how the words were read."""

    ids: Ids | None
    scores: Scores | None
    reading: Reading
    notices: tuple[Notice, ...]


class Catalogue:
    """Used by all threads of a process; the index folder is shared by all processes.

    Start with `load`; before each search compare `sequence` with the newest change and `catch_up`.
    """

    def __init__(
        self,
        folder: Path,
        *,
        language_dir: Path,
        vocabulary: Vocabulary,
        database_id: str,
        steps: Steps = ALL_STEPS,
        weights: Weights = WEIGHTS,
    ) -> None:
        lexicon = Lexicon(language_dir, steps)
        self._analyser = Analyser(lexicon, weights)
        self._engine = WhooshEngine(folder, self._analyser, database_id=database_id)
        self._names = Names(vocabulary, lexicon)
        self._interpreter = Interpreter(
            self._analyser, self._names, knows=self._engine.knows, correct=self._engine.correct
        )
        self._suggestions = Suggestions(vocabulary)
        self._bitmaps = Bitmaps()
        self._plain: PlainSearch | None = PlainSearch()
        self._sequence = 0
        self._lock = RLock()

    def load(
        self,
        records: Iterable[Record],
        sequence: int,
        changes_after: Callable[[int], Sequence[Change]],
    ) -> bool:
        """Reads all published records as they are at `sequence`, and opens the index.

        False when the index is missing, broken or of something else: call `rebuild`; until then a plain
        search answers. `changes_after` gives the changes that the index may have missed."""
        with self._lock:
            is_open = self._opened(sequence)
            missed = changes_after(self._engine.sequence()) if is_open else ()
            wanted = {change.initiative_id for change in missed}
            kept: dict[int, Record] = {}
            self._plain = None if is_open else PlainSearch()
            self._refill(self._noting(records, wanted, kept), sequence)
            if missed:
                self._engine.apply(missed, kept)
            return is_open

    def rebuild(self, records: Iterable[Record], sequence: int) -> int:
        """Writes a new index and takes it in use; raises IndexBusy when another process does so.

        The old one answers meanwhile. Give all records as they are at `sequence`."""
        fresh = self._fresh()
        noted = _Tee(records, fresh)
        count = self._engine.rebuild(noted, sequence)
        with self._lock:
            self._take(fresh, sequence)
            self._plain = None
        return count

    def catch_up(self, changes: Sequence[Change], records: Mapping[int, Record]) -> None:
        """Applies changes; a changed initiative that is not in `records` is no longer public."""
        with self._lock:
            new = [change for change in changes if change.sequence > self._sequence]
            for record_id in {change.initiative_id for change in new}:
                self._put(record_id, records.get(record_id))
            if new and self._plain is None:
                self._engine.apply(new, records)
            self._sequence = max((change.sequence for change in new), default=self._sequence)

    def commit(self) -> bool:
        """Writes applied changes into the index folder; raises IndexBusy."""
        with self._lock:
            return self._plain is None and self._engine.commit()

    @property
    def sequence(self) -> int:
        """The newest change that answers know of."""
        return self._sequence

    def search(self, search: Search, language: str = "nl") -> Found:
        """One page of results. Should the index break under us, IndexBroken: `load` again."""
        with self._lock:
            answer = self._answered(search.words, language)
            matched = None if answer.ids is None else _bitmap(answer.ids)
            results = self._bitmaps.results(search, matched)
            ordered, scores = self._ordered(search, answer, results)
            start = (search.page - 1) * search.per_page
            page = slice(start, start + search.per_page)
            return Found(
                ids=tuple(ordered[page].tolist()),
                scores=tuple(scores[page].tolist()),
                total=len(results),
                counts=self._bitmaps.counts(search, matched),
                sequence=self._sequence,
                notices=answer.notices,
                understood=tuple(self._understood(answer.reading, search, results)),
                tokens=_tokens(answer.reading),
            )

    def ids(self, search: Search, language: str = "nl") -> tuple[int, ...]:
        """All results in order, for exports and maps."""
        with self._lock:
            answer = self._answered(search.words, language)
            matched = None if answer.ids is None else _bitmap(answer.ids)
            ordered, _ = self._ordered(search, answer, self._bitmaps.results(search, matched))
            return tuple(ordered.tolist())

    def suggest(self, words: str, language: str = "nl", limit: int = 10) -> tuple[Suggestion, ...]:
        """What the reader may be typing: initiatives, organisations, places and themes."""
        with self._lock:
            return self._suggestions.suggest(words, language, limit, self._bitmaps)

    def explain(self, search: Search, record_id: int, language: str = "nl") -> tuple[Reason, ...]:
        """What each word of the question met in this record, and what that was worth."""
        with self._lock:
            reading = self._interpreter.read(parse(search.words), language)
            return self._engine.explain(reading.query, record_id)

    def mark(self, text: str, found: Found) -> tuple[Piece, ...]:
        """The whole text with what was looked for marked."""
        return highlight.mark(text, found.tokens, self._analyser)

    def snippet(self, text: str, found: Found, length: int = SNIPPET) -> tuple[Piece, ...]:
        """The stretch of the text with most of what was looked for, marked."""
        return highlight.snippet(text, found.tokens, self._analyser, length)

    def health(self) -> Health:
        with self._lock:
            return self._engine.health()

    # -- answering

    def _answered(self, words: str, language: str) -> Answer:
        parsed = parse(words)
        notices = [Notice(NoticeKind.CUT, (parsed.cut,))] if parsed.cut else []
        if self._plain is not None:
            return self._plainly(self._plain, parsed, notices)
        self._engine.renew()
        reading = self._interpreter.read(parsed, language)
        notices += (Notice(NoticeKind.CORRECTED, pair) for pair in reading.corrected)
        if reading.only_common:
            notices.append(Notice(NoticeKind.COMMON_WORDS))
        if reading.query.is_empty and not reading.query.excluded:
            return Answer(None, None, reading, tuple(notices))
        found = self._engine.match(reading.query)
        notices += _about(found)
        scores = None if reading.query.is_empty else found.scores
        return Answer(found.ids, scores, reading, tuple(notices))

    def _plainly(self, plain: PlainSearch, parsed: ParsedQuery, notices: list[Notice]) -> Answer:
        notices.append(Notice(NoticeKind.DEGRADED))
        reading = Reading()
        if not (parsed.words or parsed.phrases or parsed.prefixes or parsed.excluded):
            return Answer(None, None, reading, tuple(notices))
        ids, scores = plain.match(parsed)
        return Answer(ids, scores, reading, tuple(notices))

    def _ordered(self, search: Search, answer: Answer, results: BitMap) -> tuple[Ids, Scores]:
        ids = np.array(results.to_array(), np.int32)
        if answer.ids is None or answer.scores is None:
            return self._bitmaps.ordered(ids, search.sort, None), np.zeros(len(ids), np.float32)
        weights = self._analyser.weights
        scores = answer.scores[np.searchsorted(answer.ids, ids)]
        scores = self._bitmaps.raised(ids, scores, weights.evidence, weights.recency)
        ordered = self._bitmaps.ordered(ids, search.sort, scores)
        return ordered, scores[np.searchsorted(ids, ordered)]

    def _understood(self, reading: Reading, search: Search, results: BitMap) -> Iterator[Understood]:
        """Each named term that was not chosen yet and that would leave something; of one name the widest."""
        best: dict[tuple[Facet, int], Understood] = {}
        for named in reading.named:
            words = " ".join(reading.words[named.start : named.end])
            count = results.intersection_cardinality(self._bitmaps.having(named.facet, named.code))
            understood = Understood(named.facet, named.code, words, count)
            key = (named.facet, named.start)
            chosen = named.code in search.filters.get(named.facet, ())
            if count and not chosen and (key not in best or best[key].count < count):
                best[key] = understood
        yield from best.values()

    # -- keeping up

    def _opened(self, sequence: int) -> bool:
        try:
            self._engine.open()
        except IndexBroken as error:
            log.warning("the search index must be built anew: %s", error)
            return False
        if self._engine.sequence() > sequence:
            log.warning("the search index is ahead of the database and must be built anew")
            return False
        return True

    def _fresh(self) -> "_Contents":
        return _Contents(Bitmaps(), self._suggestions.empty())

    def _refill(self, records: Iterable[Record], sequence: int) -> None:
        fresh = self._fresh()
        for record in records:
            fresh.put(record)
            if self._plain is not None:
                self._plain.put(record)
        self._take(fresh, sequence)

    def _take(self, fresh: "_Contents", sequence: int) -> None:
        self._bitmaps = fresh.bitmaps
        self._suggestions = fresh.suggestions
        self._names.know_organisations(self._bitmaps.codes(Facet.ORGANISATION))
        self._sequence = sequence

    def _put(self, record_id: int, record: Record | None) -> None:
        if record is None:
            self._bitmaps.remove(record_id)
            self._suggestions.remove(record_id)
        else:
            self._bitmaps.put(record)
            self._suggestions.put(record)
            self._names.know_organisations(record.facets.get(Facet.ORGANISATION, ()))
        if self._plain is not None and record is not None:
            self._plain.put(record)
        elif self._plain is not None:
            self._plain.remove(record_id)

    @staticmethod
    def _noting(records: Iterable[Record], wanted: set[int], kept: dict[int, Record]) -> Iterator[Record]:
        for record in records:
            if record.id in wanted:
                kept[record.id] = record
            yield record


@dataclass(frozen=True, slots=True)
class _Contents:
    """What is kept of the records besides the index."""

    bitmaps: Bitmaps
    suggestions: Suggestions

    def put(self, record: Record) -> None:
        self.bitmaps.put(record)
        self.suggestions.put(record)


class _Tee:
    """Records on their way into the index, noted as they pass."""

    def __init__(self, records: Iterable[Record], contents: _Contents) -> None:
        self._records = records
        self._contents = contents

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            self._contents.put(record)
            yield record


def _bitmap(ids: Ids) -> BitMap:
    return BitMap(ids.astype(np.uint32))


def _about(found: Matches) -> Iterator[Notice]:
    if found.any_word:
        yield Notice(NoticeKind.ANY_WORD)
    if found.partial:
        yield Notice(NoticeKind.PARTIAL)


def _tokens(reading: Reading) -> frozenset[str]:
    query = reading.query
    tokens = {token for clause in query.clauses for each in clause.alternatives for token in each.tokens}
    tokens.update(token for phrase in query.phrases for token, _ in phrase)
    return frozenset(tokens)
