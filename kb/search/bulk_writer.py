"""Writes a whole segment from posting lists in memory, many times as fast as Whoosh's own writer.

The files are ordinary Whoosh files, which Whoosh's own matchers read. Whoosh makes an object of each list,
packs it and presses it together, also where there is one posting; here lists are cut out of long arrays.
"""

import zlib
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import chain, count
from operator import sub
from pickle import dumps
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3FieldWriter, W3TermInfo
from whoosh.index import FileIndex
from whoosh.system import pack_int, pack_long, pack_ushort
from whoosh.writing import SegmentWriter

from kb.search.analysis import Document
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
WINDOW = 1 << 16
BUFFER = 1 << 20
HEADER = bytes(WHOOSH3_HEADER_MAGIC)

Numbers = npt.NDArray[np.int64]


class BulkWriter(SegmentWriter):  # type: ignore[misc]
    """Only for documents that the index does not hold yet."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, codec=codec())
        self._notes = {field: Notes() for field in (IMPACT, POSITION, SPELLING, KEY)}
        self._impacts = array("f")
        self._places, self._lengths = array("H"), array("H")

    def add(self, document: Document) -> None:
        self._notes[IMPACT].add(document.impacts)
        self._impacts.extend(document.impacts.values())
        self._notes[POSITION].add(document.positions)
        self._places.extend(chain.from_iterable(document.positions.values()))
        self._lengths.extend(map(len, document.positions.values()))
        self._notes[SPELLING].add(document.spellings)
        self._notes[KEY].add((str(document.id),))
        self.perdocwriter.start_doc(self.docnum)
        self.perdocwriter.add_column_value(RECORD, self.schema[RECORD].column_type, document.id)
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    def _flush_segment(self) -> None:
        """Takes the place of the step that drains the sorting pool."""
        self.perdocwriter.close()
        for field in sorted(self._notes):
            postings = self._notes.pop(field).postings()
            if field == IMPACT:
                postings.weights = np.frombuffer(self._impacts, np.float32)[postings.order]
            if field == POSITION:
                postings.place(self._places, self._lengths)
            self.fieldwriter.start_field(field, self.schema[field])
            _write_field(self.fieldwriter, postings)
            self.fieldwriter.finish_field()
        self.fieldwriter.close()


class Notes:
    """The tokens of one field, noted document after document."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._noted = array("I")
        self._lengths = array("I")

    def add(self, tokens: Collection[str]) -> None:
        self._noted.extend(map(self._numbers.__getitem__, tokens))
        self._lengths.append(len(tokens))

    def postings(self) -> "Postings":
        tokens = sorted(self._numbers)
        place = np.empty(len(tokens), np.uint32)
        place[[self._numbers[token] for token in tokens]] = np.arange(len(tokens), dtype=np.uint32)
        placed = place[np.frombuffer(self._noted, np.uint32)]
        order = np.argsort(placed, kind="stable")
        lengths = np.frombuffer(self._lengths, np.uint32)
        documents = np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths)[order]
        return Postings(tokens, np.cumsum(np.bincount(placed, minlength=len(tokens))), order, documents)


class Postings:
    """All postings of a field by token and document; each may have a weight, or a stretch of places.

    `order` says where each stood in the notes, `ends` where the postings of each token end."""

    def __init__(
        self, tokens: list[str], ends: Numbers, order: Numbers, documents: npt.NDArray[np.uint32]
    ) -> None:
        self._tokens, self._ends = tokens, ends
        self._documents = documents
        self.order = order
        self.weights: npt.NDArray[np.float32] | None = None
        self._places = b""
        self._stretches: tuple[Numbers, Numbers] | None = None

    def place(self, places: "array[int]", lengths: "array[int]") -> None:
        """Notes where words stand: `lengths` says how many of the places each posting has."""
        self._places = np.frombuffer(places, np.uint16).astype("<u2").tobytes()
        widths = 2 * np.frombuffer(lengths, np.uint16).astype(np.int64)
        ends = np.cumsum(widths)
        self._stretches = (ends - widths)[self.order], ends[self.order]

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
        weights = None if self.weights is None else self.weights[start:end].tolist()
        values: list[bytes] = []
        if self._stretches is not None:
            stretches = zip(*(edge[start:end].tolist() for edge in self._stretches), strict=True)
            values = [self._places[begin:stop] for begin, stop in stretches]
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
    written = bytearray()
    for token, listed in postings.lists():
        packed = packed_list(listed)
        writer._tindex.add(key + token, _info(listed, at + len(written), len(packed)))
        written += packed
        if len(written) > BUFFER:
            writer._postfile.write(bytes(written))
            at, written = at + len(written), bytearray()
    writer._postfile.write(bytes(written))


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
    packed_steps = array("I", steps) if len(steps) > MANY else tuple(steps)
    data = dumps((packed_steps, packed_weights, tuple(values) or None), DATA_PICKLE)
    compression = COMPRESSION if len(data) > WORTH_COMPRESSING else 0
    if compression:
        data = zlib.compress(data, compression)
    return dumps((len(numbers), numbers[-1], heaviest, compression, 0, 0), HEAD_PICKLE), data


def _info(listed: PostingList, offset: int, length: int) -> bytes:
    """What the term list says of a token: how often it occurs, and where its postings stand."""
    numbers, weights, _ = listed
    total, most = (sum(weights), max(weights)) if weights else (len(numbers), 1.0)
    known = W3TermInfo._struct.pack(0, total, len(numbers), 0, 0, most, numbers[0], numbers[-1])
    return bytes(known + pack_long(offset) + pack_int(length))
