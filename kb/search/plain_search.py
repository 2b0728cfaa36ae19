"""The search that answers while the index is broken: it reads every text, without stems or synonyms."""

from collections.abc import Iterable, Iterator

import numpy as np

from kb.domain.search import Record
from kb.search.budget import Budget
from kb.search.dutch import fold
from kb.search.engine import Ids, Scores
from kb.search.parser import ParsedQuery

TITLE_WORTH = 3.0
# Looking at the clock takes longer than reading a text.
TEXTS_A_LOOK = 100

Text = tuple[int, tuple[str, str]]


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

    def match(self, parsed: ParsedQuery, budget: Budget) -> tuple[Ids, Scores]:
        """The records with every word, phrase and beginning, and nothing that was to be left out; or those
        found in time."""
        wanted = [fold(text) for text in (*parsed.words, *parsed.phrases, *parsed.prefixes)]
        unwanted = [fold(text) for text in parsed.excluded]
        found = {
            record_id: sum(TITLE_WORTH if text in title else 1.0 for text in wanted)
            for record_id, (title, rest) in _in_time(self._texts.items(), budget)
            if all(text in title or text in rest for text in wanted)
            and not any(text in title or text in rest for text in unwanted)
        }
        ids = np.array(sorted(found), np.int32)
        return ids, np.array([found[i] for i in ids.tolist()], np.float32)


def _in_time(texts: Iterable[Text], budget: Budget) -> Iterator[Text]:
    for number, text in enumerate(texts):
        if number % TEXTS_A_LOOK == 0 and budget.is_spent():
            return
        yield text
