"""Counting how often each value occurs among some records, by the cheapest of three ways."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kb.search.array_file import Array, Arrays
from kb.search.id_sets import Ids

Numbers = npt.NDArray[np.int64]

# Up to so many records are counted row by row.
FEW_RECORDS = 2_000
# With more records and up to so many values, one intersection of bitmaps for each value is cheaper.
FEW_VALUES = 1_000
# With more values than that: by their rows up to this part of all records, beyond it by columns.
PART = 4


class Table:
    """The values of one facet by record, and the records by value. Never changed, but made anew."""

    def __init__(self) -> None:
        self.values = 0
        self._row_ends: Array = np.zeros(1, np.int32)
        self._by_record: Ids = np.empty(0, np.int32)
        self._value_ends: Array = np.zeros(1, np.int64)
        self._by_value: Ids = np.empty(0, np.int32)
        self._size = 0

    @classmethod
    def of(cls, records: Sequence[Ids], size: int) -> "Table":
        """From the ids that have value 0, 1, 2 and so on; `size` is one more than the highest id."""
        table = cls()
        table.values = len(records)
        table._size = size
        if not records:
            return table
        lengths = [len(ids) for ids in records]
        table._by_value = np.concatenate(records)
        table._value_ends = np.concatenate(([0], np.cumsum(lengths)))
        values = np.repeat(np.arange(len(records), dtype=np.int32), lengths)
        order = np.argsort(table._by_value, kind="stable")
        table._by_record = values[order]
        row_ends = np.cumsum(np.bincount(table._by_value, minlength=size))
        table._row_ends = np.concatenate(([0], row_ends)).astype(np.int32)
        return table

    @classmethod
    def read(cls, arrays: Arrays, name: str) -> "Table":
        table = cls()
        table._row_ends, table._by_record = arrays[f"{name}.row_ends"], arrays[f"{name}.by_record"]
        table._value_ends, table._by_value = arrays[f"{name}.value_ends"], arrays[f"{name}.by_value"]
        table.values = max(0, len(table._value_ends) - 1)
        table._size = len(table._row_ends) - 1
        return table

    def arrays(self, name: str) -> dict[str, Array]:
        """All of it, as `read` takes it."""
        return {
            f"{name}.row_ends": self._row_ends,
            f"{name}.by_record": self._by_record,
            f"{name}.value_ends": self._value_ends,
            f"{name}.by_value": self._by_value,
        }

    def records(self, value: int) -> Ids:
        """The records that have a value."""
        return self._by_value[self._value_ends[value] : self._value_ends[value + 1]]

    def prefers_bitmaps(self, records: int) -> bool:
        return self.values == 0 or (records > FEW_RECORDS and self.values <= FEW_VALUES)

    def row(self, record_id: int) -> list[int]:
        """The values of one record."""
        if record_id + 1 >= len(self._row_ends):
            return []
        values: list[int] = self._by_record[
            self._row_ends[record_id] : self._row_ends[record_id + 1]
        ].tolist()
        return values

    def counted(self, ids: Ids) -> Numbers:
        """How many of these records have each value."""
        ids = ids[ids < self._size]
        if len(ids) > self._size // PART:
            return self._by_column(ids)
        starts = self._row_ends[ids]
        lengths = self._row_ends[ids + 1] - starts
        shift = np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
        return np.bincount(self._by_record[shift + np.arange(len(shift))], minlength=self.values)

    def _by_column(self, ids: Ids) -> Numbers:
        """Sums up stretches; a stretch of nothing would be taken for its first number."""
        asked = np.zeros(self._size, np.int32)
        asked[ids] = 1
        counted = np.zeros(self.values, np.int64)
        occurring = np.flatnonzero(np.diff(self._value_ends))
        if len(occurring):
            # Numbers beyond the last record do not occur, and not looking for them is quicker.
            marked = np.take(asked, self._by_value, mode="clip")
            counted[occurring] = np.add.reduceat(marked, self._value_ends[occurring])
        return counted
