"""The published catalogue as search sees it: what the services use of this room."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
from kb.search.array_file import Unusable
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
# Facets, order and titles of all records, for processes that start.
KEPT = "records"
# With more changes than this since then, reading all records is quicker; they are kept again before that.
MOST_MISSED, KEPT_AGAIN = 5_000, 1_000


class Catalogue:
    """Used by all threads of a process; the index is shared by all processes.

    It stands in a folder, or in `rows` of PostgreSQL when they are given. `edition` names what else decides
    what is in a record: what was kept under another one is not used.

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
        edition: str = "",
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
        self._folder = folder
        # What a file beside the index was made for.
        self.stamp = f"{database_id} {self._analyser.fingerprint} {edition}"
        self._vocabulary = vocabulary
        self._names = Names(vocabulary, lexicon)
        self._interpreter = Interpreter(
            self._analyser, self._names, knows=self._engine.knows, correct=self._engine.correct
        )
        self._contents = Contents(vocabulary, self._names, with_texts=True)
        self._lock = RLock()
        self._budget = budget
        self._written = 0
        self._kept_at = 0

    def load(
        self,
        records: Iterable[Record],
        sequence: int,
        changes_after: Callable[[int], Sequence[Change]],
        some: Callable[[Collection[int]], Iterable[Record]] | None = None,
    ) -> bool:
        """Opens the index, and reads what is public at `sequence`.

        False when the index is missing, broken or of something else: call `rebuild`; until then a plain
        search answers. `changes_after` gives the changes that were missed, `some` the records with these
        ids that are public; without it all are read, also when a file has most of them."""
        self._analyser.lexicon.read_all()
        with self._lock:
            is_open = self._opened(sequence)
            self._written = self._engine.sequence()
            contents = self._kept(sequence) if is_open and some else None
            oldest = min(self._written, contents.sequence if contents else sequence)
            missed = changes_after(oldest) if is_open else ()
            wanted = {change.initiative_id for change in missed}
            if contents is None or some is None or len(wanted) > MOST_MISSED:
                contents = Contents(self._vocabulary, self._names, with_texts=not is_open)
                found = {record.id: record for record in contents.taking_in(records) if record.id in wanted}
                contents.sequence = sequence
                self._contents = self._keep(contents) if is_open else contents
            else:
                found = {record.id: record for record in some(wanted)} if wanted else {}
                contents.apply(missed, found)
                self._contents = contents
            unwritten = [change for change in missed if change.sequence > self._written]
            if unwritten:
                self._engine.apply(unwritten, found)
            return is_open

    def rebuild(self, records: Iterable[Record], sequence: int) -> int:
        """Writes a new index and takes it in use; raises IndexBusy when another process does so.

        Give all records as they are at `sequence`. The old index, or a plain search, answers meanwhile."""
        contents = Contents(self._vocabulary, self._names)
        count = self._engine.write(contents.taking_in(records), sequence)
        contents.sequence = sequence
        contents = self._keep(contents)
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
            self._contents.apply(new, records)
            if self._contents.plain is None:
                self._engine.apply(new, records)

    def commit(self) -> bool:
        """Writes applied changes into the index folder; raises IndexBusy."""
        if self._contents.plain is not None:
            return False
        sequence = self.sequence
        is_new = self._engine.commit(self._lock)
        with self._lock:
            self._written = max(self._written, sequence)
            if self.sequence - self._kept_at >= KEPT_AGAIN:
                self._keep(self._contents)
        return is_new

    def beside(self, name: str) -> Path:
        """A file beside the index, for what can always be made again."""
        return self._folder / name

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

    def _kept(self, sequence: int) -> Contents | None:
        """What another process left of the records; None when it cannot be used now."""
        try:
            contents = Contents.read(self.beside(KEPT), self.stamp, self._vocabulary, self._names)
        except Unusable as why:
            log.info("all records are read anew: %s", why)
            return None
        if contents.sequence > sequence:
            return None
        self._kept_at = contents.sequence
        return contents

    def _keep(self, contents: Contents) -> Contents:
        """Leaves the records for processes that start later, and gives them as those will read them."""
        try:
            contents.write(self.beside(KEPT), self.stamp)
        except OSError as error:
            log.warning("what search knows of the records cannot be kept: %s", error)
            return contents
        self._kept_at = contents.sequence
        return self._kept(contents.sequence) or contents

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
