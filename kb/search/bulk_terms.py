"""The term list of a segment, written as Whoosh does but without asking the file each time where it is."""

from hashlib import md5

from whoosh.filedb.filetables import OrderedHashWriter, _lengths

BUFFER = 1 << 20


class TermList:
    """Takes terms in ascending order; call `flush` before Whoosh writes to the same file again."""

    def __init__(self, hashes: OrderedHashWriter) -> None:
        self._index, self._buckets = hashes.index, hashes.buckets
        self._hashes = hashes
        self._at = hashes.dbfile.tell()
        self._written = bytearray()

    def add(self, key: bytes, value: bytes) -> None:
        at = self._at + len(self._written)
        self._index.append(at)
        hashed = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:], "big")
        self._buckets[hashed & 255].append((hashed, at))
        self._written += _lengths.pack(len(key), len(value)) + key + value
        self._hashes.lastkey = key
        if len(self._written) > BUFFER:
            self.flush()

    def flush(self) -> None:
        self._hashes.dbfile.write(bytes(self._written))
        self._at += len(self._written)
        self._written = bytearray()
