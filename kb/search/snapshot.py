"""One generation of the index with the changes on top of it: the postings that matching works with."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from kb.search.analysis import Document
from kb.search.budget import Budget
from kb.search.engine import Ids, Scores
from kb.search.matching import NO_IDS, NO_SCORES
from kb.search.overlay import Overlay
from kb.search.query import PlacedToken
from kb.search.segments import ArrayCache
from kb.search.whoosh_format import PLACE_BITS, Places

CACHE_BYTES = 48 << 20
# Room for new records before the arrays have to grow.
SPARE_IDS = 1_024


class PostingLists(Protocol):
    """A part of an index as it was written; see Segment."""

    @property
    def records(self) -> Ids: ...

    def impacts(self, token: bytes) -> tuple[Ids, Scores]: ...

    def places(self, token: bytes) -> Places: ...

    def spelled(self, spelling: bytes) -> Ids: ...

    def spellings(self, prefix: str) -> list[str]: ...


class Snapshot:
    """Not for use by two threads at once: the catalogue holds a lock."""

    def __init__(
        self, segments: Sequence[PostingLists], sequence: int, spellings: list[str] | None = None
    ) -> None:
        self.sequence = sequence
        self.overlay = Overlay()
        self._segments = segments
        if spellings is not None:
            self.spellings = spellings
        base = [segment.records for segment in segments]
        self._base: Ids = np.concatenate(base) if base else NO_IDS
        self.size = int(self._base.max(initial=0)) + 1 + SPARE_IDS
        self._changed = np.zeros(self.size, bool)
        self._any_changed = False
        self.count = len(self._base)
        self._raw = ArrayCache(CACHE_BYTES)
        self._merged = ArrayCache(CACHE_BYTES // 3)
        self._placed = ArrayCache(CACHE_BYTES // 6)

    @property
    def segments(self) -> int:
        """In how many parts the index was written."""
        return len(self._segments)

    def apply(self, record_id: int, document: Document | None, sequence: int) -> None:
        """Shows this version of a record in the place of all others; None takes it away."""
        if record_id >= self.size:
            self._grow(record_id)
        if "spellings" in self.__dict__ and document is not None:
            self._spell(document)
        self.overlay.put(record_id, document, sequence)
        self._changed[record_id] = True
        self._any_changed = True
        self.sequence = max(self.sequence, sequence)
        self.count = int(np.count_nonzero(~self._changed[self._base])) + len(self.overlay.live())
        self._merged.clear()

    def scored(self, token: str, weight: float = 1.0) -> tuple[Ids, Scores]:
        ids, impacts = self._impacts(token)
        return ids, impacts * np.float32(self._idf(len(ids)) * weight)

    def knows(self, token: str) -> bool:
        return len(self._impacts(token)[0]) > 0

    def all_ids(self) -> Ids:
        ids = np.concatenate((self._unchanged(self._base), self.overlay.live()))
        return np.sort(ids)

    def with_prefix(self, prefix: str, budget: Budget) -> Ids:
        kept = self._merged.get(prefix + "*")
        if kept is not None:
            return cast(Ids, kept[0])
        begins = np.zeros(self.size, bool)
        for word in self.beginning_with(prefix):
            if budget.is_spent():
                return np.flatnonzero(begins).astype(np.int32)
            begins[self.spelled(word)] = True
        ids = np.flatnonzero(begins).astype(np.int32)
        self._merged.put(prefix + "*", (ids,))
        return ids

    def spelled(self, word: str) -> Ids:
        """The records in which a word is spelled like this."""
        lists = [segment.spelled(word.encode()) for segment in self._segments]
        base = np.concatenate(lists) if lists else NO_IDS
        return np.concatenate((self._unchanged(base), self.overlay.spelled(word)))

    @cached_property
    def spellings(self) -> list[str]:
        """All words as they are spelled, in order."""
        words = {word for segment in self._segments for word in segment.spellings("")}
        return sorted(words.union(self.overlay.spellings()))

    def is_spelled(self, word: str) -> bool:
        at = bisect_left(self.spellings, word)
        return at < len(self.spellings) and self.spellings[at] == word

    def beginning_with(self, prefix: str) -> list[str]:
        start = bisect_left(self.spellings, prefix)
        end = bisect_left(self.spellings, prefix + "\U0010ffff", start)
        return self.spellings[start:end]

    def in_phrase(self, tokens: Sequence[PlacedToken], budget: Budget) -> Ids | None:
        """Each token gives the places where the phrase could start; it stands where all agree."""
        starts: Places = np.empty(0, np.int64)
        for number, (token, offset) in enumerate(tokens):
            if budget.is_spent():
                return None
            places = self._places(token) - offset
            starts = places if number == 0 else starts[np.isin(starts, places, assume_unique=True)]
        return np.unique(starts >> PLACE_BITS).astype(np.int32)

    def _places(self, token: str) -> Places:
        """Every place of the token: the record id, and the number of the word in its lower bits."""
        kept = self._placed.get(token)
        if kept is None:
            lists = [segment.places(token.encode()) for segment in self._segments]
            kept = (np.concatenate(lists) if lists else np.empty(0, np.int64),)
            self._placed.put(token, kept)
        (places,) = cast(tuple[Places], kept)
        if not self._any_changed:
            return places
        return np.concatenate((places[~self._changed[places >> PLACE_BITS]], self.overlay.places(token)))

    def _impacts(self, token: str) -> tuple[Ids, Scores]:
        """As written, or with the changes on top of that, which are put together once."""
        if not self._any_changed:
            return self._from_segments(token)
        kept = self._merged.get(token)
        if kept is None:
            ids, impacts = self._from_segments(token)
            stays = ~self._changed[ids]
            more_ids, more = self.overlay.impacts(token)
            kept = _in_order([ids[stays], more_ids], [impacts[stays], more])
            self._merged.put(token, kept)
        return cast(tuple[Ids, Scores], kept)

    def _from_segments(self, token: str) -> tuple[Ids, Scores]:
        kept = self._raw.get(token)
        if kept is None:
            lists = [segment.impacts(token.encode()) for segment in self._segments]
            kept = _in_order([ids for ids, _ in lists], [impacts for _, impacts in lists])
            self._raw.put(token, kept)
        return cast(tuple[Ids, Scores], kept)

    def _idf(self, found: int) -> float:
        return float(np.log(1 + (self.count - found + 0.5) / (found + 0.5)))

    def _unchanged(self, ids: Ids) -> Ids:
        return ids[~self._changed[ids]] if self._any_changed else ids

    def _spell(self, document: Document) -> None:
        for word in document.spellings:
            if not self.is_spelled(word):
                insort(self.spellings, word)

    def _grow(self, record_id: int) -> None:
        more: npt.NDArray[np.bool_] = np.zeros(record_id + 1 + SPARE_IDS - self.size, bool)
        self._changed = np.concatenate((self._changed, more))
        self.size = len(self._changed)


def _in_order(ids: list[Ids], values: list[Scores]) -> tuple[Ids, Scores]:
    if not ids:
        return NO_IDS, NO_SCORES
    all_ids, all_values = np.concatenate(ids), np.concatenate(values)
    if len(all_ids) > 1 and not (np.diff(all_ids) > 0).all():
        order = np.argsort(all_ids, kind="stable")
        return all_ids[order], all_values[order]
    return all_ids, all_values
