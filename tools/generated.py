"""A made-up catalogue of any size: real vocabularies, real words, and the skew of the real one.

The same number and seed give the same initiatives. Words follow a Zipf curve (the most used ones from the
real initiatives, the tail from the word list), each initiative has a topic, and some words come in pairs.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from kb.domain.content import (
    Activity,
    Content,
    MeasureKind,
    Measurement,
    Participation,
    PartnerRole,
    Source,
)
from kb.domain.evidence import Direction
from kb.domain.terms import Scheme, Vocabulary, plain
from kb.paths import asset_dir
from kb.schemas.documents import read_yaml
from kb.schemas.vocabulary import read_vocabularies

SEED = 20261123
ZIPF = 1.05
TOPICS = 250
TOPIC_WORDS = 60
PAIRS = 3_000
TITLE_WORDS, SUMMARY_WORDS, TEXT_WORDS = 5, 55, 60
FIRST_DAY = datetime(2022, 1, 1, 9, tzinfo=UTC)
TREDES = (0.35, 0.3, 0.2, 0.1, 0.04, 0.01)


@dataclass(frozen=True, slots=True)
class Made:
    """One initiative with what the database would add to it."""

    number: int
    slug: str
    source_key: str
    content: Content
    published: datetime
    trede: int
    direction: str


class Generator:
    def __init__(self, vocabulary: Vocabulary, number: int, seed: int = SEED) -> None:
        self._rng = np.random.default_rng(seed)
        self._number = number
        self._words = np.array(_words())
        self._chance = _zipf(len(self._words))
        self._topics = self._rng.integers(40, len(self._words), (TOPICS, TOPIC_WORDS))
        self._next_word = dict(self._rng.integers(20, len(self._words), (PAIRS, 2)).tolist())
        self._organisations = self._names(max(20, number // 5))
        self._codes = {scheme: [t.code for t in vocabulary.all(scheme)] for scheme in Scheme}
        places = [code for code in self._codes[Scheme.REGION] if code[:2] in ("GM", "AM", "PV")]
        self._rng.shuffle(places)
        self._codes[Scheme.REGION] = [*places, "NL01"]

    def __iter__(self) -> Iterator[Made]:
        return (self._made(number) for number in range(1, self._number + 1))

    def _made(self, number: int) -> Made:
        rng = self._rng
        topic = self._topics[_skewed(rng, TOPICS)]
        title = self._sentence(topic, TITLE_WORDS).rstrip(".")
        start = int(2010 + 16 * rng.beta(3, 1.2))
        content = Content(
            title=title[:1].upper() + title[1:],
            summary=self._sentence(topic, SUMMARY_WORDS),
            activities=self._sentence(topic, TEXT_WORDS),
            activity=Activity.ACTIVE if rng.random() < 0.6 else Activity.UNKNOWN,
            start_year=start,
            regions=self._tags(Scheme.REGION, 2),
            recommendations=self._tags(Scheme.RECOMMENDATION, 3),
            levels=self._tags(Scheme.LEVEL, 3),
            instruments=self._tags(Scheme.INSTRUMENT, 2),
            sectors=self._tags(Scheme.SECTOR, 2),
            target_groups=self._tags(Scheme.TARGET_GROUP, 2),
            programmes=self._tags(Scheme.PROGRAMME, 1) if rng.random() < 0.3 else (),
            organisations=tuple(self._partners()),
            sources=(Source("Bron", f"https://example.org/{number}", collected="2026-11-23"),),
            measurements=self._measurements(),
        )
        return Made(
            number=number,
            slug=f"{plain(title).replace(' ', '-')[:60]}-{number}",
            source_key=f"made-{number}",
            content=content,
            published=FIRST_DAY + timedelta(minutes=int(rng.integers(0, 2_500_000))),
            trede=int(rng.choice(len(TREDES), p=TREDES)),
            direction=str(rng.choice([direction.value for direction in Direction])),
        )

    def _sentence(self, topic: Sequence[int], length: int) -> str:
        numbers = self._draw(length).tolist()
        for at in range(length):
            chance = self._rng.random()
            if chance < 0.25:
                numbers[at] = int(topic[_skewed(self._rng, TOPIC_WORDS)])
            elif at and numbers[at - 1] in self._next_word:
                numbers[at] = self._next_word[numbers[at - 1]]
        return " ".join(self._words[numbers]) + "."

    def _draw(self, length: int) -> np.ndarray:
        return np.searchsorted(self._chance, self._rng.random(length))

    def _tags(self, scheme: Scheme, most: int) -> tuple[str, ...]:
        codes = self._codes[scheme]
        chosen = (codes[_skewed(self._rng, len(codes))] for _ in range(self._rng.integers(1, most + 1)))
        return tuple(dict.fromkeys(chosen))

    def _partners(self) -> Iterator[Participation]:
        seen = set()
        for number in range(int(self._rng.integers(1, 5))):
            name = self._organisations[_skewed(self._rng, len(self._organisations))]
            if name not in seen:
                seen.add(name)
                yield Participation(name, PartnerRole.PARTNER if number else PartnerRole.LEAD)

    def _measurements(self) -> tuple[Measurement, ...]:
        if self._rng.random() > 0.35:
            return ()
        value = int(self._rng.integers(10, 3_000))
        return (Measurement(kind=MeasureKind.REACH, label="Deelnemers", words=str(value), value=value),)

    def _names(self, number: int) -> list[str]:
        numbers = np.searchsorted(self._chance, self._rng.random((number, 2)))
        kinds = ("Stichting", "ROC", "Gemeente", "Bedrijf", "Netwerk")
        return [
            f"{kinds[i % len(kinds)]} {self._words[a].title()} {self._words[b].title()} {i}"
            for i, (a, b) in enumerate(numbers)
        ]


def _words() -> list[str]:
    """Real words, those of the real initiatives first."""
    seed_data = asset_dir("seed_data")
    counted: Counter[str] = Counter()
    for path in sorted((seed_data / "research").glob("*.yaml")):
        entries = read_yaml(path)
        for entry in entries if isinstance(entries, list) else ():
            counted.update(plain(str(entry.get("summary_nl", ""))).split())
    common = [word for word, _ in counted.most_common(6_000)]
    rest = (seed_data / "language" / "words_nl.txt").read_text(encoding="utf-8").split("\n")[1:]
    return list(dict.fromkeys((*common, *filter(None, rest))))


def _zipf(number: int) -> np.ndarray:
    weights = 1 / np.arange(1, number + 1) ** ZIPF
    return np.cumsum(weights / weights.sum())


def _skewed(rng: np.random.Generator, number: int) -> int:
    """A number below `number`, low ones far more often."""
    return min(number - 1, int(number * rng.beta(0.7, 2.5)))


def read_vocabulary(folder: Path | None = None) -> Vocabulary:
    return Vocabulary(read_vocabularies(folder or asset_dir("seed_data") / "vocabularies"))
