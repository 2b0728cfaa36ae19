"""What is counted once for each generation of the data, and amended for the few initiatives that changed."""

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from kb.search.catalogue import Catalogue
from kb.services.work import Work
from kb.storage.changes import changes_after, newest_sequence

T = TypeVar("T")
Ids = frozenset[int]
# When more initiatives changed than this, all is counted anew.
MOST_AMENDED = 300


class Generations(Generic[T]):
    """One value for all requests until the data change.

    `make` counts everything. `amend` gets the value of before and the initiatives that changed since; without
    it everything is counted anew. A generation has the number of the newest change that this transaction
    sees, whatever other requests know by now.
    """

    def __init__(self, make: Callable[[Work], T], amend: Callable[[Work, T, Ids], T] | None = None) -> None:
        self._make, self._amend = make, amend
        self._kept: WeakKeyDictionary[Catalogue, tuple[int, T]] = WeakKeyDictionary()

    def now(self, work: Work) -> T:
        sequence, kept = newest_sequence(work.session), self._kept.get(work.catalogue)
        if kept is None or kept[0] < sequence:
            kept = (sequence, self._renewed(work, kept))
            self._kept[work.catalogue] = kept
        return kept[1]

    def _renewed(self, work: Work, kept: tuple[int, T] | None) -> T:
        if kept is None or self._amend is None:
            return self._make(work)
        changed = frozenset(each.initiative_id for each in changes_after(work.session, kept[0]))
        if len(changed) > MOST_AMENDED:
            return self._make(work)
        return self._amend(work, kept[1], changed)
