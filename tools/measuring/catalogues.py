"""Made-up catalogues on disk, with a database as the portal has it; made once and kept for a next run."""

import hashlib
import shutil
from pathlib import Path

import generated
from generated import Generator, read_vocabulary

from kb.paths import asset_dir
from kb.runtime import Runtime
from kb.schemas.vocabulary import read_vocabularies
from kb.services import seeding
from kb.settings import Settings
from kb.storage.migrating import newest_version
from measuring import filling, rows
from measuring.filling import fill

STAMP = "made-by"
PLACE = Path("var")


def prepared(size: int) -> Path:
    """The data folder of a catalogue of this size, without an index."""
    folder = PLACE / f"bench-{size}"
    stamp = folder / STAMP
    if not stamp.exists() or stamp.read_text(encoding="ascii") != _stamp(size):
        shutil.rmtree(folder, ignore_errors=True)
        _make(folder, size)
        stamp.write_text(_stamp(size), encoding="ascii")
    shutil.rmtree(folder / "index", ignore_errors=True)
    return folder


def _make(folder: Path, size: int) -> None:
    runtime = Runtime(Settings(data_dir=folder))
    runtime.prepare()
    with runtime.work(writing=True) as work:
        seeding.load_vocabularies(work, read_vocabularies(asset_dir("seed_data") / "vocabularies"))
    fill(runtime, Generator(read_vocabulary(), size))
    runtime.close()


def _stamp(size: int) -> str:
    """Changes with whatever decides what is in the database."""
    total = hashlib.sha256(f"{size} {newest_version()}".encode())
    for module in (generated, filling, rows):
        total.update(Path(str(module.__file__)).read_bytes())
    return total.hexdigest()
