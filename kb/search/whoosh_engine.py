"""The embedded engine: Whoosh as file format, writer and term list; matching over whole posting lists."""

import logging
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from whoosh.filedb.filestore import FileStorage, RamStorage, Storage
from whoosh.index import FileIndex

from kb.domain.reasons import Explanation
from kb.domain.search import Change, Record
from kb.search import matching
from kb.search.analysis import Analyser, Document
from kb.search.budget import Budget, unlimited
from kb.search.engine import IndexBroken, Matches
from kb.search.explaining import explain
from kb.search.found import Health
from kb.search.index_folder import IndexFolder, Manifest, read_manifest
from kb.search.query import Query
from kb.search.rebuilding import write_index
from kb.search.segments import Segment
from kb.search.snapshot import Snapshot
from kb.search.spelling import nearest
from kb.search.spellings_file import read_spellings, write_spellings
from kb.search.whoosh_format import FORMAT, INDEX_NAME, KEY, codec, values_of
from kb.search.whoosh_views import read_in_place

log = logging.getLogger(__name__)

read_in_place()

# An index up to this size is read into memory, where damage to its files can no longer reach it.
IN_MEMORY = 16 << 20
# A reader may find that the generation it was pointed to has just been removed.
ATTEMPTS = 3
# Whoosh leaves its lock file behind; ours is beside the generations.
LEFTOVERS = "*LOCK"

Answer = TypeVar("Answer")


class WhooshEngine:
    """An index in a folder that processes share, each with its own changes on top."""

    def __init__(self, folder: Path, analyser: Analyser, *, database_id: str) -> None:
        self._folder = IndexFolder(folder)
        self._analyser = analyser
        self._database = database_id
        self._schema = schema_name(analyser)
        self._snapshot: Snapshot | None = None
        self._generation = ""
        self._refused = ""
        self._problem = "not opened yet"
        self._budget = unlimited()

    def open(self) -> None:
        """Takes the generation in use, with a fresh reader; raises IndexBroken, and then has no index."""
        self._snapshot = None
        for attempt in range(ATTEMPTS):
            try:
                self._snapshot, self._generation = self._guarded(self._opened)
                return
            except IndexBroken:
                if attempt == ATTEMPTS - 1:
                    raise

    def renew(self) -> bool:
        """Takes a newer generation when another process wrote one, keeping changes that it lacks."""
        if self._snapshot is None or self._newest() in (self._generation, self._refused):
            return False
        self._refused = self._newest()
        try:
            return self._take(*self._guarded(self._opened))
        except IndexBroken:
            # What is in memory is whole and complete; the next writer builds a new generation.
            return False

    def _take(self, fresh: Snapshot, generation: str) -> bool:
        before = self._open()
        if fresh.sequence > before.sequence:
            # Taken once the changes before it have come by.
            self._refused = ""
            return False
        for record_id, document, number in before.overlay.after(fresh.sequence):
            fresh.apply(record_id, document, number)
        fresh.sequence = before.sequence
        self._snapshot, self._generation = fresh, generation
        return True

    def limit(self, budget: Budget) -> None:
        self._budget = budget

    def match(self, query: Query, limit: int | None = None) -> Matches:
        weights, budget = self._analyser.weights, self._budget
        found = self._guarded(lambda: matching.match(self._open(), query, weights, budget))
        return found if limit is None else matching.best(found, limit)

    def suggest(self, prefix: str, limit: int) -> tuple[str, ...]:
        return self._guarded(lambda: self._suggested(prefix, limit))

    def correct(self, word: str) -> str | None:
        return self._guarded(lambda: self._corrected(word))

    def knows(self, token: str) -> bool:
        """Whether the token occurs in any record."""
        return self._guarded(lambda: self._open().knows(token))

    def explain(self, query: Query, record_id: int) -> Explanation:
        return self._guarded(lambda: explain(self._open(), query, record_id, self._analyser.weights))

    def apply(self, changes: Sequence[Change], records: Mapping[int, Record]) -> None:
        snapshot = self._open()
        newest = {change.initiative_id: change.sequence for change in changes}
        for record_id, number in newest.items():
            record = records.get(record_id)
            document = self._analyser.document(record) if record else None
            snapshot.apply(record_id, document, number)

    def commit(self, lock: AbstractContextManager[object] = nullcontext()) -> bool:  # noqa: B008
        with self._folder.writing():
            current = self._folder.current()
            # What is built on damage would pass for whole.
            manifest = self._folder.verified(current)
            if (manifest.schema, manifest.database) != (self._schema, self._database):
                # Processes of another version use it now; the next one of ours to start makes its own.
                return False
            with lock:
                pending = Pending.of(self._open(), manifest.sequence)
            if pending.changed:
                self._write_changes(current, pending)
        if self._newest() != self._generation:
            fresh = self._guarded(self._opened)
            with lock:
                self._take(*fresh)
        return bool(pending.changed)

    def rebuild(self, records: Iterable[Record], sequence: int) -> int:
        count = self.write(records, sequence)
        self.open()
        return count

    def write(self, records: Iterable[Record], sequence: int) -> int:
        """A new index on disk; answers come from the old one until `open`."""
        with self._folder.writing(), self._folder.generation() as folder:
            count, spellings = write_index(folder, records, self._analyser)
            self._analyser.forget_words()
            write_spellings(folder, sorted(spellings))
            self._take_in_use(folder, sequence, count)
        return count

    def sequence(self) -> int:
        return self._snapshot.sequence if self._snapshot else 0

    def health(self) -> Health:
        if self._snapshot is None:
            return Health(0, 0, self._problem)
        changes = len(self._snapshot.overlay.documents)
        segments = self._snapshot.segments
        details = {"generation": self._generation, "segments": segments, "changes": changes}
        return Health(self._snapshot.sequence, self._snapshot.count, details=details)

    def _newest(self) -> str:
        try:
            return self._folder.current().name
        except IndexBroken:
            return self._generation

    def _open(self) -> Snapshot:
        if self._snapshot is None:
            raise IndexBroken(self._problem)
        return self._snapshot

    def _opened(self) -> tuple[Snapshot, str]:
        folder = self._folder.current()
        manifest = read_manifest(folder)
        if manifest.schema != self._schema:
            raise IndexBroken("the index was made by another version")
        if manifest.database != self._database:
            raise IndexBroken("the index belongs to another database")
        storage = self._storage(folder, manifest)
        reader = FileIndex(storage, indexname=INDEX_NAME).reader()
        segments = [Segment(leaf) for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
        snapshot = Snapshot(segments, manifest.sequence, read_spellings(folder))
        if snapshot.count != manifest.records:
            raise IndexBroken(f"the index has {snapshot.count} records instead of {manifest.records}")
        return snapshot, folder.name

    def _storage(self, folder: Path, manifest: Manifest) -> Storage:
        if sum(size for size, _ in manifest.files.values()) > IN_MEMORY:
            self._folder.verified(folder)
            return FileStorage(str(folder), readonly=True)
        storage = RamStorage()
        for name, (_, checksum) in manifest.files.items():
            storage.files[name] = (folder / name).read_bytes()
            if zlib.crc32(storage.files[name]) != checksum:
                raise IndexBroken(f"the index file {name} is damaged")
        return storage

    def _write_changes(self, current: Path, pending: "Pending") -> None:
        with self._folder.generation(like=current) as folder:
            writer = FileIndex(FileStorage(str(folder)), indexname=INDEX_NAME).writer(codec=codec())
            for record_id, document, _ in pending.changed:
                writer.delete_by_term(KEY, str(record_id))
                if document is not None:
                    writer.add_document(**values_of(document))
            writer.commit()
            write_spellings(folder, pending.spellings)
            self._take_in_use(folder, pending.sequence, pending.count)

    def _take_in_use(self, folder: Path, sequence: int, count: int) -> None:
        for leftover in folder.glob(LEFTOVERS):
            leftover.unlink()
        self._folder.take_in_use(folder, Manifest(sequence, self._database, self._schema, count))

    def _suggested(self, prefix: str, limit: int) -> tuple[str, ...]:
        snapshot = self._open()
        words = snapshot.beginning_with(prefix)
        return tuple(sorted(words, key=lambda word: (-len(snapshot.spelled(word)), word))[:limit])

    def _corrected(self, word: str) -> str | None:
        snapshot = self._open()
        if snapshot.is_spelled(word):
            return None
        return nearest(word, snapshot.spellings, lambda other: len(snapshot.spelled(other)), self._budget)

    def _guarded(self, deed: Callable[[], Answer]) -> Answer:
        """A damaged file can raise anything; it all means the same."""
        try:
            return deed()
        except IndexBroken as error:
            self._problem = str(error)
            raise
        except Exception as error:
            log.exception("the index cannot be read")
            self._problem = f"the index cannot be read: {error!r}"
            raise IndexBroken(self._problem) from error


@dataclass(frozen=True, slots=True)
class Pending:
    """What must be written, as it was at one moment."""

    changed: list[tuple[int, Document | None, int]]
    spellings: list[str]
    sequence: int
    count: int

    @classmethod
    def of(cls, snapshot: Snapshot, written: int) -> "Pending":
        changed = list(snapshot.overlay.after(written))
        spellings = list(snapshot.spellings) if changed else []
        return cls(changed, spellings, snapshot.sequence, snapshot.count)


def schema_name(analyser: Analyser) -> str:
    """Changes with all that decides what is stored: format, steps, weights and the words themselves."""
    return f"{FORMAT}-{analyser.fingerprint}"
