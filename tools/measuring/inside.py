"""What is measured inside one process: a full reindex, and the engine question by question.

    python -m measuring.inside reindex FOLDER
    python -m measuring.inside engine FOLDER

Prints one JSON document. Each is a process of its own, so that nothing of one is in the memory of another.
"""

import json
import logging
import random
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from kb.domain.search import Change, Record, Search
from kb.runtime import Runtime
from kb.search.catalogue import Catalogue
from kb.services import indexing
from kb.settings import Settings
from measuring.figures import private_mb, size_mb, spread, timed
from measuring.questions import Questions, beginnings, questions

PASSES = 5
CHANGES = 100


def main() -> None:
    what, folder = sys.argv[1], Path(sys.argv[2])
    logging.disable(logging.WARNING)
    runtime = Runtime(Settings(data_dir=folder))
    print(json.dumps({"reindex": reindex, "engine": engine}[what](runtime)))
    runtime.close()


def reindex(runtime: Runtime) -> dict[str, Any]:
    """From the database to an index in use, as `kb index rebuild` does it."""
    with runtime.work() as work:
        number, seconds = timed(lambda: indexing.rebuild(work))
    return {"reindex_per_second": round(number / seconds), "index_mb": size_mb(runtime.index_dir)}


def engine(runtime: Runtime) -> dict[str, Any]:
    """Top 20, total and all facets, by kind of question; suggestions; a change until it is found."""
    _, seconds = timed(runtime.open_index)
    with runtime.work() as work:
        catalogue = work.catalogue
        records = list(indexing.all_records(work))
    asked = questions(records)
    typed = [Search(words=words) for words in beginnings(records)]
    result = {
        "open_seconds": round(seconds, 2),
        "engine_ms": by_kind(catalogue, asked),
        "suggest_engine_ms": _milliseconds(catalogue.suggest, typed),
        "change_engine_ms": spread(_changes(catalogue, records)),
    }
    return result | {"engine_private_mb": private_mb()}


def by_kind(catalogue: Catalogue, asked: Questions) -> dict[str, dict[str, float]]:
    """Milliseconds for the first page, the total and all counts."""
    return {kind: _milliseconds(partial(_answer, catalogue), some) for kind, some in asked.items()}


def _answer(catalogue: Catalogue, search: Search) -> None:
    for counts in catalogue.search(search).counts.values():
        len(counts)


def _milliseconds(deed: Callable[[Search], object], asked: Sequence[Search]) -> dict[str, float]:
    """One pass cold, then the median of some passes for each question."""
    cold = [timed(partial(deed, search))[1] for search in asked]
    warm = [statistics.median(timed(partial(deed, search))[1] for _ in range(PASSES)) for search in asked]
    return {**spread(warm), "cold_p95": spread(cold)["p95"]}


def _changes(catalogue: Catalogue, records: Sequence[Record]) -> list[float]:
    """A record gets a word that nothing has, until a search for it finds the record."""
    seconds = []
    for number, record in enumerate(random.Random(8).sample(records, CHANGES), start=1):
        word = f"onvindbaar{number}q"
        changed = replace(record, summary=f"{record.summary} {word}")
        found, taken = timed(partial(_seen, catalogue, changed, word))
        assert found == (record.id,)
        seconds.append(taken)
    return seconds


def _seen(catalogue: Catalogue, changed: Record, word: str) -> tuple[int, ...]:
    catalogue.catch_up((Change(catalogue.sequence + 1, changed.id),), {changed.id: changed})
    return catalogue.search(Search(words=word)).ids


if __name__ == "__main__":
    main()
