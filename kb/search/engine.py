"""What every search engine can do. Facets, filters, totals and paging stand above it, the same for all."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kb.domain.reasons import Explanation
from kb.domain.search import Change, Record
from kb.search.budget import Budget
from kb.search.found import Health
from kb.search.id_sets import Ids
from kb.search.query import Query

__all__ = ["Engine", "Ids", "IndexBroken", "IndexBusy", "Matches", "Scores"]

Scores = npt.NDArray[np.float32]


class IndexBroken(Exception):  # noqa: N818 (says what happened)
    """The index cannot be used, whatever the reason. It is a cache: rebuild it from the database."""


class IndexBusy(Exception):  # noqa: N818
    """Another process is writing the index."""


@dataclass(frozen=True, slots=True)
class Matches:
    """The records that answer a query, by ascending id, each with its score, as they were at `sequence`.

    `any_word`: too few had most of the words, so one word was enough. `partial`: time was up.
    """

    sequence: int
    ids: Ids
    scores: Scores
    any_word: bool = False
    partial: bool = False


class Engine(Protocol):
    """An index of the records. `match`, `suggest`, `correct`, `knows` and `explain` raise IndexBroken."""

    def open(self) -> None:
        """Takes the index as it was written last; raises IndexBroken, and then has no index."""

    def renew(self) -> bool:
        """Takes what another process wrote, keeping changes that it lacks; False when nothing is newer."""

    def limit(self, budget: Budget) -> None:
        """What `match`, `correct` and `knows` are asked from now on may cost this much together."""

    def match(self, query: Query, limit: int | None = None) -> Matches:
        """All records that answer the query, or the best `limit` of them; those found in time."""

    def suggest(self, prefix: str, limit: int) -> tuple[str, ...]:
        """Words in the records that begin like this, the most common first."""

    def correct(self, word: str) -> str | None:
        """The word that was probably meant, None for a word that occurs or resembles nothing."""

    def knows(self, token: str) -> bool:
        """Whether the token occurs in any record."""

    def explain(self, query: Query, record_id: int) -> Explanation:
        """What each part of the query added to the score of one record."""

    def apply(self, changes: Sequence[Change], records: Mapping[int, Record]) -> None:
        """Shows these changes at once; a changed record that is not in `records` is withdrawn."""

    def commit(self, lock: AbstractContextManager[object] = nullcontext()) -> bool:  # noqa: B008 (holds nothing)
        """Writes what was applied into the index; False when there was nothing to write.

        Others may search and apply meanwhile: `lock` is theirs, and is held only to look and to swap.
        Raises IndexBusy when another process is writing."""

    def rebuild(self, records: Iterable[Record], sequence: int) -> int:
        """A new index in the place of the old one, which answers until then; the number of records."""

    def write(self, records: Iterable[Record], sequence: int) -> int:
        """The same, but the old index answers until `open`."""

    def sequence(self) -> int:
        """The last change that is visible."""

    def health(self) -> Health: ...
