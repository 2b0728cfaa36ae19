"""A made-up catalogue of any size: real vocabularies, real words, and the skew of the real one.

The same number and seed give the same initiatives. Words follow the curve of the real initiatives, which
falls faster after the first thousands: the most used ones come from there, the tail from the word list, and
new compounds keep coming. Each initiative has a topic, and some words come in pairs.
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
    Effect,
    MeasureKind,
    Measurement,
    Metric,
    Participation,
    PartnerRole,
    Source,
    Study,
    Theory,
)
from kb.domain.evidence import Baseline, Design
from kb.domain.terms import Scheme, Vocabulary, plain
from kb.paths import asset_dir
from kb.schemas.documents import read_yaml
from kb.schemas.vocabulary import read_vocabularies

SEED = 20261123
# As measured on the real ones: shares of the first 1, 10 and 100 words, and how many words are new to them.
FLAT_TOP, USUAL_WORDS, USUAL, RARE = 2, 2_000, 1.0, 1.8
COMPOUND = 0.006
TOPICS = 250
TOPIC_WORDS = 60
PAIRS = 600
# The first words are those of every text: de, van, het.
SMALL_WORDS = 40
TITLE_WORDS, SUMMARY_WORDS, TEXT_WORDS = 5, 55, 60
FIRST_DAY = datetime(2022, 1, 1, 9, tzinfo=UTC)
# How many say what they do, why it should help, what came out, and were investigated.
DESCRIBED, WITH_THEORY, MEASURED, STUDIED = 0.6, 0.3, 0.35, 0.12
# The address of everybody's source.
SITE = "https://example.org"


@dataclass(frozen=True, slots=True)
class Made:
    """One initiative with what the database would add to it."""

    number: int
    slug: str
    source_key: str
    content: Content
    published: datetime


class Generator:
    def __init__(self, vocabulary: Vocabulary, number: int, seed: int = SEED) -> None:
        self._rng = np.random.default_rng(seed)
        self._number = number
        self._words = np.array(_words())
        self._chance = _curve(len(self._words))
        self._topics = [self._topic() for _ in range(TOPICS)]
        self._next_word = dict(self._rng.integers(SMALL_WORDS, USUAL_WORDS, (PAIRS, 2)).tolist())
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
            sources=(Source("Bron", f"{SITE}/{number}", collected="2026-11-23"),),
            measurements=self._measurements(),
            studies=self._studies(),
            theory=self._theory(),
            **self._description(topic),
        )
        return Made(
            number=number,
            slug=f"{plain(title).replace(' ', '-')[:60]}-{number}",
            source_key=f"made-{number}",
            content=content,
            published=FIRST_DAY + timedelta(minutes=int(rng.integers(0, 2_500_000))),
        )

    def _topic(self) -> list[int]:
        """Words that tell something, common ones more often."""
        drawn = self._draw(4 * TOPIC_WORDS)
        return drawn[drawn >= SMALL_WORDS][:TOPIC_WORDS].tolist()

    def _sentence(self, topic: Sequence[int], length: int) -> str:
        numbers = self._draw(length).tolist()
        for at in range(length):
            chance = self._rng.random()
            if chance < 0.25:
                numbers[at] = topic[_skewed(self._rng, len(topic))]
            elif at and numbers[at - 1] in self._next_word:
                numbers[at] = self._next_word[numbers[at - 1]]
        words = self._words[numbers].tolist()
        for at in np.flatnonzero(self._rng.random(length) < COMPOUND).tolist():
            words[at] = "".join(self._words[self._rng.integers(SMALL_WORDS, USUAL_WORDS, 2)])
        return " ".join(words) + "."

    def _draw(self, shape: int | tuple[int, int]) -> np.ndarray:
        return np.searchsorted(self._chance, self._rng.random(shape))

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
        if self._rng.random() > MEASURED:
            return ()
        value = int(self._rng.integers(10, 3_000))
        return (Measurement(kind=MeasureKind.REACH, label="Deelnemers", words=str(value), value=value),)

    def _description(self, topic: Sequence[int]) -> dict[str, str]:
        if self._rng.random() > DESCRIBED:
            return {}
        texts = {name: self._sentence(topic, TITLE_WORDS) for name in ("goal", "audience", "requirements")}
        return {**texts, "contact_url": SITE}

    def _theory(self) -> Theory:
        if self._rng.random() > WITH_THEORY:
            return Theory()
        return Theory("Te weinig instroom.", "Kennismaken met het vak.", "Meer instroom.", (SITE,))

    def _studies(self) -> tuple[Study, ...]:
        rng = self._rng
        if rng.random() > STUDIED:
            return ()
        designs = list(Design)
        number, better = int(rng.integers(40, 400)), float(rng.normal(0.06, 0.12))
        effect = Effect(
            "uitval",
            Metric.RD,
            events_t=int(number * min(0.9, max(0.02, 0.3 - better))),
            n_t=number,
            events_c=int(number * 0.3),
            n_c=number,
            primary=True,
        )
        study = Study(
            "s1",
            "Onderzoek",
            designs[_skewed(rng, len(designs))],
            baseline=Baseline.EQUAL,
            independent=bool(rng.random() < 0.5),
            report_public=bool(rng.random() < 0.7),
            end_year=int(rng.integers(2018, 2026)),
            effects=(effect,),
        )
        return (study,)

    def _names(self, number: int) -> list[str]:
        numbers = self._draw((number, 2))
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


def _curve(number: int) -> np.ndarray:
    """The chance of a word up to each rank."""
    rank = np.arange(1, number + 1)
    weights = 1 / (rank + FLAT_TOP) ** USUAL
    rare = rank > USUAL_WORDS
    weights[rare] = weights[USUAL_WORDS] * (USUAL_WORDS / rank[rare]) ** RARE
    return np.cumsum(weights / weights.sum())


def _skewed(rng: np.random.Generator, number: int) -> int:
    """A number below `number`, low ones far more often."""
    return min(number - 1, int(number * rng.beta(0.7, 2.5)))


def read_vocabulary(folder: Path | None = None) -> Vocabulary:
    return Vocabulary(read_vocabularies(folder or asset_dir("seed_data") / "vocabularies"))
