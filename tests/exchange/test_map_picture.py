"""The map as a picture: a PNG that others can read, each region in the colour of its shade."""

import json
import struct
import zlib

import numpy as np
import pytest

from kb.exchange.map_picture import BORDER, PAPER, SHADES, WIDTH, hex_of, map_png
from kb.paths import asset_dir

# A square with a hole in it, and one beside it, on a sheet of 100 by 50.
SQUARES = (
    ("M10,10L40,10L40,40L10,40ZM20,20L30,20L30,30L20,30Z", 5),
    ("M60,10L90,10L90,40L60,40Z", 2),
)


def pixels(png: bytes) -> np.ndarray:
    """Read back by the format, every sum checked."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    place, found = 8, {}
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        data = png[place + 8 : place + 8 + length]
        [expected] = struct.unpack(">I", png[place + 8 + length : place + 12 + length])
        assert zlib.crc32(kind + data) == expected
        found[kind] = data
        place += 12 + length
    width, height, depth, colours, *_rest = struct.unpack(">IIBBBBB", found[b"IHDR"])
    assert (depth, colours, list(found)[-1]) == (8, 2, b"IEND")
    rows = np.frombuffer(zlib.decompress(found[b"IDAT"]), dtype=np.uint8).reshape(height, 1 + 3 * width)
    assert not rows[:, 0].any()
    return rows[:, 1:].reshape(height, width, 3)


@pytest.mark.parametrize(
    ("x", "y", "colour"),
    [(15, 15, SHADES[5]), (25, 25, PAPER), (75, 25, SHADES[2]), (50, 25, PAPER), (99, 49, PAPER)],
)
def test_what_lies_inside_has_its_shade_and_a_lake_stays_open(x, y, colour):
    picture = pixels(map_png("0 0 100 50", SQUARES))
    assert picture.shape == (WIDTH // 2, WIDTH, 3)
    scale = WIDTH / 100
    assert tuple(picture[int(y * scale), int(x * scale)]) == colour


def test_between_land_and_paper_runs_a_line():
    picture = pixels(map_png("0 0 100 50", SQUARES))
    edge = picture[int(25 * WIDTH / 100), int(60 * WIDTH / 100) - 2 : int(60 * WIDTH / 100) + 3]
    assert tuple(BORDER) in {tuple(each) for each in edge.tolist()}


def test_every_region_of_the_map_shows_at_its_label():
    drawn = json.loads((asset_dir("seed_data") / "geometry" / "kaart_paden.json").read_text())
    regions = drawn["lagen"]["arbeidsmarktregio"]
    wide = float(drawn["viewBox"].split()[2])
    picture = pixels(map_png(drawn["viewBox"], [(each["d"], n % 6) for n, each in enumerate(regions)]))
    for number, each in enumerate(regions):
        x, y = (int(part * WIDTH / wide) for part in each["label"])
        assert tuple(picture[y, x]) == SHADES[number % 6], each["naam"]


def test_a_shade_as_documents_write_it():
    assert hex_of(5) == "0B3C46"
