"""Records that changed since the index was written, kept in memory so that a change is found at once."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from kb.search.analysis import Document
from kb.search.engine import Ids, Scores
from kb.search.whoosh_format import Places, pack, placed


class Overlay:
    """The newest version of each changed record; None for one that was withdrawn."""

    def __init__(self) -> None:
        self.documents: dict[int, Document | None] = {}
        self.sequences: dict[int, int] = {}
        self._impacts: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._places: defaultdict[str, dict[int, bytes]] = defaultdict(dict)
        self._spelled: defaultdict[str, set[int]] = defaultdict(set)

    def put(self, record_id: int, document: Document | None, sequence: int) -> None:
        self._forget(record_id)
        self.documents[record_id] = document
        self.sequences[record_id] = sequence
        if document is None:
            return
        for token, impact in document.impacts.items():
            self._impacts[token][record_id] = impact
        for token, positions in document.positions.items():
            self._places[token][record_id] = pack(positions)
        for spelling in document.spellings:
            self._spelled[spelling].add(record_id)

    def after(self, sequence: int) -> Iterator[tuple[int, Document | None, int]]:
        """What changed after this number."""
        for record_id, number in self.sequences.items():
            if number > sequence:
                yield record_id, self.documents[record_id], number

    def impacts(self, token: str) -> tuple[Ids, Scores]:
        found = self._impacts.get(token, {})
        return np.array(list(found), np.int32), np.array(list(found.values()), np.float32)

    def places(self, token: str) -> Places:
        found = self._places.get(token, {})
        return placed(np.array(list(found), np.int32), list(found.values()))

    def spelled(self, spelling: str) -> Ids:
        return np.array(list(self._spelled.get(spelling, ())), np.int32)

    def spellings(self) -> Iterator[str]:
        return (spelling for spelling, ids in self._spelled.items() if ids)

    def live(self) -> Ids:
        ids = [record_id for record_id, document in self.documents.items() if document is not None]
        return np.array(ids, np.int32)

    def _forget(self, record_id: int) -> None:
        old = self.documents.pop(record_id, None)
        if old is None:
            return
        for token in old.impacts:
            del self._impacts[token][record_id]
        for token in old.positions:
            del self._places[token][record_id]
        for spelling in old.spellings:
            self._spelled[spelling].discard(record_id)
