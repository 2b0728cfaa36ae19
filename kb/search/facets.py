"""Filters and counts over sets of record ids: bitmaps to choose with, and tables to count with."""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from kb.domain.search import Facet, Record, Search
from kb.search.array_file import Array, Arrays, arrays_of, texts_in
from kb.search.id_sets import bitmap_of, ids_in
from kb.search.tallies import Numbers, Table

# So many changed records are counted one by one before the tables are made anew.
MOST_CHANGED = 500


class Counts(Mapping[str, int]):
    """The codes that occur with their numbers; spelled out when somebody looks."""

    def __init__(self, codes: list[str], numbers: Numbers) -> None:
        self._codes = codes
        self._numbers = numbers
        self._spelled: dict[str, int] | None = None

    def __getitem__(self, code: str) -> int:
        return self._spell()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._spell())

    def __len__(self) -> int:
        return int(np.count_nonzero(self._numbers))

    def __eq__(self, other: object) -> bool:
        return self._spell() == other if isinstance(other, dict) else super().__eq__(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._spell())

    def _spell(self) -> dict[str, int]:
        if self._spelled is None:
            occurring = np.flatnonzero(self._numbers)
            codes = (self._codes[number] for number in occurring.tolist())
            self._spelled = dict(zip(codes, self._numbers[occurring].tolist(), strict=True))
        return self._spelled


class Base(NamedTuple):
    """Records to count among; `others` are all the rest, when those are fewer."""

    records: BitMap
    others: BitMap | None


class Bitmaps:
    """The facets of all published records. Updated in place; the catalogue holds a lock."""

    def __init__(self) -> None:
        self.all = BitMap()
        self._national = BitMap()
        self._codes: dict[Facet, list[str]] = {facet: [] for facet in Facet}
        self._values: dict[Facet, dict[str, tuple[int, BitMap]]] = {facet: {} for facet in Facet}
        self._tables: dict[Facet, Table] = {facet: Table() for facet in Facet}
        self._changed: dict[int, dict[Facet, list[int]]] = {}
        # How many of all records have each value, from when somebody asks until something changes.
        self._totals: dict[Facet, Numbers] = {}

    @classmethod
    def build(cls, records: Iterable[Record]) -> "Bitmaps":
        bitmaps = cls()
        for record in records:
            bitmaps.put(record)
        return bitmaps

    @classmethod
    def read(cls, arrays: Arrays) -> "Bitmaps":
        """What `arrays` gave; the tables are read where they stand."""
        bitmaps = cls()
        bitmaps.all, bitmaps._national = (bitmap_of(arrays[name]) for name in ("all", "national"))
        for facet in Facet:
            table = bitmaps._tables[facet] = Table.read(arrays, facet.value)
            codes = bitmaps._codes[facet] = texts_in(arrays, f"{facet.value}.codes").all()
            each = (bitmap_of(table.records(number)) for number in range(len(codes)))
            bitmaps._values[facet] = dict(zip(codes, enumerate(each), strict=True))
        return bitmaps

    def arrays(self) -> dict[str, Array]:
        """All of it, as `read` takes it."""
        self._settle()
        arrays: dict[str, Array] = {"all": ids_in(self.all), "national": ids_in(self._national)}
        for facet in Facet:
            arrays |= self._tables[facet].arrays(facet.value)
            arrays |= arrays_of(f"{facet.value}.codes", self._codes[facet])
        return arrays

    def put(self, record: Record) -> None:
        """Adds a record, or puts its newer version in the place of the older."""
        self.remove(record.id)
        self._totals = {}
        self.all.add(record.id)
        if record.national:
            self._national.add(record.id)
        self._changed[record.id] = {
            facet: [self._number(facet, code, record.id) for code in codes]
            for facet, codes in record.facets.items()
        }

    def remove(self, record_id: int) -> None:
        if record_id not in self.all:
            return
        self._totals = {}
        for facet, numbers in self._numbers_of(record_id).items():
            for number in numbers:
                self._values[facet][self._codes[facet][number]][1].discard(record_id)
        self.all.discard(record_id)
        self._national.discard(record_id)
        self._changed[record_id] = {}

    def codes(self, facet: Facet) -> list[str]:
        """All codes of a facet, also those that nothing has any more."""
        return self._codes[facet]

    def having(self, facet: Facet, code: str) -> BitMap:
        found = self._values[facet].get(code)
        return found[1] if found else BitMap()

    def filtered(self, search: Search, *, without: Facet | None = None) -> BitMap | None:
        """The records that the choices leave, None for all; `without` leaves the choice of one facet out."""
        chosen = [
            self._chosen(facet, codes, national=search.include_national)
            for facet, codes in search.filters.items()
            if codes and facet is not without
        ]
        return reduce(BitMap.intersection, chosen) if chosen else None

    def results(self, search: Search, matched: BitMap | None) -> BitMap:
        return self._narrowed(matched, self.filtered(search))

    def counts(self, search: Search, matched: BitMap | None) -> dict[Facet, Counts]:
        """For each facet how many of the matched records each code has, its own choice left out.

        With national initiatives included, a region counts them too: it is what choosing it would give."""
        if len(self._changed) > MOST_CHANGED:
            self._settle()
        everything = self._base(matched, search)
        counts = {}
        for facet in Facet:
            base = self._base(matched, search, facet) if search.filters.get(facet) else everything
            numbers = self._numbers_in(facet, base)
            if facet is Facet.REGION and search.include_national:
                numbers = self._with_national(numbers, base.records)
            counts[facet] = Counts(self._codes[facet], numbers)
        return counts

    def _base(self, matched: BitMap | None, search: Search, without: Facet | None = None) -> "Base":
        records = self._narrowed(matched, self.filtered(search, without=without))
        return Base(records, self.all - records if 2 * len(records) > len(self.all) else None)

    def _numbers_in(self, facet: Facet, base: "Base") -> Numbers:
        """Of the larger part: what all have, less what the others have."""
        if base.others is None:
            return self._counted(facet, base.records)
        if facet not in self._totals:
            self._totals[facet] = self._counted(facet, self.all)
        return self._totals[facet] - self._counted(facet, base.others)

    def _counted(self, facet: Facet, base: BitMap) -> Numbers:
        table, bitmaps = self._tables[facet], self._values[facet]
        numbers = np.zeros(len(bitmaps), np.int64)
        if table.prefers_bitmaps(len(base)):
            numbers[:] = [base.intersection_cardinality(records) for _, records in bitmaps.values()]
            return numbers
        changed = base & BitMap(self._changed)
        unchanged = base - changed if changed else base
        counted = table.counted(ids_in(unchanged))
        numbers[: len(counted)] = counted
        for record_id in changed:
            for number in self._changed[record_id].get(facet, ()):
                numbers[number] += 1
        return numbers

    def _with_national(self, numbers: Numbers, base: BitMap) -> Numbers:
        """For each region that occurs: those of the whole country as well."""
        everywhere = base & self._national
        already = self._counted(Facet.REGION, everywhere)
        return np.where(numbers > 0, numbers + len(everywhere) - already, 0)

    def _chosen(self, facet: Facet, codes: Iterable[str], *, national: bool) -> BitMap:
        chosen = BitMap.union(BitMap(), *(self.having(facet, code) for code in codes))
        return chosen | self._national if national and facet is Facet.REGION else chosen

    def _narrowed(self, matched: BitMap | None, filtered: BitMap | None) -> BitMap:
        base = self.all if matched is None else matched & self.all
        return base if filtered is None else base & filtered

    def _number(self, facet: Facet, code: str, record_id: int) -> int:
        """The number of a code, which now has this record."""
        found = self._values[facet].get(code)
        if found is None:
            found = (len(self._codes[facet]), BitMap())
            self._values[facet][code] = found
            self._codes[facet].append(code)
        found[1].add(record_id)
        return found[0]

    def _numbers_of(self, record_id: int) -> Mapping[Facet, list[int]]:
        changed = self._changed.get(record_id)
        if changed is not None:
            return changed
        return {facet: table.row(record_id) for facet, table in self._tables.items()}

    def _settle(self) -> None:
        """Makes the tables anew, from the bitmaps that are always up to date."""
        size = (self.all.max() if self.all else 0) + 1
        for facet, values in self._values.items():
            self._tables[facet] = Table.of([ids_in(records) for _, records in values.values()], size)
        self._changed = {}
