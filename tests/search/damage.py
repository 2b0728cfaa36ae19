"""What can happen to the files of an index."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.search.index_folder import IndexFolder

NOBODY = 65534


def index_files(folder):
    return sorted(path for path in IndexFolder(folder).current().iterdir() if path.name != "manifest.json")


def _segment(folder):
    return next(path for path in index_files(folder) if path.suffix == ".seg")


def _toc(folder):
    return next(path for path in index_files(folder) if path.suffix == ".toc")


def _flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def _another_schema(folder):
    path = IndexFolder(folder).current() / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "schema": "9-x"}))


DAMAGE = {
    "folder gone": shutil.rmtree,
    "pointer gone": lambda folder: (folder / "current").unlink(),
    "pointer garbled": lambda folder: (folder / "current").write_bytes(b"\xff\xfe../.."),
    "segment gone": lambda folder: _segment(folder).unlink(),
    "segment emptied": lambda folder: _segment(folder).write_bytes(b""),
    "segment cut": lambda folder: os.truncate(_segment(folder), 300),
    "segment garbled": lambda folder: _flip(_segment(folder)),
    "contents gone": lambda folder: _toc(folder).unlink(),
    "contents emptied": lambda folder: _toc(folder).write_bytes(b""),
    "contents cut": lambda folder: os.truncate(_toc(folder), 20),
    "contents garbled": lambda folder: _flip(_toc(folder)),
    "manifest garbled": lambda folder: (IndexFolder(folder).current() / "manifest.json").write_text("[]"),
    "another schema": _another_schema,
}


@contextmanager
def read_only_folder() -> Iterator[Path]:
    """A place where an index can be made, and that nobody may write in once it is `locked`."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    try:
        yield place
    finally:
        place.chmod(0o755)
        shutil.rmtree(place)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nothing in this folder can be written; root may do so anyway, and therefore steps aside."""
    parts = [folder, *(each for each in folder.rglob("*") if each.is_dir())]
    for each in parts:
        each.chmod(0o555)
    for each in folder.rglob("*"):
        if each.is_file():
            each.chmod(0o444)
    is_root = os.geteuid() == 0
    try:
        if is_root:
            os.seteuid(NOBODY)
        yield
    finally:
        if is_root:
            os.seteuid(0)
        for each in parts:
            each.chmod(0o755)
        for each in folder.rglob("*"):
            if each.is_file():
                each.chmod(0o644)
