"""How a record stands in a Whoosh index: our own tokens and weights, without Whoosh's analysis."""

import struct
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count

import numpy as np
import numpy.typing as npt
from whoosh import columns, fields, formats
from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from kb.search.analysis import Document
from kb.search.engine import Ids

# Change this number when the meaning of what is stored changes; older indexes are then built anew.
FORMAT = 3
# The fields: impacts of tokens, positions of words, spellings, the key, and the record id of each document.
IMPACT, POSITION, SPELLING, KEY, RECORD = "t", "p", "s", "id", "rid"
POSTINGS_A_BLOCK = 1_024
# The lightest: a third of the size for a tenth of the time.
COMPRESSION = 1


# A place is a record id with the number of a word in this many lower bits.
PLACE_BITS = 16

Posting = tuple[str, float, bytes]
Places = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int64]


class TokenField(fields.FieldType):  # type: ignore[misc]
    """Takes (token, weight, value) as it comes; `with_values` keeps the values."""

    def __init__(self, *, with_values: bool = False) -> None:
        self.format = formats.Positions() if with_values else formats.Existence()
        self.analyzer = None
        self.scorable = self.stored = self.unique = self.spelling = False
        self.vector = self.column_type = None
        self.multitoken_query = "default"
        self.indexed = True

    def index(self, value: Iterable[Posting], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for token, weight, packed in value:
            yield token.encode(), 1, weight, packed

    def separate_spelling(self) -> bool:
        return False


def schema() -> fields.Schema:
    return fields.Schema(
        **{
            IMPACT: TokenField(),
            POSITION: TokenField(with_values=True),
            SPELLING: TokenField(),
            KEY: fields.ID(unique=True),
            RECORD: fields.COLUMN(columns.NumericColumn("i")),
        }
    )


def codec() -> W3Codec:
    return W3Codec(blocklimit=POSTINGS_A_BLOCK, compression=COMPRESSION)


def values_of(document: Document) -> dict[str, object]:
    """The document as Whoosh's own writer takes it."""
    return {
        IMPACT: [(token, impact, b"") for token, impact in document.impacts.items()],
        POSITION: [(token, 1.0, pack(places)) for token, places in document.positions.items()],
        SPELLING: [(spelling, 1.0, b"") for spelling in document.spellings],
        KEY: str(document.id),
        RECORD: document.id,
    }


def pack(positions: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(positions)}H", *positions)


def placed(ids: Ids, packed: Sequence[bytes]) -> Places:
    """Positions of several records as one list of places."""
    lengths = [len(each) // 2 for each in packed]
    positions = np.frombuffer(b"".join(packed), "<u2").astype(np.int64)
    return (np.repeat(ids.astype(np.int64), lengths) << PLACE_BITS) | positions


class BulkWriter(SegmentWriter):  # type: ignore[misc]
    """Writes one segment from posting lists in memory, several times as fast as Whoosh's sorting pool.

    The files are ordinary Whoosh files. Only for documents that the index does not hold yet.
    """

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, codec=codec())
        self._lists = {IMPACT: Lists(), POSITION: Lists(), SPELLING: Lists(), KEY: Lists()}
        self._impacts = array("f")
        self._positions: list[bytes] = []

    def add(self, document: Document) -> None:
        self._lists[IMPACT].add(document.impacts)
        self._impacts.extend(document.impacts.values())
        self._lists[POSITION].add(document.positions)
        self._positions.extend(map(pack, document.positions.values()))
        self._lists[SPELLING].add(document.spellings)
        self._lists[KEY].add((str(document.id),))
        self.perdocwriter.start_doc(self.docnum)
        self.perdocwriter.add_column_value(RECORD, self.schema[RECORD].column_type, document.id)
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    def _flush_segment(self) -> None:
        """Takes the place of the step that drains the sorting pool."""
        self.perdocwriter.close()
        writer = self.fieldwriter
        impacts = np.frombuffer(self._impacts, np.float32)
        for field in sorted(self._lists):
            writer.start_field(field, self.schema[field])
            for token, documents, at in self._lists[field].sorted():
                writer.start_term(token)
                weights = impacts[at].tolist() if field == IMPACT else None
                values = [self._positions[i] for i in at.tolist()] if field == POSITION else []
                self._write_postings(documents.tolist(), weights, values)
                writer.finish_term()
            writer.finish_field()
        writer.close()

    def _write_postings(self, numbers: list[int], weights: list[float] | None, values: list[bytes]) -> None:
        """Fills the buffers of Whoosh's own writer, a block at a time; the last block it writes itself."""
        posts = self.fieldwriter._postwriter
        for start in range(0, len(numbers), POSTINGS_A_BLOCK):
            block = slice(start, start + POSTINGS_A_BLOCK)
            posts._new_block()
            posts._ids = array("I", numbers[block])
            posts._weights = array("f", weights[block]) if weights else array("f", (1.0,)) * len(posts._ids)
            posts._maxweight = max(posts._weights)
            posts._values = values[block]
            if block.stop < len(numbers):
                posts._write_block()


class Lists:
    """The tokens of one field, noted document after document."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._noted = array("I")
        self._lengths = array("I")

    def add(self, tokens: Collection[str]) -> None:
        self._noted.extend(map(self._numbers.__getitem__, tokens))
        self._lengths.append(len(tokens))

    def sorted(self) -> Iterator[tuple[bytes, Numbers, Numbers]]:
        """Each token in the order of the index, with its documents and where in the notes they stand."""
        noted = np.frombuffer(self._noted, np.uint32)
        lengths = np.frombuffer(self._lengths, np.uint32)
        documents = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
        order = np.argsort(noted, kind="stable")
        ends = np.cumsum(np.bincount(noted, minlength=len(self._numbers)))
        for token, number in sorted((token.encode(), number) for token, number in self._numbers.items()):
            at = order[ends[number - 1] if number else 0 : ends[number]]
            yield token, documents[at], at
