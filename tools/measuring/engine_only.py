"""A catalogue too large to be worth a database: its records go straight into the index, and are searched."""

import logging
import shutil
import time
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from generated import Generator, read_vocabulary

from kb.domain.answers import answers_of, yardstick_of
from kb.domain.catalogue import Badge
from kb.domain.search import Record
from kb.domain.slugs import slug_of
from kb.domain.terms import Scheme, Vocabulary
from kb.domain.verdict import assess
from kb.paths import asset_dir
from kb.search.catalogue import Catalogue
from kb.services.indexing import record_of
from kb.storage.initiatives import Kept
from kb.storage.verdicts import NOT_MEASURED
from measuring.catalogues import PLACE
from measuring.figures import private_mb, size_mb, timed
from measuring.inside import by_kind
from measuring.questions import questions

TODAY = date(2026, 11, 23)
# Questions are made of the words of so many records.
SAMPLE = 100_000


def measured(size: int) -> dict[str, Any]:
    """Indexed and searched once, in this process."""
    logging.disable(logging.WARNING)
    vocabulary = read_vocabulary()
    folder = PLACE / f"bench-{size}"
    shutil.rmtree(folder, ignore_errors=True)
    language = asset_dir("seed_data") / "language"
    catalogue = Catalogue(folder, language_dir=language, vocabulary=vocabulary, database_id="bench")
    source = Paused(_records(size, vocabulary))
    number, seconds = timed(lambda: catalogue.rebuild(source, 0))
    asked = questions(list(islice(_records(size, vocabulary), SAMPLE)))
    result = {
        "reindex_per_second": round(number / (seconds - source.seconds)),
        "index_mb": size_mb(folder),
        "engine_ms": by_kind(catalogue, asked),
        "engine_private_mb": private_mb(),
    }
    shutil.rmtree(folder)
    return result


class Paused:
    """Passes things on, and counts the seconds that making them took."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = iter(records)
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Record]:
        return self

    def __next__(self) -> Record:
        begun = time.perf_counter()
        try:
            return next(self._records)
        finally:
            self.seconds += time.perf_counter() - begun


class _Slugs(dict[str, str]):
    """Every organisation has an address."""

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ARG002
        return slug_of(name)


def _records(size: int, vocabulary: Vocabulary) -> Iterator[Record]:
    yardsticks = {term.code: yardstick_of(term.details) for term in vocabulary.all(Scheme.INDICATOR)}
    judged = lru_cache(1_000)(assess)
    for made in Generator(vocabulary, size):
        verdict = judged(answers_of(made.content, yardsticks, today=TODAY))
        badge = Badge(int(verdict.level), verdict.direction.value if verdict.direction else NOT_MEASURED)
        kept = Kept(made.number, made.slug, 1, 1, made.content, made.published, None)
        yield record_of(kept, vocabulary, _Slugs(), badge, this_year=TODAY.year)
