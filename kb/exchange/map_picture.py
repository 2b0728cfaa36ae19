"""The map of regions as a PNG for documents, drawn by scan lines; no library for pictures is needed."""

import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float64]
Shape = tuple[str, int]

WIDTH = 900
# Each pixel is the mean of this many squared, so that borders look smooth.
FINENESS = 2
# As the pages have them: the paper, the borders, then none (0) to most (5).
PAPER, BORDER = (255, 255, 255), (138, 154, 153)
SHADES = ((241, 244, 243), (224, 240, 242), (181, 218, 222), (125, 186, 195), (31, 116, 129), (11, 60, 70))
OUTSIDE, LINE = 0, 1
MARK = b"\x89PNG\r\n\x1a\n"


def map_png(view_box: str, shapes: Sequence[Shape]) -> bytes:
    """Each shape is its path (straight lines only) and its shade from 0 to 5."""
    drawn = _drawn(view_box, tuple(path for path, _step in shapes))
    palette = np.array([PAPER, BORDER, *(SHADES[step] for _path, step in shapes)], dtype=np.uint8)
    fine = palette[drawn].astype(np.uint16)
    height, width = fine.shape[0] // FINENESS, fine.shape[1] // FINENESS
    squares = fine.reshape(height, FINENESS, width, FINENESS, 3)
    return _png((squares.sum(axis=(1, 3)) // FINENESS**2).astype(np.uint8))


def hex_of(step: int) -> str:
    """The colour of a shade as documents write it."""
    return "".join(f"{part:02X}" for part in SHADES[step])


@lru_cache(maxsize=4)
def _drawn(view_box: str, paths: tuple[str, ...]) -> Pixels:
    """What lies where, whatever its shade: outside, a border, or the number of a shape from 2 on."""
    left, top, wide, high = (float(part) for part in view_box.split())
    scale = WIDTH * FINENESS / wide
    height = round(high * scale / FINENESS) * FINENESS
    canvas = np.zeros((height, WIDTH * FINENESS), dtype=np.uint8)
    outlines = [[(ring - (left, top)) * scale for ring in _rings(path)] for path in paths]
    for number, rings in enumerate(outlines):
        _fill(canvas, rings, number + 2)
    for rings in outlines:
        for ring in rings:
            _trace(canvas, ring)
    canvas.setflags(write=False)
    return canvas


def _rings(path: str) -> list[Points]:
    """The corners of each closed line of a path that has only M, L and Z."""
    found = []
    for part in path.split("M"):
        corners = part.replace("Z", "").replace("L", " ").replace(",", " ").split()
        if corners:
            found.append(np.array(corners, dtype=np.float64).reshape(-1, 2))
    return found


def _fill(canvas: Pixels, rings: Sequence[Points], value: int) -> None:
    """Inside is where a line from the left has crossed an odd number of borders, so lakes stay open."""
    starts = np.concatenate(rings)
    ends = np.concatenate([np.roll(ring, -1, axis=0) for ring in rings])
    first = max(0, int(starts[:, 1].min()))
    last = min(len(canvas) - 1, int(starts[:, 1].max()) + 1)
    for row in range(first, last + 1):
        y = row + 0.5
        crossing = (starts[:, 1] <= y) != (ends[:, 1] <= y)
        (x0, y0), (x1, y1) = starts[crossing].T, ends[crossing].T
        places = np.sort(x0 + (y - y0) * (x1 - x0) / (y1 - y0))
        for begin, end in zip(places[::2], places[1::2], strict=True):
            canvas[row, max(0, round(begin)) : max(0, round(end))] = value


def _trace(canvas: Pixels, ring: Points) -> None:
    """A border of the width of one fine pixel and its neighbour."""
    for start, end in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        steps = max(2, int(np.abs(end - start).max()) + 1)
        columns, rows = np.linspace(start, end, steps).round().astype(int).T
        rows = rows.clip(0, canvas.shape[0] - 1)
        for beside in (0, 1):
            canvas[rows, (columns + beside).clip(0, canvas.shape[1] - 1)] = LINE


def _png(pixels: Pixels) -> bytes:
    """As the format asks: a header, the rows with no filter, and an end (ISO/IEC 15948)."""
    height, width, _three = pixels.shape
    rows = np.concatenate([np.zeros((height, 1), dtype=np.uint8), pixels.reshape(height, -1)], axis=1)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
    return MARK + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
