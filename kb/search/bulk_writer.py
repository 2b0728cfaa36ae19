"""Writes a whole segment from posting lists in memory, many times as fast as Whoosh's own writer.

The files are ordinary Whoosh files, which Whoosh's own matchers read. Whoosh makes an object of each list,
packs it and presses it together, also where there is one posting; here lists are cut out of long arrays.
"""

import zlib
from array import array
from collections.abc import Iterator
from itertools import pairwise
from operator import sub
from pickle import dumps
from typing import NamedTuple

import numpy as np
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3FieldWriter, W3TermInfo
from whoosh.index import FileIndex
from whoosh.system import pack_int, pack_long, pack_ushort
from whoosh.writing import SegmentWriter

from kb.domain.search import Record
from kb.search.analysis import Analyser
from kb.search.bulk_notes import BulkNotes, Noted
from kb.search.bulk_terms import BUFFER, TermList
from kb.search.whoosh_format import (
    COMPRESSION,
    IMPACT,
    KEY,
    POSITION,
    POSTINGS_A_BLOCK,
    RECORD,
    SPELLING,
    codec,
)

# The first keeps bytes as bytes; the second is what Whoosh's own blocks begin with.
DATA_PICKLE, HEAD_PICKLE = 5, 2
# Shorter blocks are not worth pressing together; from this number of postings an array is shorter.
WORTH_COMPRESSING, MANY = 256, 32
# So many postings at a time become Python's own numbers.
LARGEST_SHORT = (1 << 16) - 1
WINDOW = 1 << 16
HEADER = bytes(WHOOSH3_HEADER_MAGIC)


class BulkWriter(SegmentWriter):  # type: ignore[misc]
    """Only for records that the index does not hold yet."""

    def __init__(self, index: FileIndex, analyser: Analyser) -> None:
        super().__init__(index, codec=codec())
        self.notes = BulkNotes(analyser)

    def add(self, record: Record) -> None:
        self.notes.add(record)
        self.perdocwriter.start_doc(self.docnum)
        self.perdocwriter.add_column_value(RECORD, self.schema[RECORD].column_type, record.id)
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    def _flush_segment(self) -> None:
        """Takes the place of the step that drains the sorting pool."""
        self.perdocwriter.close()
        notes = self.notes
        fields = {IMPACT: notes.impacts, POSITION: notes.positions, SPELLING: notes.spelled, KEY: notes.keys}
        for field in sorted(fields):
            self.fieldwriter.start_field(field, self.schema[field])
            _write_field(self.fieldwriter, Postings(fields[field]()))
            self.fieldwriter.finish_field()
        self.fieldwriter.close()


class Postings:
    """All postings of a field, cut into the list of each token."""

    def __init__(self, noted: Noted) -> None:
        self._tokens, self._documents, self._weights = noted.names, noted.documents, noted.weights
        self._ends = np.cumsum(np.bincount(noted.tokens, minlength=len(noted.names)))
        self._places, self._stretches = b"", None
        if noted.places is not None and noted.lengths is not None:
            self._places = noted.places.astype("<u2").tobytes()
            ends = 2 * np.cumsum(noted.lengths, dtype=np.int64)
            self._stretches = np.concatenate(([0], ends))

    def lists(self) -> Iterator[tuple[bytes, "PostingList"]]:
        """Each token with its postings; some thousands of them at a time become Python's own numbers."""
        start, window = 0, self._window(0, 0)
        for token, end in zip(self._tokens, self._ends.tolist(), strict=True):
            if end > window.end:
                window = self._window(start, max(end, start + WINDOW))
            yield token.encode(), window.cut(start, end)
            start = end

    def _window(self, start: int, end: int) -> "Window":
        numbers = self._documents[start:end].tolist()
        weights = None if self._weights is None else self._weights[start:end].tolist()
        values: list[bytes] = []
        if self._stretches is not None:
            edges = self._stretches[start : end + 1].tolist()
            values = [self._places[begin:stop] for begin, stop in pairwise(edges)]
        return Window(start, start + len(numbers), numbers, weights, values)


class PostingList(NamedTuple):
    """Documents that ascend, with weights (None: all 1) and places (none: no matter)."""

    numbers: list[int]
    weights: list[float] | None
    values: list[bytes]


class Window(NamedTuple):
    """A stretch of all postings."""

    start: int
    end: int
    numbers: list[int]
    weights: list[float] | None
    values: list[bytes]

    def cut(self, start: int, end: int) -> PostingList:
        inside = slice(start - self.start, end - self.start)
        weights = None if self.weights is None else self.weights[inside]
        return PostingList(self.numbers[inside], weights, self.values[inside])


def _write_field(writer: W3FieldWriter, postings: Postings) -> None:
    key = pack_ushort(writer._fieldid)
    at = writer._postfile.tell()
    terms = TermList(writer._tindex)
    written = bytearray()
    for token, listed in postings.lists():
        if len(listed.numbers) == 1:
            terms.add(key + token, _inlined(listed))
            continue
        packed = packed_list(listed)
        terms.add(key + token, _info(listed, at + len(written), len(packed)))
        written += packed
        if len(written) > BUFFER:
            writer._postfile.write(bytes(written))
            at, written = at + len(written), bytearray()
    writer._postfile.write(bytes(written))
    terms.flush()


def packed_list(listed: PostingList) -> bytes:
    """The blocks of a list as Whoosh reads them, after its mark."""
    numbers, weights, values = listed
    parts = [HEADER]
    for start in range(0, len(numbers), POSTINGS_A_BLOCK):
        end = start + POSTINGS_A_BLOCK
        block = PostingList(numbers[start:end], weights and weights[start:end], values[start:end])
        head, data = _packed_block(block)
        size = len(head) + len(data)
        parts += (pack_int(size if end < len(numbers) else -size), head, data)
    return b"".join(parts)


def _packed_block(block: PostingList) -> tuple[bytes, bytes]:
    """Its head, by which Whoosh decides whether to skip it, and its postings."""
    numbers, weights, values = block
    heaviest = max(weights) if weights else 1.0
    if weights and min(weights) == heaviest:
        packed_weights: object = heaviest
    else:
        packed_weights = weights and (array("f", weights) if len(weights) > MANY else tuple(weights))
    steps = [numbers[0], *map(sub, numbers[1:], numbers)]
    packed_steps = (
        array("H" if max(steps) <= LARGEST_SHORT else "I", steps) if len(steps) > MANY else tuple(steps)
    )
    data = dumps((packed_steps, packed_weights, tuple(values) or None), DATA_PICKLE)
    # Impacts are read most of all, and unpacking takes half of the time.
    compression = COMPRESSION if values and len(data) > WORTH_COMPRESSING else 0
    if compression:
        data = zlib.compress(data, compression)
    return dumps((len(numbers), numbers[-1], heaviest, compression, 0, 0), HEAD_PICKLE), data


def _inlined(listed: PostingList) -> bytes:
    """A single posting stands in the term list itself."""
    (number,), weights, values = listed
    weight = weights[0] if weights else 1.0
    known = W3TermInfo._struct.pack(1, weight, 1, 0, 0, weight, number, number)
    return bytes(known + dumps(((number,), (weight,), (values[0] if values else b"",)), HEAD_PICKLE))


def _info(listed: PostingList, offset: int, length: int) -> bytes:
    """What the term list says of a token: how often it occurs, and where its postings stand."""
    numbers, weights, _ = listed
    total, most = (sum(weights), max(weights)) if weights else (len(numbers), 1.0)
    known = W3TermInfo._struct.pack(0, total, len(numbers), 0, 0, most, numbers[0], numbers[-1])
    return bytes(known + pack_long(offset) + pack_int(length))
