"""Times, percentiles and memory."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

MIB = 1024
Result = TypeVar("Result")


def timed(deed: Callable[[], Result]) -> tuple[Result, float]:
    """What the deed gives, and the seconds it took."""
    start = time.perf_counter()
    result = deed()
    return result, time.perf_counter() - start


def percentile(numbers: Sequence[float], share: int) -> float:
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, round(share / 100 * (len(ordered) - 1)))]


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """The median and the 95th percentile, in milliseconds."""
    return {f"p{share}": round(1e3 * percentile(seconds, share), 3) for share in (50, 95)}


def private_mb(pid: int | str = "self") -> float:
    """Memory that no other process shares."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    private = (line.split()[1] for line in lines if line.startswith(("Private_Clean", "Private_Dirty")))
    return round(sum(map(int, private)) / MIB, 1)


def size_mb(folder: Path) -> float:
    return round(sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) / 1e6, 1)
