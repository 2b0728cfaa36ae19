"""Arrays and texts in one file, which all processes read where it lies: its pages are in memory once.

A file holds a line that tells where each array stands, and then the arrays. Names end in what they hold.
"""

import json
import mmap
import os
import secrets
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, overload

import numpy as np
import numpy.typing as npt

# Each array begins at a multiple of this, so that its numbers can be read in place.
ALIGNED = 64
HEAD_BYTES = 8
READ_AT_ONCE = 1 << 22

Array = npt.NDArray[Any]
Arrays = Mapping[str, Array]


class Unusable(Exception):  # noqa: N818 (says what happened)
    """The file is not there, is damaged, or was written for something else."""


def write_arrays(path: Path, stamp: str, arrays: Arrays) -> None:
    """In the place of what was there, in one step; `stamp` says what it was written for."""
    kept = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    table, at = {}, 0
    for name, array in kept.items():
        table[name] = (array.dtype.str, at, len(array))
        at += -(-array.nbytes // ALIGNED) * ALIGNED
    path.parent.mkdir(parents=True, exist_ok=True)
    half_made = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with half_made.open("wb") as file:
            _write(file, stamp, table, kept)
        half_made.replace(path)
    finally:
        half_made.unlink(missing_ok=True)


def read_arrays(path: Path, stamp: str) -> Arrays:
    """What `write_arrays` wrote for the same; raises Unusable. The arrays cannot be changed."""
    try:
        with path.open("rb") as file:
            size = int.from_bytes(file.read(HEAD_BYTES), "big")
            head = json.loads(file.read(min(size, os.path.getsize(path))))
            start = _aligned(HEAD_BYTES + size)
            if head["stamp"] != stamp:
                raise Unusable(f"{path.name} was written for something else")
            if _checksum(file, start) != head["checksum"]:
                raise Unusable(f"{path.name} is damaged")
            if not head["arrays"]:
                return {}
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return {
            name: np.frombuffer(mapped, np.dtype(kind), count, start + at)
            for name, (kind, at, count) in head["arrays"].items()
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(f"{path.name} cannot be read") from error


def _write(file: Any, stamp: str, table: Mapping[str, tuple[str, int, int]], arrays: Arrays) -> None:
    checksum = 0
    for array in arrays.values():
        checksum = zlib.crc32(_padding(array), zlib.crc32(_bytes(array), checksum))
    head = json.dumps({"stamp": stamp, "checksum": checksum, "arrays": table}).encode()
    file.write(len(head).to_bytes(HEAD_BYTES, "big") + head)
    file.write(bytes(_aligned(file.tell()) - file.tell()))
    for array in arrays.values():
        file.write(_bytes(array))
        file.write(_padding(array))


def _bytes(array: Array) -> memoryview:
    return array.view(np.uint8).data if array.nbytes else memoryview(b"")


def _padding(array: Array) -> bytes:
    return bytes(-array.nbytes % ALIGNED)


def _aligned(at: int) -> int:
    return at + -at % ALIGNED


def _checksum(file: Any, start: int) -> int:
    file.seek(start)
    total = 0
    while block := file.read(READ_AT_ONCE):
        total = zlib.crc32(block, total)
    return total


class Texts(Sequence[str]):
    """Texts in two arrays: all letters, and where each text ends. One is made when it is asked for."""

    def __init__(self, letters: Array, ends: Array) -> None:
        self._letters = letters
        self._ends = ends

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Texts":
        return texts_in(arrays_of("", texts), "")

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        start = self._ends[at - 1] if at else 0
        return self._letters[start : self._ends[at]].tobytes().decode()

    def places_of(self, text: str) -> Iterator[int]:
        """Where this very text stands; only those of its length are looked at."""
        lengths = np.diff(self._ends, prepend=0)
        wanted = text.encode()
        for at in np.flatnonzero(lengths == len(wanted)).tolist():
            end = self._ends[at]
            if self._letters[end - len(wanted) : end].tobytes() == wanted:
                yield at

    def all(self) -> list[str]:
        """Many times as fast as one by one."""
        if not len(self):
            return []
        letters = self._letters.tobytes()
        ends = self._ends.tolist()
        return [letters[start:end].decode() for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def texts_in(arrays: Arrays, name: str) -> Texts:
    return Texts(arrays[f"{name}.letters"], arrays[f"{name}.ends"])


def arrays_of(name: str, texts: Sequence[str]) -> dict[str, Array]:
    """The two arrays of these texts, under this name."""
    encoded = [text.encode() for text in texts]
    ends = np.cumsum([len(each) for each in encoded], dtype=np.int64) if encoded else np.empty(0, np.int64)
    return {f"{name}.letters": np.frombuffer(b"".join(encoded), np.uint8), f"{name}.ends": ends}
