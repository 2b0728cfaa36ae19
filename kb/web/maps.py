"""The map of regions: shapes that were drawn once, shaded by how many initiatives there are."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kb.domain.shades import legend_of, step_edges, step_of
from kb.paths import asset_dir
from kb.services.overview import Place


@dataclass(frozen=True, slots=True)
class Shape:
    """One region on the map; `step` 0 (none) to 5 (most) is its shade."""

    code: str
    name: str
    number: int
    step: int
    path: str


@dataclass(frozen=True, slots=True)
class RegionMap:
    view_box: str
    shapes: tuple[Shape, ...]
    legend: tuple[tuple[int, str], ...]


def region_map(places: Sequence[Place], layer: str) -> RegionMap:
    """The map of this layer: `arbeidsmarktregio` or `provincie`."""
    drawn = _geometry()
    paths = {shape["code"]: shape["d"] for shape in drawn["lagen"][layer]}
    edges = step_edges(place.number for place in places)
    shapes = tuple(
        Shape(p.term.code, p.term.label, p.number, step_of(p.number, edges), paths[p.term.code])
        for p in places
        if p.term.code in paths
    )
    return RegionMap(drawn["viewBox"], shapes, legend_of(edges))


@cache
def _geometry() -> dict[str, Any]:
    path = asset_dir("seed_data") / "geometry" / "kaart_paden.json"
    drawn: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return drawn
