"""Posting lists of one Whoosh segment, read a block at a time into arrays and kept while they are in use."""

import io
import pickle
import struct
import zlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.reading import SegmentReader

from kb.search.engine import Ids, Scores
from kb.search.whoosh_format import IMPACT, POSITION, RECORD, SPELLING, Places, placed

HEADER = 4
FIXED_COST = 200


class ArrayCache:
    """The arrays that were used last, up to a number of bytes."""

    def __init__(self, limit: int) -> None:
        self._kept: OrderedDict[Any, tuple[npt.NDArray[Any], ...]] = OrderedDict()
        self._limit = limit
        self._size = 0

    def get(self, key: object) -> tuple[npt.NDArray[Any], ...] | None:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: object, arrays: tuple[npt.NDArray[Any], ...]) -> None:
        self._kept[key] = arrays
        self._size += _cost(arrays)
        while self._size > self._limit and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._size -= _cost(oldest)

    def clear(self) -> None:
        self._kept.clear()
        self._size = 0


def _cost(arrays: tuple[npt.NDArray[Any], ...]) -> int:
    return FIXED_COST + sum(array.nbytes for array in arrays)


class Segment:
    """One immutable segment. Documents that were deleted from it are left out."""

    def __init__(self, reader: SegmentReader) -> None:
        self._terms = reader._terms
        self._reader = reader
        count = reader.doc_count_all()
        column = reader.column_reader(RECORD)
        self._records = np.fromiter((column[i] for i in range(count)), np.int32, count)
        deleted = list(reader.segment().deleted_docs())
        self._live: npt.NDArray[np.bool_] | None = None
        if deleted:
            self._live = np.ones(count, bool)
            self._live[deleted] = False

    @property
    def records(self) -> Ids:
        """The ids of all live records, in the order of their documents."""
        return self._records if self._live is None else self._records[self._live]

    def impacts(self, token: bytes) -> tuple[Ids, Scores]:
        numbers, weights, _ = self._postings(IMPACT, token)
        if self._live is not None:
            live = self._live[numbers]
            numbers, weights = numbers[live], weights[live]
        return self._records[numbers], weights

    def places(self, token: bytes) -> Places:
        """Every place of a token in the records."""
        numbers, _, values = self._postings(POSITION, token, with_values=True)
        if self._live is not None:
            live = self._live[numbers]
            values = [value for value, is_live in zip(values, live, strict=True) if is_live]
            numbers = numbers[live]
        return placed(self._records[numbers], values)

    def spelled(self, spelling: bytes) -> Ids:
        """The records in which a word is spelled like this."""
        numbers, _, _ = self._postings(SPELLING, spelling)
        if self._live is not None:
            numbers = numbers[self._live[numbers]]
        return self._records[numbers]

    def spellings(self, prefix: str) -> list[str]:
        """The words that begin like this, in order; a word of deleted records stays until segments merge."""
        return [word.decode() for word in self._reader.expand_prefix(SPELLING, prefix)]

    def _postings(
        self, field: str, token: bytes, *, with_values: bool = False
    ) -> tuple[npt.NDArray[np.int32], Scores, Sequence[bytes]]:
        if (field, token) not in self._terms:
            return np.empty(0, np.int32), np.empty(0, np.float32), ()
        info = self._terms.term_info(field, token)
        if info.is_inlined():
            numbers, weights, values = info.inlined_postings()
            return np.array(numbers, np.int32), np.array(weights, np.float32), values or ()
        offset, length = info.extent()
        if isinstance(length, tuple):  # how Whoosh unpacks it
            (length,) = length
        return _decode(self._terms._postfile.get(offset, length), with_values=with_values)


def _decode(packed: bytes, *, with_values: bool) -> tuple[npt.NDArray[np.int32], Scores, Sequence[bytes]]:
    """The blocks of a posting list: a length (negative for the last), a pickled head, pickled postings.

    Only this program writes the folder, and the files were checked against their manifest."""
    ids: list[npt.NDArray[np.int32]] = []
    weights: list[Scores] = []
    values: list[bytes] = []
    view = memoryview(packed)
    at, length = HEADER, 1
    while length > 0:
        (length,) = struct.unpack_from("!i", view, at)
        stream = io.BytesIO(view[at + 4 : at + 4 + abs(length)])
        compression = pickle.load(stream)[3]  # noqa: S301
        body = stream.read()
        numbers, weighed, valued = pickle.loads(zlib.decompress(body) if compression else body)  # noqa: S301
        ids.append(np.array(numbers, np.int32).cumsum(dtype=np.int32))
        weights.append(_spread(weighed, len(numbers)))
        if with_values:
            values.extend(valued)
        at += 4 + abs(length)
    if len(ids) == 1:
        return ids[0], weights[0], values
    return np.concatenate(ids), np.concatenate(weights), values


def _spread(weights: object, count: int) -> Scores:
    """Whoosh writes one weight for a block in which all are the same, and none for 1."""
    if isinstance(weights, tuple):
        return np.array(weights, np.float32)
    return np.full(count, 1.0 if weights is None else weights, np.float32)
