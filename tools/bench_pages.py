"""Time the pages of a ministry at the server, on a made-up catalogue of 10,000 with approaches.

python tools/bench_pages.py [--size 10000] [--times 20]

CPU time of the whole application answering one request, without a network: median, p95 and slowest of a warm
process, and the first answer after an initiative was changed. The catalogue is made once, in var.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from generated import SEED, Generator, Made, _skewed, read_vocabulary
from measuring.filling import fill
from sqlalchemy import insert, select, update

from kb.app import create_app
from kb.domain.content import Approach
from kb.paths import asset_dir
from kb.runtime import EXTENSION, Runtime
from kb.schemas.vocabulary import read_vocabularies
from kb.services import seeding
from kb.services.judging import judge_approaches
from kb.settings import Settings
from kb.storage.approaches import approach_ids, save_approaches
from kb.storage.changes import note_change
from kb.storage.migrating import newest_version
from kb.storage.public_tables import PublishedApproach
from kb.storage.tables import InitiativeRow

# As in the real catalogue: four of ten carry an approach, and a few approaches are carried by very many.
APPROACHES, CARRYING, TWO = 500, 0.43, 0.1
PAGES = (
    "/spreiding",
    "/spreiding?regio=PV23&niveau=mbo",
    "/spreiding/versnippering",
    "/spreiding/versnippering?regio=PV23",
    "/programmas",
    "/vergelijk?i={one}&i={other}",
    "/briefing",
    "/briefing?aanbeveling=4",
    "/stand/{key}",
    "/stand/{key}/sindsdien",
    "/aanpakken",
    "/aanpakken/{approach}",
    "/aanpakken/{usual}",
    "/initiatieven/{one}",
    "/wat-werkt",
    "/wat-werkt/4/mbo",
    "/wat-werkt/3/vo",
)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--size", type=int, default=10_000)
    asked.add_argument("--times", type=int, default=20)
    given = asked.parse_args()
    folder = prepared(given.size)
    app = create_app(Settings(data_dir=folder, api_per_minute=1_000_000))
    runtime: Runtime = app.extensions[EXTENSION]
    runtime.open_index()
    runtime.warm()
    client, names = app.test_client(), _names(runtime)
    sys.stdout.write(
        f"{'page':45} {'first after a change':>20} {'median':>8} {'p95':>8} {'slowest':>8}  ms CPU\n"
    )
    for page in PAGES:
        address = page.format(**names)
        client.get(address)
        _change(runtime)
        first, warm = _taken(client, address), sorted(_taken(client, address) for _ in range(given.times))
        p95 = warm[min(len(warm) - 1, int(0.95 * len(warm)))]
        median = warm[len(warm) // 2]
        sys.stdout.write(f"{page:45} {first:20.0f} {median:8.0f} {p95:8.0f} {warm[-1]:8.0f}\n")
    runtime.close()


def prepared(size: int) -> Path:
    folder = Path("var") / f"bench-pages-{size}-{newest_version()}"
    if not (folder / "ready").exists():
        runtime = Runtime(Settings(data_dir=folder))
        runtime.prepare()
        with runtime.work(writing=True) as work:
            seeding.load_vocabularies(work, read_vocabularies(asset_dir("seed_data") / "vocabularies"))
            save_approaches(work.session, [Approach(f"aanpak-{n}", f"Aanpak {n}") for n in range(APPROACHES)])
        carried: dict[int, tuple[str, ...]] = {}
        fill(runtime, _with_approaches(size, carried))
        _carry(runtime, carried)
        runtime.close()
        (folder / "ready").touch()
    return folder


def _with_approaches(size: int, carried: dict[int, tuple[str, ...]]) -> Iterator[Made]:
    rng = np.random.default_rng(SEED + 1)
    for made in Generator(read_vocabulary(), size):
        number = 0 if rng.random() > CARRYING else 1 + int(rng.random() < TWO)
        slugs = tuple(dict.fromkeys(f"aanpak-{_skewed(rng, APPROACHES)}" for _ in range(number)))
        carried[made.number] = slugs
        yield replace(made, content=replace(made.content, approaches=slugs))


def _carry(runtime: Runtime, carried: dict[int, tuple[str, ...]]) -> None:
    with runtime.work(writing=True) as work:
        ids = approach_ids(work.session)
        rows = [
            {"initiative_id": key, "approach_id": ids[slug]}
            for key, slugs in carried.items()
            for slug in slugs
        ]
        work.session.execute(insert(PublishedApproach), rows)
        judge_approaches(work, [Approach(slug, slug) for slug in ids])


def _names(runtime: Runtime) -> dict[str, str]:
    """Two initiatives, the most carried approach and a usual one, and a frozen briefing of everything."""
    from kb.domain.people import Person  # noqa: PLC0415 - only here
    from kb.domain.search import Search  # noqa: PLC0415
    from kb.domain.workflow import Role  # noqa: PLC0415
    from kb.services import briefing, places  # noqa: PLC0415

    with runtime.work(writing=True) as work:
        found = briefing.of_search(work, Search(), title="Alles", query="sorteer=nieuw")
        key = briefing.freeze(work, Person(1, Role.MINISTRY), found)
        slugs = list(work.session.scalars(select(InitiativeRow.slug).order_by(InitiativeRow.id).limit(2)))
        counted = places.approaches(work)
    return {
        "one": slugs[0],
        "other": slugs[1],
        "key": key,
        "approach": counted[0][0].slug,
        "usual": counted[len(counted) // 2][0].slug,
    }


def _change(runtime: Runtime) -> None:
    with runtime.work(writing=True) as work:
        work.session.execute(
            update(InitiativeRow).where(InitiativeRow.id == 7).values(last_confirmed_at=work.now)
        )
        note_change(work.session, 7, now=work.now)


def _taken(client: object, address: str) -> float:
    begin = time.process_time()
    answer = client.get(address, buffered=True)  # type: ignore[attr-defined]
    taken = 1000 * (time.process_time() - begin)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} gave {answer.status_code}")
    return taken


if __name__ == "__main__":
    main()
