"""Files of Whoosh that are read where they lie.

Whoosh maps a segment into memory and then copies all of it, for each reader of each process. With this in the
place of its buffer nothing is copied, and the pages are shared by all processes.
"""

from typing import Any

from whoosh.filedb import structfile


class View:
    """What Whoosh asks of a file, over bytes that stay where they are."""

    def __init__(self, content: Any = b"") -> None:
        self._content = memoryview(content)
        self._at = 0

    def seek(self, offset: int, whence: int = 0) -> int:
        base = (0, self._at, len(self._content))[whence]
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        end = len(self._content) if size is None or size < 0 else self._at + size
        found = bytes(self._content[self._at : end])
        self._at += len(found)
        return found

    def readline(self, _size: int = -1) -> bytes:
        """Up to and with the next line end; pickles of the first protocol ask for it."""
        end = self._at
        while end < len(self._content) and self._content[end] != ord("\n"):
            end += 1
        return self.read(end + 1 - self._at)

    def readinto(self, target: Any) -> int:
        found = self.read(len(target))
        target[: len(found)] = found
        return len(found)

    def close(self) -> None:
        """The bytes belong to somebody else."""


def read_in_place() -> None:
    """For this process, from now on."""
    structfile.BytesIO = View
