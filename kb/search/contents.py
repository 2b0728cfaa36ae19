"""What is kept of the published records besides the index: facets, suggestions and, at need, their texts."""

from collections.abc import Iterable, Iterator

from kb.domain.search import Facet, Record
from kb.domain.terms import Vocabulary
from kb.search.facets import Bitmaps
from kb.search.names import Names
from kb.search.ordering import Ordering
from kb.search.plain_search import PlainSearch
from kb.search.suggesting import Suggestions


class Contents:
    """All records as they are at `sequence`. `plain` is there only while there is no index to search in."""

    def __init__(self, vocabulary: Vocabulary, names: Names, *, with_texts: bool = False) -> None:
        self.bitmaps = Bitmaps()
        self.ordering = Ordering()
        self.suggestions = Suggestions(vocabulary)
        self.plain = PlainSearch() if with_texts else None
        self.sequence = 0
        self._names = names

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
