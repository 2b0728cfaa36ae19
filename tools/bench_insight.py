"""Time the map of evidence over 10,000 initiatives with 3,000 studies, and one verdict.

python tools/bench_insight.py        the data stand in a folder that is thrown away
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.domain.content import Content, Effect, Metric, Participation, PartnerRole, Source, Study
from kb.domain.evidence import Answers, Baseline, Design, Interval, StudyAnswers
from kb.domain.search import Facet, Search
from kb.domain.verdict import assess
from kb.paths import asset_dir
from kb.runtime import Runtime
from kb.schemas.vocabulary import read_vocabularies
from kb.services import insight, seeding
from kb.settings import Settings

INITIATIVES, STUDIES = 10_000, 3_000
LEVELS = ("po", "vo-vmbo", "vo-havo", "mbo", "hbo", "wo", "llo")
REGIONS = ("AM05", "AM09", "AM12", "AM18", "AM25", "AM29", "AM33")


@dataclass(frozen=True, slots=True)
class Given:
    slug: str
    content: Content

    @property
    def source_key(self) -> str:
        return self.slug


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        runtime = Runtime(Settings(data_dir=Path(folder)))
        runtime.prepare()
        with runtime.work(writing=True) as work:
            seeding.load_vocabularies(work, read_vocabularies(asset_dir("seed_data") / "vocabularies"))
        with runtime.work(writing=True) as work:
            seeding.seed(work, list(_given()))
        runtime.open_index()
        with runtime.work() as work:
            _tell("the first map after a change", lambda: insight.gap_map(work, Search()), 1)
            _tell("the whole map", lambda: insight.gap_map(work, Search()), 20)
            narrow = Search(filters={Facet.REGION: ("AM05",)})
            _tell("the map of one region", lambda: insight.gap_map(work, narrow), 20)
        runtime.close()
    answers = _answers()
    _tell("one verdict on three studies", lambda: assess(answers), 1000)


def _given() -> Iterator[Given]:
    for number in range(INITIATIVES):
        content = Content(
            title=f"Initiatief {number}",
            summary="Leerlingen maken kennis met techniek bij bedrijven in de buurt.",
            regions=(REGIONS[number % len(REGIONS)],),
            recommendations=tuple(sorted({str(1 + number % 7), str(1 + number // 7 % 7)})),
            levels=tuple(sorted({LEVELS[number % 5], LEVELS[number // 5 % len(LEVELS)]})),
            organisations=(Participation(f"Organisatie {number % 500}", PartnerRole.LEAD),),
            sources=(Source("Over", "https://example.org/"),),
            studies=(_study(number),) if number < STUDIES else (),
        )
        yield Given(f"initiatief-{number}", content)


def _study(number: int) -> Study:
    effect = Effect("uitval", Metric.RD, events_t=20 + number % 30, n_t=100, events_c=30, n_c=100)
    return Study(f"s{number}", "Onderzoek", Design.DID, end_year=2024, effects=(effect,))


def _answers() -> Answers:
    study = StudyAnswers(
        Design.RCT, 200, 200, baseline=Baseline.EQUAL, multi_cluster=True, ci=Interval(0.01, 0.2), sesoi=0.03
    )
    return Answers(True, True, 2026, (study, study, study))


def _tell(what: str, deed: Callable[[], object], times: int) -> None:
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        deed()
        taken.append(1000 * (time.perf_counter() - begin))
    taken.sort()
    sys.stdout.write(f"{what}: median {taken[len(taken) // 2]:.2f} ms, slowest {taken[-1]:.2f} ms\n")


if __name__ == "__main__":
    main()
