"""All words of an index as they are spelled, in order, in a file of its own.

Whoosh would list its terms a hundred times as slowly."""

from collections.abc import Iterable
from pathlib import Path

NAME = "spellings.txt"


def write_spellings(folder: Path, spellings: Iterable[str]) -> None:
    # Its own file: a file of the generation before is shared with it and must stay as it is.
    (folder / NAME).unlink(missing_ok=True)
    (folder / NAME).write_text("\n".join(spellings), encoding="utf-8")


def read_spellings(folder: Path) -> list[str]:
    return list(filter(None, (folder / NAME).read_text(encoding="utf-8").split("\n")))
