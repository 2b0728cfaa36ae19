"""What is kept of the published records besides the index: facets, suggestions and, at need, their texts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from kb.domain.search import Change, Facet, Record
from kb.domain.terms import Vocabulary
from kb.search.array_file import read_arrays, write_arrays
from kb.search.facets import Bitmaps
from kb.search.names import Names
from kb.search.ordering import Ordering
from kb.search.plain_search import PlainSearch
from kb.search.suggesting import Suggestions

# Change this number when what is kept of a record changes; older files are then written anew.
FORMAT = 1


class Contents:
    """All records as they are at `sequence`. `plain` is there only while there is no index to search in."""

    def __init__(self, vocabulary: Vocabulary, names: Names, *, with_texts: bool = False) -> None:
        self.bitmaps = Bitmaps()
        self.ordering = Ordering()
        self.suggestions = Suggestions(vocabulary)
        self.plain = PlainSearch() if with_texts else None
        self.sequence = 0
        self._names = names

    @classmethod
    def read(cls, path: Path, stamp: str, vocabulary: Vocabulary, names: Names) -> "Contents":
        """As `write` left them, with the same stamp and vocabulary; raises Unusable."""
        arrays = read_arrays(path, f"{FORMAT} {stamp}")
        contents = cls(vocabulary, names)
        contents.bitmaps = Bitmaps.read(arrays)
        contents.ordering = Ordering.read(arrays)
        contents.suggestions = Suggestions.read(arrays, vocabulary)
        contents.sequence = int(arrays["sequence"][0])
        names.know_organisations(contents.bitmaps.codes(Facet.ORGANISATION))
        return contents

    def write(self, path: Path, stamp: str) -> None:
        """For processes that start later: reading all records again takes a hundred times as long."""
        kept = self.bitmaps.arrays() | self.ordering.arrays() | self.suggestions.arrays()
        write_arrays(path, f"{FORMAT} {stamp}", kept | {"sequence": np.array([self.sequence], np.int64)})

    def apply(self, changes: Sequence[Change], records: Mapping[int, Record]) -> None:
        """Takes in what changed since; a changed initiative that is not in `records` is no longer public."""
        new = [change for change in changes if change.sequence > self.sequence]
        for record_id in {change.initiative_id for change in new}:
            record = records.get(record_id)
            if record is None:
                self.remove(record_id)
            else:
                self.put(record)
        self.sequence = max((change.sequence for change in new), default=self.sequence)

    def put(self, record: Record) -> None:
        self.bitmaps.put(record)
        self.ordering.put(record)
        self.suggestions.put(record)
        self._names.know_organisations(record.facets.get(Facet.ORGANISATION, ()))
        if self.plain is not None:
            self.plain.put(record)

    def remove(self, record_id: int) -> None:
        self.bitmaps.remove(record_id)
        self.suggestions.remove(record_id)
        if self.plain is not None:
            self.plain.remove(record_id)

    def taking_in(self, records: Iterable[Record]) -> Iterator[Record]:
        """Passes the records on, each taken in on its way."""
        for record in records:
            self.put(record)
            yield record
