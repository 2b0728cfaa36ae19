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

# The highest level of evidence.
MOST_EVIDENCE = 5

Keys = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]


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

    def first(self, ids: Ids, sort: Sort, scores: Scores | None, number: int | None = None) -> Places:
        """Where the first `number` of the ids, which ascend, stand in order; equals by newest, then by id."""
        main = self._main(ids, sort, scores)
        if number is None or number * PART >= len(ids):
            return self._sorted(ids, main)[:number]
        above, level = _around(main, number)
        if len(level) > number - len(above):
            # Thousands may be as good: with a beginning of a word all are.
            newest, as_new = _around(self._keys[Sort.NEWEST][ids[level]], number - len(above))
            level = level[np.concatenate((newest, as_new[: number - len(above) - len(newest)]))]
        near = np.sort(np.concatenate((above, level)))
        return near[self._sorted(ids[near], main[near])[:number]]

    def first_raised(
        self, ids: Ids, scores: Scores, number: int | None, evidence: float, recency: float
    ) -> tuple[Places, Scores]:
        """Where the first `number` stand by their scores raised, and those scores."""
        near = _within_reach(scores, number, 1 + evidence + recency)
        raised = self.raised(ids, scores, near, evidence, recency)
        first = self.first(ids[near], Sort.RELEVANCE, raised, number)
        return near[first], raised[first]

    def raised(self, ids: Ids, scores: Scores, places: Places, evidence: float, recency: float) -> Scores:
        """The scores at these places, with a small share for evidence and for being new among all of these
        ids: it settles what is all but equal."""
        if not len(places):
            return scores[places]
        moments = self._keys[Sort.NEWEST][ids]
        oldest, newest = int(moments.min()), int(moments.max())
        freshness = (moments[places] - oldest) / max(1, newest - oldest)
        share = 1 + evidence * self._keys[Sort.EVIDENCE][ids[places]] / MOST_EVIDENCE + recency * freshness
        return (scores[places] * share).astype(np.float32)

    def _main(self, ids: Ids, sort: Sort, scores: Scores | None) -> Scores | Keys:
        """What this sort looks at first; without words relevance is newness."""
        if sort is not Sort.RELEVANCE:
            return self._keys[sort][ids]
        return self._keys[Sort.NEWEST][ids] if scores is None else scores

    def _sorted(self, ids: Ids, main: Scores | Keys) -> Places:
        return np.lexsort((ids, -self._keys[Sort.NEWEST][ids], -main))


def _around(keys: Scores | Keys, number: int) -> tuple[Places, Places]:
    """Where those stand that are above the last of the `number` highest, and those that are as high."""
    border = np.partition(keys, len(keys) - number)[len(keys) - number]
    return np.flatnonzero(keys > border), np.flatnonzero(keys == border)


def _within_reach(scores: Scores, number: int | None, most: float) -> Places:
    """Where those stand that can be among the first `number` when a score may be raised `most` times."""
    if number is None or number * PART >= len(scores):
        return np.arange(len(scores))
    border = np.partition(scores, len(scores) - number)[len(scores) - number]
    return np.flatnonzero(scores * np.float32(most) >= border)


def _moment(iso: str) -> int:
    """A day or a moment as a number that sorts; 0 for none."""
    digits = "".join(c for c in iso.partition("+")[0] if c.isdigit())
    return int(digits[:MOMENT_DIGITS].ljust(MOMENT_DIGITS, "0")) if digits else 0
