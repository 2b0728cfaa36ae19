"""One generation of the index with the changes on top of it: the postings that matching works with."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from functools import cached_property
from typing import cast

import numpy as np
import numpy.typing as npt

from kb.search.analysis import Document
from kb.search.engine import Ids, Scores
from kb.search.matching import NO_IDS, NO_SCORES
from kb.search.overlay import Overlay
from kb.search.query import PlacedToken
from kb.search.segments import ArrayCache, Segment
from kb.search.whoosh_format import unpack

CACHE_BYTES = 32 << 20
# Room for new records before the arrays have to grow.
SPARE_IDS = 1_024


class Snapshot:
    """Not for use by two threads at once: the catalogue holds a lock."""

    def __init__(self, segments: Sequence[Segment], sequence: int) -> None:
        self.sequence = sequence
        self.overlay = Overlay()
        self._segments = segments
        base = [segment.records for segment in segments]
        self._base: Ids = np.concatenate(base) if base else NO_IDS
        self.size = int(self._base.max(initial=0)) + 1 + SPARE_IDS
        self._changed = np.zeros(self.size, bool)
        self._any_changed = False
        self.count = len(self._base)
        self._raw = ArrayCache(CACHE_BYTES)
        self._scored = ArrayCache(CACHE_BYTES)

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
        self._scored.clear()

    def scored(self, token: str) -> tuple[Ids, Scores]:
        kept = self._scored.get(token)
        if kept is None:
            ids, impacts = self._merged(token)
            kept = (ids, impacts * np.float32(self._idf(len(ids))))
            self._scored.put(token, kept)
        return cast(tuple[Ids, Scores], kept)

    def knows(self, token: str) -> bool:
        return len(self.scored(token)[0]) > 0

    def all_ids(self) -> Ids:
        ids = np.concatenate((self._unchanged(self._base), self.overlay.live()))
        return np.sort(ids)

    def with_prefix(self, prefix: str) -> Ids:
        lists = [self.spelled(word) for word in self.beginning_with(prefix)]
        return np.unique(np.concatenate(lists)).astype(np.int32) if lists else NO_IDS

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

    def in_phrase(self, tokens: Sequence[PlacedToken], among: Ids) -> Ids:
        """Each token gives the places where the phrase could start; a record needs one that all agree on."""
        starts: dict[int, set[int]] = {}
        for number, (token, offset) in enumerate(tokens):
            wanted = among.tolist() if number == 0 else list(starts)
            places = self._places(token, np.array(wanted, np.int32))
            here = {i: {place - offset for place in unpack(packed)} for i, packed in places.items()}
            starts = here if number == 0 else {i: starts[i] & s for i, s in here.items() if starts[i] & s}
        return np.array(sorted(starts), np.int32)

    def _places(self, token: str, among: Ids) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        for segment in self._segments:
            ids, packed = segment.places(token.encode())
            wanted = np.flatnonzero(np.isin(ids, among) & ~self._changed[ids])
            found.update((int(ids[at]), packed[at]) for at in wanted.tolist())
        overlaid = self.overlay.places(token)
        found.update((i, overlaid[i]) for i in among.tolist() if i in overlaid)
        return found

    def _merged(self, token: str) -> tuple[Ids, Scores]:
        ids, impacts = self._from_segments(token)
        if not self._any_changed:
            return ids, impacts
        kept = ~self._changed[ids]
        more_ids, more = self.overlay.impacts(token)
        return _in_order([ids[kept], more_ids], [impacts[kept], more])

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
