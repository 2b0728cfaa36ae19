"""How a record stands in a Whoosh index: our own tokens and weights, without Whoosh's analysis."""

import struct
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from whoosh import columns, fields, formats
from whoosh.codec.whoosh3 import W3Codec

from kb.search.analysis import Document
from kb.search.engine import Ids

# Change this number when the meaning of what is stored changes; older indexes are then built anew.
FORMAT = 4
# How Whoosh calls the index in its folder.
INDEX_NAME = "MAIN"
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
