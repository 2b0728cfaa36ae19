"""The figures of a benchmark as tables that people can read, with what they must be."""

from collections.abc import Iterable, Iterator
from typing import Any

# The figures of the assignment, by size: at most, or at least for what is a speed or a ratio of requests.
GOALS: dict[int, dict[str, float]] = {
    10_000: {"engine": 2, "phrase": 8, "p50": 12, "p95": 20, "rps": 5, "suggest": 5, "private": 150},
    100_000: {"engine": 6, "phrase": 30, "p50": 20, "p95": 35, "rps": 8, "suggest": 10, "private": 250},
}
P95_RATIO, VISIBLE, REINDEX = 0.25, 200, 1_500

Figures = dict[str, Any]


def lines(size: int, result: Figures) -> Iterator[str]:
    """The tables of one size, line by line."""
    yield ""
    yield f"{size:,} initiatives"
    yield from _times("engine, ms", result["engine_ms"], with_cold=True)
    yield from _times("whole page, ms", result["page_ms"])
    yield ""
    yield from _single_figures(size, result)
    yield ""
    yield from _peers(result["peer"]["datasette"])


def short(size: int, result: Figures) -> Iterator[str]:
    """What is measured of a catalogue that only stands in the index."""
    yield ""
    yield f"{size:,} initiatives, the engine alone"
    yield from _times("engine, ms", result["engine_ms"], with_cold=True)
    names = ("reindex_per_second", "index_mb", "engine_private_mb")
    yield from (f"  {name.replace('_', ' '):<44}{result[name]:>12}" for name in names)


def _times(heading: str, kinds: dict[str, Figures], *, with_cold: bool = False) -> Iterator[str]:
    yield ""
    yield f"  {heading:<24}{'p50':>9}{'p95':>9}" + ("  cold p95" if with_cold else "")
    for kind, row in kinds.items():
        cold = f"{row['cold_p95']:>10.2f}" if with_cold else ""
        yield f"  {kind:<24}{row['p50']:>9.2f}{row['p95']:>9.2f}{cold}"


def _single_figures(size: int, result: Figures) -> Iterator[str]:
    goals = GOALS.get(size, {})
    found = result["engine_ms"]
    plain = max(row["p95"] for kind, row in found.items() if kind != "phrase")
    yield f"  {'':<44}{'measured':>12}{'goal':>12}"
    for name, value, goal in (
        ("engine, p95 of the slowest kind but phrase, ms", plain, goals.get("engine")),
        ("phrase, p95, ms", found["phrase"]["p95"], goals.get("phrase")),
        ("whole page, p50, ms", result["page_ms"]["all"]["p50"], goals.get("p50")),
        ("whole page, p95, ms", result["page_ms"]["all"]["p95"], goals.get("p95")),
        ("suggestions, p95, ms", result["suggest_ms"]["p95"], goals.get("suggest")),
        ("change visible in every worker, p95, ms", result["change_visible_ms"]["p95"], VISIBLE),
        ("full reindex, records/s", result["reindex_per_second"], REINDEX),
        ("private memory of a worker, MB", result["private_mb"], goals.get("private")),
        ("start of a worker until it answers, s", result["start_seconds"], None),
        ("index on disk, MB", result["index_mb"], None),
    ):
        yield f"  {name:<44}{value:>12,.5g}{'' if goal is None else f'{goal:>12,.5g}'}"


def _peers(by_connections: dict[str, Figures]) -> Iterator[str]:
    heads = ("connections", "ours/s", "Datasette/s", "ratio", "ours p95", "Datasette p95", "ratio")
    yield "  " + "".join(f"{head:>15}" for head in heads)
    for connections, row in by_connections.items():
        values: Iterable[float] = (
            row["rps"],
            row["peer_rps"],
            row["rps_ratio"],
            row["p95_ms"],
            row["peer_p95_ms"],
            row["p95_ratio"],
        )
        yield f"  {connections:>15}" + "".join(f"{value:>15,.4g}" for value in values)
