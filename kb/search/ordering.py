"""The order of results: by score, evidence, date of publishing or of confirming."""

import numpy as np
import numpy.typing as npt

from kb.domain.search import Record, Sort
from kb.search.array_file import Array, Arrays
from kb.search.engine import Ids, Scores

# Digits of a moment that count: year to second.
MOMENT_DIGITS = 14
SPARE_IDS = 1_024
# Sorting all is as quick as finding the best when these are more than a part of all.
PART = 4

Keys = npt.NDArray[np.int64]


class Ordering:
    """What records are sorted by, a slot for each id. Updated in place; the catalogue holds a lock."""

    def __init__(self) -> None:
        self._keys: dict[Sort, Keys] = {
            sort: np.zeros(SPARE_IDS, np.int64) for sort in (Sort.EVIDENCE, Sort.NEWEST, Sort.CONFIRMED)
        }

    @classmethod
    def read(cls, arrays: Arrays) -> "Ordering":
        ordering = cls()
        ordering._keys = {sort: arrays[f"order.{sort.value}"].copy() for sort in ordering._keys}
        return ordering

    def arrays(self) -> dict[str, Array]:
        """All of it, as `read` takes it."""
        return {f"order.{sort.value}": keys for sort, keys in self._keys.items()}

    def put(self, record: Record) -> None:
        known = len(self._keys[Sort.NEWEST])
        if record.id >= known:
            more = np.zeros(max(known, record.id + SPARE_IDS - known), np.int64)
            self._keys = {sort: np.concatenate((keys, more)) for sort, keys in self._keys.items()}
        self._keys[Sort.EVIDENCE][record.id] = record.trede
        self._keys[Sort.NEWEST][record.id] = _moment(record.published)
        self._keys[Sort.CONFIRMED][record.id] = _moment(record.confirmed)

    def first(
        self, ids: Ids, sort: Sort, scores: Scores | None, number: int | None = None
    ) -> npt.NDArray[np.intp]:
        """Where the first `number` of the ids stand, in order; equals by newest, then by id."""
        main = self._main(ids, sort, scores)
        if number is None or number * PART >= len(ids):
            return self._sorted(ids, main)[:number]
        border = np.partition(main, len(main) - number)[len(main) - number]
        near = np.flatnonzero(main >= border)
        return near[self._sorted(ids[near], main[near])[:number]]

    def raised(self, ids: Ids, scores: Scores, evidence: float, recency: float) -> Scores:
        """Scores with a small share for evidence and for being new: it settles what is all but equal."""
        if not len(ids):
            return scores
        moments = self._keys[Sort.NEWEST][ids]
        oldest = int(moments.min())
        freshness = (moments - oldest) / max(1, int(moments.max()) - oldest)
        share = 1 + evidence * self._keys[Sort.EVIDENCE][ids] / 5 + recency * freshness
        return (scores * share).astype(np.float32)

    def _main(self, ids: Ids, sort: Sort, scores: Scores | None) -> Scores | Keys:
        """What this sort looks at first; without words relevance is newness."""
        if sort is not Sort.RELEVANCE:
            return self._keys[sort][ids]
        return self._keys[Sort.NEWEST][ids] if scores is None else scores

    def _sorted(self, ids: Ids, main: Scores | Keys) -> npt.NDArray[np.intp]:
        return np.lexsort((ids, -self._keys[Sort.NEWEST][ids], -main))


def _moment(iso: str) -> int:
    """A day or a moment as a number that sorts; 0 for none."""
    digits = "".join(c for c in iso.partition("+")[0] if c.isdigit())
    return int(digits[:MOMENT_DIGITS].ljust(MOMENT_DIGITS, "0")) if digits else 0
