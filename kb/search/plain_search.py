"""The search that answers while the index is broken: it reads every text, without stems or synonyms."""

from collections.abc import Iterable

import numpy as np

from kb.domain.search import Record
from kb.search.dutch import fold
from kb.search.engine import Ids, Scores
from kb.search.parser import ParsedQuery

TITLE_WORTH = 3.0


class PlainSearch:
    """The folded texts of all records, in memory."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._texts: dict[int, tuple[str, str]] = {}
        for record in records:
            self.put(record)

    def put(self, record: Record) -> None:
        rest = (record.summary, record.title_en, record.summary_en, record.names, record.tags, record.body)
        self._texts[record.id] = (fold(record.title), fold("\n".join(rest)))

    def remove(self, record_id: int) -> None:
        self._texts.pop(record_id, None)

    def match(self, parsed: ParsedQuery) -> tuple[Ids, Scores]:
        """The records with every word, phrase and beginning, and nothing that was to be left out."""
        wanted = [fold(text) for text in (*parsed.words, *parsed.phrases, *parsed.prefixes)]
        unwanted = [fold(text) for text in parsed.excluded]
        found = {
            record_id: sum(TITLE_WORTH if text in title else 1.0 for text in wanted)
            for record_id, (title, rest) in self._texts.items()
            if all(text in title or text in rest for text in wanted)
            and not any(text in title or text in rest for text in unwanted)
        }
        ids = np.array(sorted(found), np.int32)
        return ids, np.array([found[i] for i in ids.tolist()], np.float32)
