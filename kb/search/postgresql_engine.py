"""The engine for several machines: the index stands in PostgreSQL, beside the truth it is made from.

Tokens, weights and the matching rule are those of the embedded engine, so both find the same records. Each
process keeps the posting lists it used last, and its own changes on top until someone writes them.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import islice
from typing import TypeVar

from kb.domain.reasons import Explanation
from kb.domain.search import Change, Record
from kb.search import matching
from kb.search.analysis import Analyser
from kb.search.budget import Budget, unlimited
from kb.search.engine import IndexBroken, IndexBusy, Matches
from kb.search.explaining import explain
from kb.search.found import Health
from kb.search.query import Query
from kb.search.row_format import Row, row_of
from kb.search.row_postings import RowLists, Rows, RowSnapshot
from kb.search.spelling import nearest

__all__ = ["PostgresqlEngine", "Rows"]

log = logging.getLogger(__name__)

# Changes when the rows are written another way.
FORMAT = "rows-1"
ROWS_AT_ONCE = 500
# A process with more changes of its own than this reads the rows anew once they are written.
MANY_CHANGES = 1_000

Answer = TypeVar("Answer")


class PostgresqlEngine:
    """An index in rows that all processes of all machines share, each with its own changes on top."""

    def __init__(self, rows: Rows, analyser: Analyser) -> None:
        self._rows = rows
        self._analyser = analyser
        self._schema = f"{FORMAT}-{analyser.fingerprint}"
        self._snapshot: RowSnapshot | None = None
        self._problem = "not opened yet"
        self._budget = unlimited()

    def open(self) -> None:
        self._snapshot = None
        self._snapshot = self._guarded(self._opened)

    def renew(self) -> bool:
        """Others' changes come by as changes, so the rows are read anew only to shed a heap of them."""
        before = self._snapshot
        if before is None or len(before.overlay.documents) <= MANY_CHANGES:
            return False
        fresh = self._guarded(lambda: self._opened(before.spellings))
        if fresh.sequence > before.sequence:
            return False
        kept = list(before.overlay.after(fresh.sequence))
        if len(kept) == len(before.overlay.documents):
            return False
        for record_id, document, number in kept:
            fresh.apply(record_id, document, number)
        fresh.sequence = before.sequence
        self._snapshot = fresh
        return True

    def limit(self, budget: Budget) -> None:
        self._budget = budget
        if self._snapshot is not None:
            self._snapshot.limit(budget)

    def match(self, query: Query, limit: int | None = None) -> Matches:
        weights, budget = self._analyser.weights, self._budget
        found = self._guarded(lambda: matching.match(self._open(), query, weights, budget))
        return found if limit is None else matching.best(found, limit)

    def suggest(self, prefix: str, limit: int) -> tuple[str, ...]:
        return self._guarded(lambda: self._suggested(prefix, limit))

    def correct(self, word: str) -> str | None:
        return self._guarded(lambda: self._corrected(word))

    def knows(self, token: str) -> bool:
        return self._guarded(lambda: self._open().knows(token))

    def explain(self, query: Query, record_id: int) -> Explanation:
        self.limit(unlimited())
        return self._guarded(lambda: explain(self._open(), query, record_id, self._analyser.weights))

    def apply(self, changes: Sequence[Change], records: Mapping[int, Record]) -> None:
        snapshot = self._open()
        newest = {change.initiative_id: change.sequence for change in changes}
        for record_id, number in newest.items():
            record = records.get(record_id)
            document = self._analyser.document(record) if record else None
            snapshot.apply(record_id, document, number)

    def commit(self, lock: AbstractContextManager[object] = nullcontext()) -> bool:  # noqa: B008
        with self._rows.writing() as writer:
            if writer is None:
                raise IndexBusy("another process is writing the index")
            state = self._rows.state()
            with lock:
                snapshot = self._open()
                changed = list(snapshot.overlay.after(state[0] if state else 0))
                sequence = snapshot.sequence
            if not changed:
                return False
            writer.remove([record_id for record_id, document, _ in changed if document is None])
            writer.put([row_of(document) for _, document, _ in changed if document is not None])
            writer.keep(sequence, self._schema, writer.count())
        return True

    def rebuild(self, records: Iterable[Record], sequence: int) -> int:
        count = self.write(records, sequence)
        self.open()
        return count

    def write(self, records: Iterable[Record], sequence: int) -> int:
        """Readers keep the rows they know until all new ones are there."""
        count = 0
        with self._rows.writing() as writer:
            if writer is None:
                raise IndexBusy("another process is writing the index")
            writer.clear()
            for rows in _batches(row_of(self._analyser.document(record)) for record in records):
                writer.put(rows)
                count += len(rows)
            writer.keep(sequence, self._schema, count)
        self._analyser.forget_words()
        return count

    def sequence(self) -> int:
        return self._snapshot.sequence if self._snapshot else 0

    def health(self) -> Health:
        if self._snapshot is None:
            return Health(0, 0, self._problem)
        details = {"engine": "postgresql", "changes": len(self._snapshot.overlay.documents)}
        return Health(self._snapshot.sequence, self._snapshot.count, details=details)

    def _open(self) -> RowSnapshot:
        if self._snapshot is None:
            raise IndexBroken(self._problem)
        return self._snapshot

    def _opened(self, spellings: list[str] | None = None) -> RowSnapshot:
        """The rows as they are now; words that were known before need not be read again."""
        state = self._rows.state()
        if state is None:
            raise IndexBroken("no index was written in this database")
        sequence, schema, count = state
        if schema != self._schema:
            raise IndexBroken("the index was made by another version")
        lists = RowLists(self._rows)
        snapshot = RowSnapshot(lists, sequence, lists.spellings("") if spellings is None else spellings)
        if snapshot.count != count:
            raise IndexBroken(f"the index has {snapshot.count} records instead of {count}")
        return snapshot

    def _suggested(self, prefix: str, limit: int) -> tuple[str, ...]:
        snapshot = self._open()
        words = snapshot.beginning_with(prefix)
        return tuple(sorted(words, key=lambda word: (-len(snapshot.spelled(word)), word))[:limit])

    def _corrected(self, word: str) -> str | None:
        snapshot = self._open()
        if snapshot.is_spelled(word):
            return None
        return nearest(word, snapshot.spellings, lambda other: len(snapshot.spelled(other)), self._budget)

    def _guarded(self, deed: Callable[[], Answer]) -> Answer:
        """Whatever the database raises means that the index cannot be used now."""
        try:
            return deed()
        except IndexBroken as error:
            self._problem = str(error)
            raise
        except Exception as error:
            log.exception("the index cannot be read")
            self._problem = f"the index cannot be read: {error!r}"
            raise IndexBroken(self._problem) from error


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        yield batch
