"""What lies in a folder of data, with a hash of each file, so that anybody can see that it is whole."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kb.exchange.edition import LICENCE

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
PIECE = 1024 * 1024


@dataclass(slots=True)
class Manifest:
    """Fills while files are written; `write` closes it with the two lists themselves."""

    title: str
    made_at: datetime
    address: str
    records: int = 0
    files: dict[str, tuple[int, str, str]] = field(default_factory=dict)

    def note(self, folder: Path, name: str, media_type: str) -> None:
        path = folder / name
        self.files[name] = (path.stat().st_size, hash_of_file(path), media_type)

    def write(self, folder: Path) -> None:
        document = {
            "titel": self.title,
            "gemaakt": self.made_at.isoformat(),
            "portaal": self.address,
            "licentie": LICENCE,
            "initiatieven": self.records,
            "bestanden": [
                {"naam": name, "bytes": size, "sha256": digest, "soort": kind}
                for name, (size, digest, kind) in sorted(self.files.items())
            ],
        }
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        (folder / MANIFEST).write_text(text, encoding="utf-8")
        # As `sha256sum --check` reads it.
        sums = "".join(f"{digest}  {name}\n" for name, (_size, digest, _kind) in sorted(self.files.items()))
        (folder / SUMS).write_text(sums, encoding="utf-8")


def hash_of_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
