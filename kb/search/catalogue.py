"""The published catalogue as search sees it: what the services use of this room."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import RLock

from pyroaring import BitMap

from kb.domain.reasons import Explanation
from kb.domain.search import Change, Record, Search
from kb.domain.suggestions import Suggestion
from kb.domain.terms import Vocabulary
from kb.domain.word_index import WordIndex
from kb.search import highlight
from kb.search.analysis import Analyser
from kb.search.answering import Answer, answer, ordered, plain_answer, tokens_of, understood
from kb.search.budget import Budget
from kb.search.contents import Contents
from kb.search.copied import word_index
from kb.search.dutch import ALL_STEPS, Steps
from kb.search.engine import Engine, IndexBroken
from kb.search.explaining import with_words
from kb.search.found import Found, Health, Piece
from kb.search.interpreter import Interpreter
from kb.search.lexicon import lexicon_of
from kb.search.names import Names
from kb.search.parser import parse
from kb.search.postgresql_engine import PostgresqlEngine, Rows
from kb.search.ranking import WEIGHTS, Weights
from kb.search.whoosh_engine import WhooshEngine

log = logging.getLogger(__name__)

SNIPPET = 240


class Catalogue:
    """Used by all threads of a process; the index is shared by all processes.

    It stands in a folder, or in `rows` of PostgreSQL when they are given.

    Start with `load`; before each search compare `sequence` with the newest change and `catch_up`.
    Each search has a `budget` of its own.
    """

    def __init__(
        self,
        folder: Path,
        *,
        language_dir: Path,
        vocabulary: Vocabulary,
        database_id: str,
        rows: Rows | None = None,
        steps: Steps = ALL_STEPS,
        weights: Weights = WEIGHTS,
        budget: Callable[[], Budget] = Budget,
    ) -> None:
        lexicon = lexicon_of(language_dir, steps)
        self._analyser = Analyser(lexicon, weights, vocabulary)
        self._engine: Engine = (
            WhooshEngine(folder, self._analyser, database_id=database_id)
            if rows is None
            else PostgresqlEngine(rows, self._analyser)
        )
        self._vocabulary = vocabulary
        self._names = Names(vocabulary, lexicon)
        self._interpreter = Interpreter(
            self._analyser, self._names, knows=self._engine.knows, correct=self._engine.correct
        )
        self._contents = Contents(vocabulary, self._names, with_texts=True)
        self._lock = RLock()
        self._budget = budget
        self._written = 0

    def load(
        self,
        records: Iterable[Record],
        sequence: int,
        changes_after: Callable[[int], Sequence[Change]],
    ) -> bool:
        """Reads all published records as they are at `sequence`, and opens the index.

        False when the index is missing, broken or of something else: call `rebuild`; until then a plain
        search answers. `changes_after` gives the changes that the index may have missed."""
        self._analyser.lexicon.read_all()
        with self._lock:
            is_open = self._opened(sequence)
            self._written = self._engine.sequence()
            missed = changes_after(self._written) if is_open else ()
            wanted = {change.initiative_id for change in missed}
            contents = Contents(self._vocabulary, self._names, with_texts=not is_open)
            kept = {record.id: record for record in contents.taking_in(records) if record.id in wanted}
            contents.sequence = sequence
            self._contents = contents
            if missed:
                self._engine.apply(missed, kept)
            return is_open

    def rebuild(self, records: Iterable[Record], sequence: int) -> int:
        """Writes a new index and takes it in use; raises IndexBusy when another process does so.

        Give all records as they are at `sequence`. The old index, or a plain search, answers meanwhile."""
        contents = Contents(self._vocabulary, self._names)
        count = self._engine.write(contents.taking_in(records), sequence)
        contents.sequence = sequence
        with self._lock:
            self._engine.open()
            self._contents = contents
            self._written = sequence
        return count

    def catch_up(self, changes: Sequence[Change], records: Mapping[int, Record]) -> None:
        """Applies changes; a changed initiative that is not in `records` is no longer public."""
        with self._lock:
            new = [change for change in changes if change.sequence > self.sequence]
            if not new:
                return
            for record_id in {change.initiative_id for change in new}:
                record = records.get(record_id)
                if record is None:
                    self._contents.remove(record_id)
                else:
                    self._contents.put(record)
            if self._contents.plain is None:
                self._engine.apply(new, records)
            self._contents.sequence = max(change.sequence for change in new)

    def commit(self) -> bool:
        """Writes applied changes into the index folder; raises IndexBusy."""
        if self._contents.plain is not None:
            return False
        sequence = self.sequence
        is_new = self._engine.commit(self._lock)
        with self._lock:
            self._written = max(self._written, sequence)
        return is_new

    @property
    def sequence(self) -> int:
        """The newest change that answers know of."""
        return self._contents.sequence

    @property
    def has_unwritten(self) -> bool:
        """Whether answers know of changes that are in no index yet, as far as this process can tell."""
        return self._contents.plain is None and self.sequence > self._written

    @property
    def size(self) -> int:
        """How many initiatives are public."""
        return len(self._contents.bitmaps.all)

    def search(self, search: Search, language: str = "nl") -> Found:
        """One page of results. Should the index break under us, IndexBroken: `load` again."""
        with self._lock:
            answered = self._answered(search, language)
            bitmaps = self._contents.bitmaps
            matched = answered.matched
            results = bitmaps.results(search, matched)
            ids, scores = ordered(answered, search, results, self._contents.ordering, self._analyser.weights)
            return Found(
                ids=tuple(ids.tolist()),
                scores=tuple(scores.tolist()),
                total=len(results),
                counts=bitmaps.counts(search, matched),
                sequence=self.sequence,
                notices=answered.notices,
                understood=tuple(understood(answered.reading, search, results, bitmaps)),
                tokens=tokens_of(answered.reading),
            )

    def ids(self, search: Search, language: str = "nl") -> tuple[int, ...]:
        """All results in order, for exports and maps."""
        with self._lock:
            answered = self._answered(search, language)
            contents, weights = self._contents, self._analyser.weights
            results = contents.bitmaps.results(search, answered.matched)
            ids, _ = ordered(answered, search, results, contents.ordering, weights, whole=True)
            return tuple(ids.tolist())

    def suggest(self, typed: Search, language: str = "nl", limit: int = 10) -> tuple[Suggestion, ...]:
        """What the reader may be typing: initiatives, organisations, places and themes.

        Should the index break under us, IndexBroken: `load` again."""
        with self._lock:
            contents = self._contents

            def matching(words: str) -> BitMap | None:
                return self._answered(replace(typed, words=words), language).matched

            return contents.suggestions.suggest(typed, language, limit, contents.bitmaps, matching)

    def words(self, records: Sequence[Record]) -> WordIndex:
        """What a copy needs to find these by itself."""
        return word_index(self._analyser, records)

    def explain(self, search: Search, record: Record, language: str = "nl") -> Explanation:
        """What each word of the question met in this record, and what that was worth."""
        with self._lock:
            if self._contents.plain is not None:
                return Explanation()
            reading = self._interpreter.read(parse(search.words), language, search.literal)
            explanation = self._engine.explain(reading.query, record.id)
            return with_words(explanation, record, self._analyser)

    def mark(self, text: str, found: Found) -> tuple[Piece, ...]:
        """The whole text with what was looked for marked."""
        return highlight.mark(text, found.tokens, self._analyser)

    def snippet(self, text: str, found: Found, length: int = SNIPPET) -> tuple[Piece, ...]:
        """The stretch of the text with most of what was looked for, marked."""
        return highlight.snippet(text, found.tokens, self._analyser, length)

    def health(self) -> Health:
        with self._lock:
            return self._engine.health()

    def _answered(self, search: Search, language: str) -> Answer:
        if self._contents.plain is not None:
            return plain_answer(self._contents.plain, search.words, self._budget())
        self._engine.renew()
        return answer(self._engine, self._interpreter, search, language, self._budget())

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
