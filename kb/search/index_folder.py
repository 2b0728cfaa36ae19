"""The index on disk: whole generations side by side, and a pointer file that names the one in use."""

import fcntl
import json
import os
import secrets
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kb.search.engine import IndexBroken, IndexBusy

POINTER = "current"
LOCK = "lock"
MANIFEST = "manifest.json"
PREFIX = "generation-"
READ_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds: of which database and format, up to which change, in which files.

    `files` gives size and checksum; a file that differs is damaged."""

    sequence: int
    database: str
    schema: str
    records: int
    files: dict[str, tuple[int, int]] = field(default_factory=dict)


class IndexFolder:
    """Generations are never changed once they are in use, so readers need no lock; writers take one."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def current(self) -> Path:
        """The folder of the generation in use; raises IndexBroken when there is none."""
        try:
            name = (self.path / POINTER).read_text(encoding="ascii").strip()
        except (OSError, ValueError) as error:
            raise IndexBroken(f"no index in {self.path}") from error
        folder = self.path / name
        if not name.startswith(PREFIX) or "/" in name or not folder.is_dir():
            raise IndexBroken(f"the index names generation {name!r}, which is not there")
        return folder

    def verified(self, folder: Path) -> Manifest:
        """The manifest, after every file of the generation was compared with it."""
        manifest = read_manifest(folder)
        for name, (size, checksum) in manifest.files.items():
            try:
                found = (os.path.getsize(folder / name), checksum_of(folder / name))
            except OSError as error:
                raise IndexBroken(f"the index lacks {name}") from error
            if found != (size, checksum):
                raise IndexBroken(f"the index file {name} is damaged")
        return manifest

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the lock that one process at a time may have; it goes with the process."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / LOCK).open("a") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise IndexBusy("another process is writing the index") from error
            yield

    @contextmanager
    def generation(self, like: Path | None = None) -> Iterator[Path]:
        """A folder for a new generation, empty or with the files of another; it goes when writing fails."""
        folder = self._fresh()
        try:
            if like is not None:
                _share(like, folder)
            yield folder
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def _fresh(self) -> Path:
        """An empty folder; what an interrupted writer left behind is removed."""
        in_use = self._named()
        for old in self.path.glob(f"{PREFIX}*"):
            if old.name != in_use and not (old / MANIFEST).exists():
                shutil.rmtree(old, ignore_errors=True)
        folder = self.path / f"{PREFIX}{secrets.token_hex(6)}"
        folder.mkdir()
        return folder

    def take_in_use(self, folder: Path, manifest: Manifest) -> None:
        """Writes the manifest and points here in one step; the generation before stays for its readers."""
        names = sorted(each.name for each in folder.iterdir() if each.is_file())
        files = {name: (os.path.getsize(folder / name), checksum_of(folder / name)) for name in names}
        complete = Manifest(manifest.sequence, manifest.database, manifest.schema, manifest.records, files)
        (folder / MANIFEST).write_text(json.dumps(asdict(complete)), encoding="ascii")
        before = self._named()
        pointer = self.path / f".{POINTER}.{secrets.token_hex(4)}"
        pointer.write_text(folder.name, encoding="ascii")
        pointer.replace(self.path / POINTER)
        for old in self.path.glob(f"{PREFIX}*"):
            if old.name not in (before, folder.name):
                shutil.rmtree(old, ignore_errors=True)

    def _named(self) -> str:
        try:
            return (self.path / POINTER).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return ""


def _share(source: Path, target: Path) -> None:
    """The same files in both folders, which writers never change in place."""
    for name in read_manifest(source).files:
        try:
            os.link(source / name, target / name)
        except OSError:
            # Not every file system knows links.
            shutil.copy2(source / name, target / name)


def read_manifest(folder: Path) -> Manifest:
    try:
        entries = json.loads((folder / MANIFEST).read_text(encoding="ascii"))
        files = {str(name): (int(size), int(checksum)) for name, (size, checksum) in entries["files"].items()}
        return Manifest(
            int(entries["sequence"]), entries["database"], entries["schema"], int(entries["records"]), files
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexBroken("the manifest of the index cannot be read") from error


def checksum_of(path: Path) -> int:
    total = 0
    with path.open("rb") as handle:
        while block := handle.read(READ_AT_ONCE):
            total = zlib.crc32(block, total)
    return total
