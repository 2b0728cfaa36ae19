"""Filters, counts and order over sets of record ids: one bitmap for each value of each facet."""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from kb.domain.search import Facet, Record, Search, Sort
from kb.search.engine import Ids

# Digits of a moment that count for the order: year to second.
MOMENT_DIGITS = 14
SPARE_IDS = 1_024

Counts = dict[Facet, dict[str, int]]
Keys = npt.NDArray[np.int64]


class Bitmaps:
    """The facets of all published records. Updated in place; the catalogue holds a lock."""

    def __init__(self) -> None:
        self.all = BitMap()
        self._national = BitMap()
        self._values: dict[Facet, dict[str, BitMap]] = {facet: {} for facet in Facet}
        self._codes: dict[int, dict[Facet, frozenset[str]]] = {}
        self._trede: Keys = np.zeros(SPARE_IDS, np.int64)
        self._published: Keys = np.zeros(SPARE_IDS, np.int64)
        self._confirmed: Keys = np.zeros(SPARE_IDS, np.int64)

    @classmethod
    def build(cls, records: Iterable[Record]) -> "Bitmaps":
        bitmaps = cls()
        for record in records:
            bitmaps.put(record)
        return bitmaps

    def put(self, record: Record) -> None:
        """Adds a record, or puts its newer version in the place of the older."""
        self.remove(record.id)
        self.all.add(record.id)
        if record.national:
            self._national.add(record.id)
        self._codes[record.id] = dict(record.facets)
        for facet, codes in record.facets.items():
            for code in codes:
                self._values[facet].setdefault(code, BitMap()).add(record.id)
        self._put_keys(record)

    def remove(self, record_id: int) -> None:
        for facet, codes in self._codes.pop(record_id, {}).items():
            for code in codes:
                self._values[facet][code].discard(record_id)
        self.all.discard(record_id)
        self._national.discard(record_id)

    def having(self, facet: Facet, code: str) -> BitMap:
        return self._values[facet].get(code, BitMap())

    def codes(self, facet: Facet) -> Mapping[str, BitMap]:
        return self._values[facet]

    def filtered(self, search: Search, *, without: Facet | None = None) -> BitMap | None:
        """The records that the choices leave, None for all; `without` leaves the choice of one facet out."""
        chosen = [
            self._chosen(facet, codes, national=search.include_national)
            for facet, codes in search.filters.items()
            if codes and facet is not without
        ]
        return reduce(BitMap.intersection, chosen) if chosen else None

    def counts(self, search: Search, matched: BitMap | None) -> Counts:
        """For each facet how many of the matched records each code has, its own choice left out.

        With national initiatives included, a region counts them too: it is what choosing it would give."""
        everything = self._narrowed(matched, self.filtered(search))
        counts = {}
        for facet in Facet:
            own = search.filters.get(facet)
            base = self._narrowed(matched, self.filtered(search, without=facet)) if own else everything
            counts[facet] = self._counted(facet, base, national=search.include_national)
        return counts

    def results(self, search: Search, matched: BitMap | None) -> BitMap:
        return self._narrowed(matched, self.filtered(search))

    def ordered(self, ids: Ids, sort: Sort, scores: npt.NDArray[np.float32] | None) -> Ids:
        """The ids in the order of this sort; equals by newest, then by id."""
        keys: list[npt.NDArray[Any]] = [ids, -self._published[ids]]
        if sort is Sort.EVIDENCE:
            keys.append(-self._trede[ids])
        elif sort is Sort.CONFIRMED:
            keys.append(-self._confirmed[ids])
        elif sort is Sort.RELEVANCE and scores is not None:
            keys.append(-scores)
        return ids[np.lexsort(keys)]

    def raised(
        self, ids: Ids, scores: npt.NDArray[np.float32], evidence: float, recency: float
    ) -> npt.NDArray[np.float32]:
        """Scores with a small share for evidence and for being new: it settles what is all but equal."""
        if not len(ids):
            return scores
        moments = self._published[ids]
        span = max(1, int(moments.max() - moments.min()))
        freshness = (moments - moments.min()) / span
        raised: npt.NDArray[np.float32] = scores * (1 + evidence * self._trede[ids] / 5 + recency * freshness)
        return raised.astype(np.float32)

    def _chosen(self, facet: Facet, codes: Iterable[str], *, national: bool) -> BitMap:
        chosen = BitMap.union(BitMap(), *(self.having(facet, code) for code in codes))
        return chosen | self._national if national and facet is Facet.REGION else chosen

    def _narrowed(self, matched: BitMap | None, filtered: BitMap | None) -> BitMap:
        base = self.all if matched is None else matched & self.all
        return base if filtered is None else base & filtered

    def _counted(self, facet: Facet, base: BitMap, *, national: bool) -> dict[str, int]:
        found = {}
        add_national = national and facet is Facet.REGION
        everywhere = base & self._national if add_national else BitMap()
        for code, records in self._values[facet].items():
            count = base.intersection_cardinality(records)
            if add_national and count:
                count += len(everywhere) - everywhere.intersection_cardinality(records)
            if count:
                found[code] = count
        return found

    def _put_keys(self, record: Record) -> None:
        if record.id >= len(self._trede):
            more = np.zeros(record.id + SPARE_IDS - len(self._trede), np.int64)
            self._trede = np.concatenate((self._trede, more))
            self._published = np.concatenate((self._published, more))
            self._confirmed = np.concatenate((self._confirmed, more))
        self._trede[record.id] = record.trede
        self._published[record.id] = _moment(record.published)
        self._confirmed[record.id] = _moment(record.confirmed)


def _moment(iso: str) -> int:
    """A day or a moment as a number that sorts; 0 for none."""
    digits = "".join(c for c in iso.partition("+")[0] if c.isdigit())
    return int(digits[:MOMENT_DIGITS].ljust(MOMENT_DIGITS, "0")) if digits else 0
