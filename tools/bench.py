"""Measures the search on made-up catalogues: `make bench`, or `make bench SIZES=10000`.

For each size: full reindex, start-up, memory, every kind of question with all facets, and a change until it
is visible. Prints a table and writes var/bench.json.
"""

import argparse
import gc
import json
import logging
import os
import random
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generated import Generator, read_vocabulary

from kb.domain.search import Change, Facet, Record, Search
from kb.domain.slugs import slug_of
from kb.domain.terms import Vocabulary
from kb.paths import asset_dir
from kb.search.catalogue import Catalogue
from kb.services.indexing import record_of
from kb.storage.initiatives import Kept

SIZES = "10000,100000"
QUESTIONS = 30
PASSES = 3
CHANGES = 200
OUT = Path("var")
KINDS = ("rare word", "common word", "2-3 words", "phrase", "beginning", "filters only", "words and filters")


class Slugs(dict[str, str]):
    """Every organisation has an address."""

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ARG002
        return slug_of(name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", default=os.environ.get("SIZES", SIZES))
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    logging.disable(logging.WARNING)
    report: dict[str, Any] = {
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
        "cores": os.cpu_count(),
        "load_at_start": os.getloadavg()[0],
        "sizes": {},
    }
    for size in sizes:
        report["sizes"][str(size)] = measured(size)
        OUT.mkdir(exist_ok=True)
        (OUT / "bench.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def measured(size: int) -> dict[str, Any]:
    vocabulary = read_vocabulary()
    records = list(made_records(size, vocabulary))
    folder = OUT / f"bench-{size}"
    shutil.rmtree(folder, ignore_errors=True)
    result: dict[str, Any] = {}
    _, seconds = timed(lambda: catalogue_in(folder, vocabulary).rebuild(records, 0))
    result["reindex_per_second"] = round(size / seconds)
    result["index_mb"] = round(sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6, 1)
    gc.collect()
    before = private_mb()
    catalogue = catalogue_in(folder, vocabulary)
    _, seconds = timed(lambda: catalogue.load(records, 0, lambda _: ()))
    result["start_seconds"] = round(seconds, 2)
    result["engine_ms"] = {kind: milliseconds(catalogue, asked) for kind, asked in questions(records).items()}
    result["private_mb"] = round(private_mb() - before, 1)
    result["change_ms"] = changes(catalogue, records)
    show(size, result)
    shutil.rmtree(folder, ignore_errors=True)
    return result


def made_records(size: int, vocabulary: Vocabulary) -> Iterator[Record]:
    for made in Generator(vocabulary, size):
        kept = Kept(made.number, made.slug, 1, 1, made.content, made.published, None)
        yield record_of(kept, vocabulary, Slugs(), made.trede, made.direction, this_year=2026)


def catalogue_in(folder: Path, vocabulary: Vocabulary) -> Catalogue:
    language = asset_dir("seed_data") / "language"
    return Catalogue(folder, language_dir=language, vocabulary=vocabulary, database_id="bench")


def questions(records: list[Record]) -> dict[str, list[Search]]:
    """Words as they stand in the texts, by how many records have them."""
    rng = random.Random(7)
    counted: dict[str, int] = {}
    for record in records:
        for word in set(f"{record.title} {record.summary}".lower().replace(".", "").split()):
            counted[word] = counted.get(word, 0) + 1
    usual = [word for word in counted if len(word) > 4]
    rare = [word for word in usual if counted[word] <= max(3, len(records) // 2_000)]
    common = sorted(usual, key=lambda word: -counted[word])[: 4 * QUESTIONS]
    middle = [word for word in usual if len(records) // 200 <= counted[word] <= len(records) // 10]

    def choice() -> dict[Facet, tuple[str, ...]]:
        record = rng.choice(records)
        facets = rng.sample([f for f in (Facet.REGION, Facet.LEVEL, Facet.SECTOR) if record.facets.get(f)], 2)
        return {facet: (rng.choice(sorted(record.facets[facet])),) for facet in facets}

    def phrase() -> str:
        words = rng.choice(records).summary.rstrip(".").split()
        at = rng.randrange(len(words) - 1)
        return f'"{words[at]} {words[at + 1]}"'

    makers: tuple[Callable[[], Search], ...] = (
        lambda: Search(words=rng.choice(rare)),
        lambda: Search(words=rng.choice(common)),
        lambda: Search(words=" ".join(rng.sample(middle, rng.choice((2, 3))))),
        lambda: Search(words=phrase()),
        lambda: Search(words=rng.choice(middle)[:4] + "*"),
        lambda: Search(filters=choice()),
        lambda: Search(words=rng.choice(common), filters=choice()),
    )
    return {kind: [maker() for _ in range(QUESTIONS)] for kind, maker in zip(KINDS, makers, strict=True)}


def milliseconds(catalogue: Catalogue, asked: list[Search]) -> dict[str, float]:
    """Top 20, total and all facets. One pass to warm up, then the median of some passes for each question."""

    def answer(search: Search) -> None:
        found = catalogue.search(search)
        for counts in found.counts.values():
            len(counts)

    cold = [timed(lambda search=search: answer(search))[1] * 1e3 for search in asked]
    each = [
        statistics.median(timed(lambda search=search: answer(search))[1] * 1e3 for _ in range(PASSES))
        for search in asked
    ]
    return {"p50": percentile(each, 50), "p95": percentile(each, 95), "cold_p95": percentile(cold, 95)}


def changes(catalogue: Catalogue, records: list[Record]) -> dict[str, float]:
    """A record gets a word that nothing has, until a search for it finds the record."""
    each = []
    for sequence, record in enumerate(random.Random(8).sample(records, CHANGES), start=1):
        word = f"onvindbaar{sequence}q"
        changed = Record(
            **{name: getattr(record, name) for name in record.__slots__ if name != "summary"},
            summary=f"{record.summary} {word}",
        )

        def show_and_find(changed: Record = changed, sequence: int = sequence, word: str = word) -> None:
            catalogue.catch_up((Change(sequence, changed.id),), {changed.id: changed})
            assert catalogue.search(Search(words=word)).ids == (changed.id,)

        each.append(timed(show_and_find)[1] * 1e3)
    return {"p50": percentile(each, 50), "p95": percentile(each, 95)}


def timed(deed: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    result = deed()
    return result, time.perf_counter() - start


def percentile(numbers: list[float], share: int) -> float:
    ordered = sorted(numbers)
    return round(ordered[min(len(ordered) - 1, round(share / 100 * (len(ordered) - 1)))], 3)


def private_mb() -> float:
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Private_Dirty"):
            return int(line.split()[1]) / 1024
    return 0.0


def show(size: int, result: dict[str, Any]) -> None:
    print(f"\n{size:,} initiatives")
    for name in ("reindex_per_second", "index_mb", "start_seconds", "private_mb"):
        print(f"  {name.replace('_', ' '):<22}{result[name]:>10}")
    print(f"  {'change visible, ms':<22}{result['change_ms']['p50']:>10}{result['change_ms']['p95']:>10}")
    print(f"  {'ms':<22}{'p50':>10}{'p95':>10}{'cold p95':>10}")
    for kind, row in result["engine_ms"].items():
        print(f"  {kind:<22}{row['p50']:>10}{row['p95']:>10}{row['cold_p95']:>10}")


if __name__ == "__main__":
    main()
