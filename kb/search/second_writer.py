"""A second process that writes a part of the records of a rebuild, where there is a core for it.

    python -m kb.search.second_writer FOLDER

reads pickles from its parent: first what its analysis is made of, then lists of records until the end. It
writes an index of its own in FOLDER, whose segments the parent takes over.
"""

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Full, Queue
from threading import Thread
from typing import IO, Self

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from kb.domain.search import Record
from kb.search.analysis import Analyser
from kb.search.bulk_writer import BulkWriter
from kb.search.engine import IndexBroken
from kb.search.lexicon import Lexicon
from kb.search.spellings_file import read_spellings, write_spellings
from kb.search.whoosh_format import INDEX_NAME, codec, schema

NAME = "second"
PATIENCE_S = 0.1
COMMAND = (sys.executable, "-m", "kb.search.second_writer")


def has_core() -> bool:
    """Whether a second process would have a core to itself."""
    return len(os.sched_getaffinity(0)) > 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) > 1


class SecondWriter:
    """Takes lists of records while it is idle. The process ends with the block, whatever happens."""

    def __init__(self, folder: Path, analyser: Analyser) -> None:
        self._folder = folder / NAME
        self._folder.mkdir()
        self._process = subprocess.Popen([*COMMAND, self._folder], stdin=subprocess.PIPE)  # noqa: S603 (our own)
        self._waiting: Queue[Sequence[Record] | None] = Queue(maxsize=1)
        self._thread = Thread(target=self._send, args=(analyser.made_of,), daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self.end()
        self._thread.join()

    def takes(self, records: Sequence[Record]) -> bool:
        """False while it has enough to do."""
        try:
            self._waiting.put_nowait(records)
        except Full:
            return False
        return True

    def end(self) -> None:
        """Nothing more comes: it may write what it has."""
        while self._thread.is_alive():
            with suppress(Full):
                self._waiting.put(None, timeout=PATIENCE_S)
                return

    def hand_over(self, index: FileIndex) -> set[str]:
        """Waits, and makes its segments part of the index; its spellings. Raises IndexBroken."""
        self._thread.join()
        if self._process.wait():
            raise IndexBroken(f"the second writer ended with {self._process.returncode}")
        segments = FileIndex(FileStorage(str(self._folder)), indexname=INDEX_NAME)._segments()
        spellings = set(read_spellings(self._folder))
        for path in self._folder.iterdir():
            if any(path.name.startswith(segment.segment_id()) for segment in segments):
                path.replace(self._folder.parent / path.name)
            else:
                path.unlink()
        self._folder.rmdir()
        writer = index.writer(codec=codec())
        writer.segments.extend(segments)
        writer.commit(merge=False)
        return spellings

    def _send(self, made_of: object) -> None:
        """Writes what waits to the process, as long as that is there."""
        with suppress(BrokenPipeError), self._process.stdin as pipe:  # type: ignore[union-attr]
            pickle.dump(made_of, pipe)
            while (records := self._waiting.get()) is not None:
                pickle.dump(records, pipe, pickle.HIGHEST_PROTOCOL)


def main() -> None:
    folder, source = Path(sys.argv[1]), sys.stdin.buffer
    language_dir, steps, weights = pickle.load(source)  # noqa: S301 (our parent wrote it)
    index = FileIndex.create(FileStorage(str(folder)), schema(), INDEX_NAME)
    writer = BulkWriter(index, Analyser(Lexicon(language_dir, steps), weights))
    gc.disable()
    for record in _records(source):
        writer.add(record)
    spellings = sorted(writer.notes.spellings)
    writer.commit(merge=False)
    write_spellings(folder, spellings)


def _records(source: IO[bytes]) -> Iterator[Record]:
    while True:
        try:
            yield from pickle.load(source)  # noqa: S301
        except EOFError:
            return


if __name__ == "__main__":
    main()
