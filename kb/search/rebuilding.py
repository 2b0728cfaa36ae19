"""A whole index written at once, by a second process as well where there is much to write."""

import gc
import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from kb.domain.search import Record
from kb.search.analysis import Analyser
from kb.search.bulk_writer import BulkWriter
from kb.search.second_writer import SecondWriter, has_core
from kb.search.whoosh_format import INDEX_NAME, schema

log = logging.getLogger(__name__)

RECORDS_A_SEGMENT = 100_000
# Records are handed out by so many; a second process is worth its start when these came by.
AT_ONCE, MUCH = 1_000, 3_000


def write_index(folder: Path, records: Iterable[Record], analyser: Analyser) -> tuple[int, set[str]]:
    """Writes the records into an empty folder; how many there were, and all words as they are spelled.

    Raises IndexBroken when the second process did not get to its end."""
    index = FileIndex.create(FileStorage(str(folder)), schema(), INDEX_NAME)
    own = Segments(index, analyser)
    count = 0
    second: SecondWriter | None = None
    with _without_collecting(), ExitStack() as stack:
        stack.callback(own.give_up)
        source = iter(records)
        while some := list(islice(source, AT_ONCE)):
            if second is None and count >= MUCH and has_core():
                second = stack.enter_context(SecondWriter(folder, analyser))
            count += len(some)
            if second is None or not second.takes(some):
                own.add(some)
        if second:
            second.end()
        own.finish()
        spellings = own.spellings | (second.hand_over(index) if second else set())
    return count, spellings


class Segments:
    """Writes records in segments of no more than will fit into memory."""

    def __init__(self, index: FileIndex, analyser: Analyser) -> None:
        self._index, self._analyser = index, analyser
        self._writer: BulkWriter | None = None
        self.spellings: set[str] = set()

    def add(self, records: Iterable[Record]) -> None:
        for record in records:
            self._writer = self._writer or BulkWriter(self._index, self._analyser)
            self._writer.add(record)
            if self._writer.docnum >= RECORDS_A_SEGMENT:
                self.finish()

    def finish(self) -> None:
        """Writes what is left."""
        if self._writer is not None:
            self.spellings |= self._writer.notes.spellings
            self._writer.commit(merge=False)
            self._writer = None

    def give_up(self) -> None:
        """Leaves out what was not finished, and closes its files."""
        if self._writer is not None:
            self._writer.cancel()


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Millions of lists are made and none is garbage: looking for cycles would double the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
