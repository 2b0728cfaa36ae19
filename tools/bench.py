"""Measures the search on made-up catalogues: `make bench`, or `make bench SIZES=10000`.

For each size: full reindex, the engine by kind of question, the whole page, suggestions, memory, start-up, a
change until every worker shows it; and Datasette on the same records, asked the same by the same load
generator. Prints tables and writes var/bench.json. A size above 100,000 is measured in the engine alone.
"""

import argparse
import json
import os
import random
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from measuring import engine_only, peer, tables
from measuring.catalogues import PLACE, prepared
from measuring.figures import private_mb, spread
from measuring.questions import Questions, beginnings, portal_address, questions
from measuring.serving import Load, Server, ask, datasette, portal
from measuring.visible import seconds_until_visible

from kb.domain.search import Record
from kb.runtime import Runtime
from kb.services import indexing
from kb.settings import Settings

SIZES = "10000,100000"
LARGEST_WHOLE = 100_000
WORKERS = 4
CONNECTIONS = (1, 8, 32)
SECONDS = 10
PASSES = 3
TOOLS = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", default=os.environ.get("SIZES", SIZES))
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    report: dict[str, Any] = {
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
        "cores": os.cpu_count(),
        "sizes": {},
    }
    for size in sizes:
        load = os.getloadavg()[0]
        is_whole = size <= LARGEST_WHOLE
        result = whole(size) if is_whole else engine_only.measured(size)
        report["sizes"][str(size)] = result | {"load_before": round(load, 1)}
        (PLACE / "bench.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        lines = tables.lines(size, result) if is_whole else tables.short(size, result)
        print("\n".join(lines), flush=True)


def whole(size: int) -> dict[str, Any]:
    """Everything that is measured of one size."""
    folder = prepared(size)
    result = inside("reindex", folder) | inside("engine", folder)
    records = _records(folder)
    asked, typed = questions(records), beginnings(records)
    database = folder / "peer.db"
    peer.write_database(database, records)
    result |= _workers(folder, size, asked, typed)
    result["peer"] = {"datasette": _against_datasette(folder, database, asked)}
    return result


def inside(what: str, folder: Path) -> dict[str, Any]:
    """Measured in a fresh process."""
    command = [sys.executable, "-m", "measuring.inside", what, str(folder.resolve())]
    done = subprocess.run(command, cwd=TOOLS, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _records(folder: Path) -> list[Record]:
    runtime = Runtime(Settings(data_dir=folder))
    with runtime.work() as work:
        records = list(indexing.all_records(work))
    runtime.close()
    return records


def _workers(folder: Path, size: int, asked: Questions, typed: list[str]) -> dict[str, Any]:
    """Several workers on one folder: pages and memory of the first, and changes in all of them."""
    with ExitStack() as stack:
        workers = [stack.enter_context(portal(folder)) for _ in range(WORKERS)]
        first = workers[0]
        pages = {kind: _pages(first, [portal_address(each) for each in some]) for kind, some in asked.items()}
        suggesting = _pages(first, [f"/zoeken/suggesties?q={words}" for words in typed])
        memory = private_mb(first.pid)
        visible = seconds_until_visible(folder, workers, size)
    everything = [seconds for some in pages.values() for seconds in some]
    return {
        "page_ms": {kind: spread(some) for kind, some in pages.items()} | {"all": spread(everything)},
        "suggest_ms": spread(suggesting),
        "private_mb": memory,
        "start_seconds": round(first.start_seconds, 2),
        "change_visible_ms": spread(visible),
    }


def _pages(server: Server, addresses: list[str]) -> list[float]:
    """Over one connection; a first pass warms up."""
    ask(server.port, addresses)
    return list(ask(server.port, addresses * PASSES).seconds)


def _against_datasette(folder: Path, database: Path, asked: Questions) -> dict[str, Any]:
    """One process of ours, then one of Datasette, with all questions in one random order."""
    mixed = [search for some in asked.values() for search in some]
    random.Random(5).shuffle(mixed)
    with portal(folder) as server:
        ours = _under_load(server, [portal_address(search) for search in mixed])
    with datasette(database) as server:
        theirs = _under_load(server, [peer.address(database, search) for search in mixed])
    return {str(number): _compared(ours[number], theirs[number]) for number in CONNECTIONS}


def _under_load(server: Server, addresses: list[str]) -> dict[int, Load]:
    """By how many ask at the same time."""
    return {
        number: ask(server.port, addresses, connections=number, seconds=SECONDS) for number in CONNECTIONS
    }


def _compared(ours: Load, theirs: Load) -> dict[str, float]:
    our_p95, their_p95 = spread(ours.seconds)["p95"], spread(theirs.seconds)["p95"]
    return {
        "rps_ratio": round(ours.rps / theirs.rps, 2),
        "p95_ratio": round(our_p95 / their_p95, 4),
        "rps": round(ours.rps, 1),
        "peer_rps": round(theirs.rps, 2),
        "p95_ms": our_p95,
        "peer_p95_ms": their_p95,
    }


if __name__ == "__main__":
    main()
