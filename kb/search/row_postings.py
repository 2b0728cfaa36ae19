"""Posting lists read from rows of PostgreSQL, with the changes of this process on top of them."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kb.search.analysis import IMPACT_STEP, Document
from kb.search.budget import Budget, unlimited
from kb.search.engine import Ids, Scores
from kb.search.matching import NO_IDS, NO_SCORES
from kb.search.query import PlacedToken
from kb.search.row_format import DIGITS, Row, all_digits, lexeme, phrase_query, quoted
from kb.search.snapshot import Snapshot
from kb.search.whoosh_format import Places


class RowWriter(Protocol):
    """All that is written counts at once, when the writing ends well."""

    def clear(self) -> None: ...

    def put(self, rows: Sequence[Row]) -> None: ...

    def remove(self, ids: Sequence[int]) -> None: ...

    def count(self) -> int: ...

    def keep(self, sequence: int, schema: str, records: int) -> None:
        """What the rows hold from now on."""


class Rows(Protocol):
    """Where the index is kept; the storage room knows how. Each answer is of its own moment."""

    def state(self) -> tuple[int, str, int] | None:
        """Sequence, schema and number of records; None when nothing was written yet."""

    def ids(self) -> list[int]: ...

    def limit(self, seconds: float) -> None:
        """The next three may take this long each, and raise TimeoutError when they would take longer."""

    def weighed(self, lexemes: Sequence[str]) -> Sequence[tuple[int, list[int]]]:
        """For each lexeme that occurs its place in the list, and the records that have it."""

    def placed(self, query: str) -> list[int]:
        """The records whose positions answer this tsquery."""

    def spelled(self, query: str) -> list[int]:
        """The records whose spellings answer this tsquery."""

    def spellings(self) -> list[str]: ...

    def writing(self) -> AbstractContextManager[RowWriter | None]:
        """None when another process is writing."""


class RowLists:
    """The rows as the posting lists they were made from, without records that were not there at the start:
    those that another process adds come by as changes."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self.budget = unlimited()
        self.records = np.array(sorted(rows.ids()), np.int32)
        self._known = np.zeros(int(self.records.max(initial=0)) + 1, bool)
        self._known[self.records] = True

    def impacts(self, token: bytes) -> tuple[Ids, Scores]:
        self._rows.limit(self.budget.left)
        found = self._rows.weighed(all_digits(token.decode()))
        if not found:
            return NO_IDS, NO_SCORES
        both = np.array([record_id for _, ids in found for record_id in ids], np.int32)
        digits = np.repeat([DIGITS[number] for number, _ in found], [len(ids) for _, ids in found])
        ids, places = np.unique(both, return_inverse=True)
        levels = np.bincount(places, digits)
        known = self._is_known(ids)
        return ids[known], (levels[known] * IMPACT_STEP).astype(np.float32)

    def places(self, _token: bytes) -> Places:
        """None: PostgreSQL finds phrases itself."""
        return np.empty(0, np.int64)

    def in_phrase(self, tokens: Sequence[PlacedToken]) -> Ids:
        self._rows.limit(self.budget.left)
        return self._ids(self._rows.placed(phrase_query(tokens)))

    def spelled(self, spelling: bytes) -> Ids:
        self._rows.limit(self.budget.left)
        return self._ids(self._rows.spelled(quoted(lexeme(spelling.decode()))))

    def beginning_with(self, prefix: str) -> Ids:
        self._rows.limit(self.budget.left)
        return self._ids(self._rows.spelled(quoted(lexeme(prefix)) + ":*"))

    def spellings(self, prefix: str) -> list[str]:
        """All words of the rows; that takes long, so no search asks for it."""
        return [word for word in self._rows.spellings() if word.startswith(prefix)]

    def _ids(self, found: Sequence[int]) -> Ids:
        ids = np.array(sorted(found), np.int32)
        return ids[self._is_known(ids)]

    def _is_known(self, ids: Ids) -> npt.NDArray[np.bool_]:
        near = np.minimum(ids, len(self._known) - 1)
        known: npt.NDArray[np.bool_] = self._known[near] & (near == ids)
        return known


class RowSnapshot(Snapshot):
    """Phrases and beginnings of words go to the index of PostgreSQL, one question each.

    What PostgreSQL has no time for is empty, and not kept."""

    def __init__(self, lists: RowLists, sequence: int, spellings: list[str]) -> None:
        super().__init__((lists,), sequence, spellings)
        self._lists = lists

    def limit(self, budget: Budget) -> None:
        self._lists.budget = budget

    def _impacts(self, token: str) -> tuple[Ids, Scores]:
        try:
            return super()._impacts(token)
        except TimeoutError:
            self._lists.budget.exceeded = True
            return NO_IDS, NO_SCORES

    def spelled(self, word: str) -> Ids:
        try:
            return super().spelled(word)
        except TimeoutError:
            self._lists.budget.exceeded = True
            return NO_IDS

    def in_phrase(self, tokens: Sequence[PlacedToken], budget: Budget) -> Ids | None:
        if not tokens:
            return NO_IDS
        changed = super().in_phrase(tokens, budget)
        if changed is None:
            return None
        try:
            written = self._unchanged(self._lists.in_phrase(tokens))
        except TimeoutError:
            budget.exceeded = True
            return None
        return np.union1d(written, changed).astype(np.int32)

    def with_prefix(self, prefix: str, budget: Budget) -> Ids:
        if budget.is_spent():
            return NO_IDS
        try:
            written = self._unchanged(self._lists.beginning_with(prefix))
        except TimeoutError:
            budget.exceeded = True
            return NO_IDS
        documents = self.overlay.documents.values()
        changed = [each.id for each in documents if each and _has_beginning(each, prefix)]
        return np.unique(np.concatenate((written, np.array(changed, np.int32)))).astype(np.int32)


def _has_beginning(document: Document, prefix: str) -> bool:
    return any(word.startswith(prefix) for word in document.spellings)
