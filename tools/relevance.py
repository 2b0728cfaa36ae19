"""Asks the search the judged questions of a file and prints how good its answers are.

    python tools/relevance.py QUESTIONS.jsonl [--steps] [--worst N] [--run RUN.jsonl]

Reads the initiatives from the database of the settings (KB_DATA_DIR); the index is made in a temporary place.
"""

import argparse
import importlib.util
import json
import logging
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from kb.domain.search import Record, Search
from kb.domain.terms import Vocabulary
from kb.paths import asset_dir
from kb.runtime import Runtime
from kb.search.catalogue import Catalogue
from kb.search.dutch import ALL_STEPS, Steps
from kb.services import indexing
from kb.settings import Settings

SCORER = Path(__file__).parent / "score.py"
RESULTS = 30

Topic = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--steps", action="store_true", help="measure what each step is worth")
    parser.add_argument("--worst", type=int, default=10)
    parser.add_argument("--run", type=Path, help="write the ranked slugs to this file")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    score = scorer()
    topics = score.read_jsonl(arguments.questions)
    records, vocabulary = published()
    run = answers(catalogue_of(records, vocabulary), records, topics)
    if arguments.run:
        lines = (json.dumps({"id": key, "slugs": slugs}) for key, slugs in run.items())
        arguments.run.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = score.evaluate(topics, run)
    print_kinds(score, result)
    print_worst(result, arguments.worst)
    if arguments.steps:
        print_steps(score, topics, records, vocabulary)


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def published() -> tuple[list[Record], Vocabulary]:
    runtime = Runtime(Settings.from_environment(os.environ))
    with runtime.work() as work:
        return list(indexing.all_records(work)), work.vocabulary


def catalogue_of(
    records: Sequence[Record], vocabulary: Vocabulary, steps: Steps = ALL_STEPS, **options: Any
) -> Catalogue:
    """An index of its own, small enough to stay in memory when its folder is gone."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Catalogue(
            Path(folder),
            language_dir=asset_dir("seed_data") / "language",
            vocabulary=vocabulary,
            database_id="relevance",
            steps=steps,
            **options,
        )
        catalogue.rebuild(records, 0)
        return catalogue


def answers(catalogue: Catalogue, records: Iterable[Record], topics: Iterable[Topic]) -> dict[str, list[str]]:
    slugs = {record.id: record.slug for record in records}
    found = {t["id"]: catalogue.search(Search(words=t["query"], per_page=RESULTS)).ids for t in topics}
    return {key: [slugs[record_id] for record_id in ids] for key, ids in found.items()}


def print_kinds(score: ModuleType, result: list[Topic]) -> None:
    kinds = dict.fromkeys(row["kind"] for row in result)
    print(f"{'kind':<16}{'n':>4}{'nDCG@10':>10}{'recall@20':>11}{'success@1':>11}")
    for kind in ("all", *kinds):
        line = score.summary([row for row in result if kind in ("all", row["kind"])])
        print(
            f"{kind:<16}{line['n']:>4}{line['ndcg10']:>10.3f}{line['recall20']:>11.3f}{line['success1']:>11.3f}"
        )


def print_worst(result: list[Topic], number: int) -> None:
    for row in sorted(result, key=lambda row: row["ndcg10"])[:number]:
        print(f"  {row['id']:<6}{row['kind']:<16}{row['ndcg10']:.3f}  {row['query']}")


def print_steps(
    score: ModuleType, topics: list[Topic], records: Sequence[Record], vocabulary: Vocabulary
) -> None:
    """Each step alone taken out, and none at all: nDCG@10, and what each kind loses without the step."""
    none = Steps(**{step.name: False for step in fields(Steps)})
    chains = {f"without {step.name}": replace(ALL_STEPS, **{step.name: False}) for step in fields(Steps)}
    kinds = list(dict.fromkeys(topic["kind"] for topic in topics))
    whole = _each(score, topics, records, vocabulary, ALL_STEPS)
    print(f"\n| steps | nDCG@10 | better | worse | {' | '.join(kinds)} |")
    print(f"|{'---|' * (len(kinds) + 4)}")
    print(f"| all | {_mean(whole):.3f} | | | {' | '.join(_of_kinds(topics, whole, kinds, '.3f'))} |")
    for name, steps in {**chains, "none": none}.items():
        each = _each(score, topics, records, vocabulary, steps)
        moved = [one - other for one, other in zip(each, whole, strict=True)]
        better, worse = sum(m > 0.005 for m in moved), sum(m < -0.005 for m in moved)
        by_kind = " | ".join(_of_kinds(topics, moved, kinds, "+.3f"))
        print(f"| {name} | {_mean(each):.3f} | {better} | {worse} | {by_kind} |")


def _of_kinds(topics: list[Topic], values: list[float], kinds: list[str], form: str) -> list[str]:
    """The mean for each kind of question, empty where it is nothing."""
    means = {
        kind: _mean([value for topic, value in zip(topics, values, strict=True) if topic["kind"] == kind])
        for kind in kinds
    }
    return [format(mean, form) if abs(mean) >= 0.0005 else "" for mean in means.values()]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _each(
    score: ModuleType,
    topics: list[Topic],
    records: Sequence[Record],
    vocabulary: Vocabulary,
    steps: Steps,
) -> list[float]:
    run = answers(catalogue_of(records, vocabulary, steps), records, topics)
    return [row["ndcg10"] for row in score.evaluate(topics, run)]


if __name__ == "__main__":
    main()
