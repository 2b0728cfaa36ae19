"""The published catalogue as search sees it: one engine, the bitmaps and the order of everything."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from kb.domain.search import Change, Record, Search
from kb.domain.terms import Vocabulary
from kb.search.found import Found, Health, Piece, Reason, Suggestion


class Catalogue:
    """Used by all threads of a process. The index folder is shared by all processes.

    Start with `load`; before each search compare `sequence` with the newest change and `catch_up`.
    """

    def __init__(self, folder: Path, *, language_dir: Path, vocabulary: Vocabulary, database_id: str) -> None: ...

    def load(
        self,
        records: Iterable[Record],
        sequence: int,
        changes_after: Callable[[int], Sequence[Change]],
    ) -> bool:
        """Reads all published records as they are at `sequence`, and opens the index.

        False when the index is missing, broken or of something else: call `rebuild`; until then a plain
        search answers. `changes_after` gives the changes that the index may have missed."""

    def rebuild(self, records: Iterable[Record], sequence: int) -> int:
        """Writes a new index and takes it in use; raises IndexBusy when another process does so."""

    def catch_up(self, changes: Sequence[Change], records: Mapping[int, Record]) -> None:
        """Applies changes; a changed initiative that is not in `records` is no longer public."""

    def commit(self) -> bool:
        """Writes applied changes into the index folder; raises IndexBusy."""

    @property
    def sequence(self) -> int:
        """The newest change that answers know of."""

    def search(self, search: Search, language: str = "nl") -> Found: ...

    def ids(self, search: Search, language: str = "nl") -> tuple[int, ...]:
        """All results in order, for exports and maps."""

    def suggest(self, words: str, language: str = "nl", limit: int = 10) -> tuple[Suggestion, ...]: ...

    def explain(self, search: Search, record_id: int, language: str = "nl") -> tuple[Reason, ...]: ...

    def mark(self, text: str, found: Found) -> tuple[Piece, ...]:
        """The whole text with what was looked for marked."""

    def snippet(self, text: str, found: Found, length: int = 240) -> tuple[Piece, ...]:
        """The stretch of the text with most of what was looked for, marked."""

    def health(self) -> Health: ...
