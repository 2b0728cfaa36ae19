"""Looks for better weights of the ranking, and tells whether they are better on questions it did not see.

    python tools/tune.py QUESTIONS.jsonl [--folds 5] [--rounds 2] [--only equal,related]

Each fold is left out once: the weights are tuned on the others by changing one at a time, and measured on
what was left out. Beside the judged questions there are those made of the vocabularies: the names of a term
ask for the initiatives that carry it, in an index without tags. They keep the weights from learning fifty
questions by heart. Reads the initiatives from the database of the settings.
"""

import argparse
import logging
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from relevance import answers, published, scorer

from kb.domain.search import Facet, Record
from kb.domain.terms import Scheme, Vocabulary
from kb.paths import asset_dir
from kb.search.catalogue import Catalogue
from kb.search.ranking import WEIGHTS, Part, Weights

Topic = dict[str, Any]

FACTORS = (0.5, 0.75, 1.33, 2.0)
# What is asked of the vocabularies counts for less than what people judged.
TERMS_SHARE = 1 / 3
SCHEMES = (
    Scheme.TARGET_GROUP,
    Scheme.SECTOR,
    Scheme.INSTRUMENT,
    Scheme.PROGRAMME,
    Scheme.LEVEL,
    Scheme.ROUTE,
    Scheme.RECOMMENDATION,
)
FEWEST, MOST = 3, 150
# A step up must be worth this much.
LEAST_GAIN = 0.001


@dataclass(frozen=True)
class Ground:
    """Questions with the initiatives to find answers in, and the fold of each question."""

    topics: list[Topic]
    records: list[Record]
    folds: list[int]


class Tuner:
    """Measures weights on each ground; the same weights are measured once."""

    def __init__(self, grounds: Sequence[Ground], vocabulary: Vocabulary, folder: Path) -> None:
        self._grounds = grounds
        self._vocabulary = vocabulary
        self._folder = folder
        self._score = scorer()
        self._known: dict[str, list[list[float]]] = {}

    def value(self, weights: Weights, *, fold: int | None = None, left_out: bool = False) -> float:
        """The weighed mean over all questions, over all but one fold, or over that fold alone."""
        means = [
            _mean(
                score
                for score, own in zip(each, ground.folds, strict=True)
                if fold is None or (own == fold) == left_out
            )
            for each, ground in zip(self._measured(weights), self._grounds, strict=True)
        ]
        return means[0] * (1 - TERMS_SHARE) + means[1] * TERMS_SHARE

    def judged(self, weights: Weights, fold: int | None = None) -> float:
        """nDCG@10 of the judged questions alone, or of those in one fold."""
        each, ground = self._measured(weights)[0], self._grounds[0]
        return _mean(s for s, own in zip(each, ground.folds, strict=True) if fold in (None, own))

    def _measured(self, weights: Weights) -> list[list[float]]:
        key = repr(weights)
        if key not in self._known:
            self._known[key] = [self._ndcg(n, ground, weights) for n, ground in enumerate(self._grounds)]
        return self._known[key]

    def _ndcg(self, number: int, ground: Ground, weights: Weights) -> list[float]:
        catalogue = Catalogue(
            self._folder / f"{number}-{hash(repr(weights.stored)):x}",
            language_dir=asset_dir("seed_data") / "language",
            vocabulary=self._vocabulary,
            database_id="tuning",
            weights=weights,
        )
        if not catalogue.load(ground.records, 0, lambda _: ()):
            catalogue.rebuild(ground.records, 0)
        run = answers(catalogue, ground.records, ground.topics)
        return [row["ndcg10"] for row in self._score.evaluate(ground.topics, run)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", default="", help="names of weights, with commas between")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    records, vocabulary = published()
    judged = scorer().read_jsonl(arguments.questions)
    asked = list(term_topics(records, vocabulary))
    bare = [replace(record, tags="", facets={}) for record in records]
    grounds = (
        Ground(judged, records, folds_of([topic["kind"] for topic in judged], arguments.folds)),
        Ground(asked, bare, folds_by([topic["kind"] for topic in asked], arguments.folds)),
    )
    names = tuple(filter(None, arguments.only.split(","))) or tuple(turnable(WEIGHTS))
    with tempfile.TemporaryDirectory() as folder:
        tuner = Tuner(grounds, vocabulary, Path(folder))
        report(tuner, names, arguments)


def report(tuner: Tuner, names: Sequence[str], arguments: argparse.Namespace) -> None:
    print(f"{'':<10}{'seen':>8}{'unseen':>8}{'judged, unseen':>16}  changed")
    before, after = [], []
    for fold in range(arguments.folds):
        tuned = climbed(tuner, names, arguments.rounds, fold)
        before.append(tuner.value(WEIGHTS, fold=fold, left_out=True))
        after.append(tuner.value(tuned, fold=fold, left_out=True))
        judged = tuner.judged(tuned, fold) - tuner.judged(WEIGHTS, fold)
        seen = tuner.value(tuned, fold=fold) - tuner.value(WEIGHTS, fold=fold)
        gained = after[-1] - before[-1]
        print(f"fold {fold + 1:<5}{seen:>+8.4f}{gained:>+8.4f}{judged:>+16.4f}  {changes(tuned)}", flush=True)
    print(f"unseen: {_mean(before):.4f} becomes {_mean(after):.4f}")
    best = climbed(tuner, names, arguments.rounds, None)
    print(f"on all: judged {tuner.judged(WEIGHTS):.4f} becomes {tuner.judged(best):.4f}  {changes(best)}")


def climbed(tuner: Tuner, names: Sequence[str], rounds: int, left_out: int | None) -> Weights:
    """The weights after changing each in turn to what is best for the questions that may be seen."""
    best, value = WEIGHTS, tuner.value(WEIGHTS, fold=left_out)
    for _ in range(rounds):
        start = value
        for name in names:
            for factor in FACTORS:
                tried = turned(best, name, factor)
                worth = tuner.value(tried, fold=left_out)
                if worth > value + LEAST_GAIN:
                    best, value = tried, worth
        if value == start:
            break
    return best


def turnable(weights: Weights) -> Iterator[str]:
    """The names of all weights: `equal`, and `title.weight` for those of a part of a record."""
    for name in weights.__slots__:
        if isinstance(getattr(weights, name), float):
            yield name
    yield from (f"{part.value}.{kind}" for part in Part for kind in ("weight", "b"))


def turned(weights: Weights, name: str, factor: float) -> Weights:
    part, dot, kind = name.partition(".")
    if not dot:
        return replace(weights, **{name: round(getattr(weights, name) * factor, 4)})
    own = weights.parts[Part(part)]
    value = getattr(own, kind) * factor
    changed = replace(own, **{kind: round(min(value, 1.0) if kind == "b" else value, 4)})
    return replace(weights, parts={**weights.parts, Part(part): changed})


def changes(weights: Weights) -> str:
    found: dict[str, float] = {}
    for name in turnable(WEIGHTS):
        now, before = (_named(each, name) for each in (weights, WEIGHTS))
        if now != before:
            found[name] = now
    return " ".join(f"{name}={value:g}" for name, value in found.items()) or "nothing"


def _named(weights: Weights, name: str) -> float:
    part, dot, kind = name.partition(".")
    return float(getattr(weights.parts[Part(part)], kind) if dot else getattr(weights, name))


def term_topics(records: Sequence[Record], vocabulary: Vocabulary) -> Iterator[Topic]:
    """A question for each name of each term that some initiatives carry."""
    carrying: dict[tuple[Facet, str], list[str]] = {}
    for record in records:
        for facet, codes in record.facets.items():
            for code in codes:
                carrying.setdefault((facet, code), []).append(record.slug)
    for scheme in SCHEMES:
        for term in vocabulary.all(scheme):
            slugs = carrying.get((Facet(scheme.value), term.code), [])
            if FEWEST <= len(slugs) <= MOST:
                for name in {term.label, term.label_en, *term.synonyms, *term.synonyms_en} - {""}:
                    key = f"{scheme.value}:{term.code}"
                    yield {
                        "id": f"{key}:{name}",
                        "kind": key,
                        "query": name,
                        "relevant": dict.fromkeys(slugs, 2),
                    }


def folds_of(kinds: Sequence[str], folds: int) -> list[int]:
    """Each fold has some of each kind."""
    seen: dict[str, int] = {}
    numbers = []
    for kind in kinds:
        seen[kind] = seen.get(kind, -1) + 1
        numbers.append((seen[kind] + len(seen)) % folds)
    return numbers


def folds_by(keys: Sequence[str], folds: int) -> list[int]:
    """What has one key stays together."""
    order: Mapping[str, int] = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return [order[key] % folds for key in keys]


def _mean(values: Any) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


if __name__ == "__main__":
    main()
