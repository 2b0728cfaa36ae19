"""How a record stands in a Whoosh index: our own tokens and weights, without Whoosh's analysis."""

import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence

from whoosh import columns, fields, formats
from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from kb.search.analysis import Document

# Change this number when the meaning of what is stored changes; older indexes are then built anew.
FORMAT = 1
# The fields: impacts of tokens, positions of words, spellings, the key, and the record id of each document.
IMPACT, POSITION, SPELLING, KEY, RECORD = "t", "p", "s", "id", "rid"
POSTINGS_A_BLOCK = 1_024

Posting = tuple[str, float, bytes]


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
    return W3Codec(blocklimit=POSTINGS_A_BLOCK)


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


def unpack(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // 2}H", packed)


class BulkWriter(SegmentWriter):  # type: ignore[misc]
    """Writes one segment from posting lists in memory, several times as fast as Whoosh's sorting pool.

    The files are ordinary Whoosh files. Only for documents that the index does not hold yet.
    """

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, codec=codec())
        self._documents: dict[str, dict[str, array[int]]] = {f: {} for f in (IMPACT, POSITION, SPELLING, KEY)}
        self._impacts: dict[str, array[float]] = {}
        self._positions: dict[str, list[bytes]] = {}

    def add(self, document: Document) -> None:
        number = self.docnum
        for token, impact in document.impacts.items():
            self._note(IMPACT, token, number)
            self._impacts.setdefault(token, array("f")).append(impact)
        for token, places in document.positions.items():
            self._note(POSITION, token, number)
            self._positions.setdefault(token, []).append(pack(places))
        for spelling in document.spellings:
            self._note(SPELLING, spelling, number)
        self._note(KEY, str(document.id), number)
        self.perdocwriter.start_doc(number)
        self.perdocwriter.add_column_value(RECORD, self.schema[RECORD].column_type, document.id)
        self.perdocwriter.finish_doc()
        self._added = True
        self.docnum += 1

    def _note(self, field: str, token: str, number: int) -> None:
        lists = self._documents[field]
        try:
            lists[token].append(number)
        except KeyError:
            lists[token] = array("I", (number,))

    def _flush_segment(self) -> None:
        """Takes the place of the step that drains the sorting pool."""
        self.perdocwriter.close()
        writer = self.fieldwriter
        for field in sorted(self._documents):
            writer.start_field(field, self.schema[field])
            for encoded, token in sorted((token.encode(), token) for token in self._documents[field]):
                writer.start_term(encoded)
                self._write_postings(field, token)
                writer.finish_term()
            writer.finish_field()
        writer.close()

    def _write_postings(self, field: str, token: str) -> None:
        numbers = self._documents[field][token]
        impacts = self._impacts[token] if field == IMPACT else None
        values = self._positions[token] if field == POSITION else None
        posts = self.fieldwriter._postwriter
        for start in range(0, len(numbers), POSTINGS_A_BLOCK):
            end = min(len(numbers), start + POSTINGS_A_BLOCK)
            posts._new_block()
            posts._ids = numbers[start:end]
            posts._weights = impacts[start:end] if impacts else array("f", (1.0,)) * (end - start)
            posts._maxweight = max(posts._weights)
            posts._values = values[start:end] if values else []
            posts._write_block(last=end == len(numbers))
        posts._ids = []
