"""The comb of seven nuts: recommendation 7, in context, in the middle and the other six around it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

from kb.domain.terms import Term
from kb.language.texts import gettext as _
from kb.language.texts import mark
from kb.services.overview import Line

RADIUS = 76
GAP = 5
HEIGHT = sqrt(3) * RADIUS
PLACES = {
    "1": (0.0, -HEIGHT),
    "2": (1.5 * RADIUS, -HEIGHT / 2),
    "3": (1.5 * RADIUS, HEIGHT / 2),
    "4": (0.0, HEIGHT),
    "5": (-1.5 * RADIUS, HEIGHT / 2),
    "6": (-1.5 * RADIUS, -HEIGHT / 2),
    "7": (0.0, 0.0),
}
# Two short lines fit in a nut; a bar parts them.
SHORT = {
    "1": mark("Working|smarter"),
    "2": mark("Culture in|technology"),
    "3": mark("Starting|young"),
    "4": mark("Career|changers"),
    "5": mark("Training|network"),
    "6": mark("Working|conditions"),
    "7": mark("In|context"),
}


@dataclass(frozen=True, slots=True)
class Nut:
    """One hexagon with its place and words, in the units of the drawing."""

    term: Term
    x: float
    y: float
    points: str
    lines: tuple[str, ...]
    number: int


def comb_of(recommendations: Iterable[Line]) -> tuple[Nut, ...]:
    return tuple(_nut(line) for line in recommendations if line.term.code in PLACES)


def _nut(line: Line) -> Nut:
    term = line.term
    x, y = PLACES[term.code]
    corners = [((RADIUS - GAP) * cos(k * pi / 3), (RADIUS - GAP) * sin(k * pi / 3)) for k in range(6)]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    words = tuple(_(SHORT[term.code]).split("|"))
    return Nut(term, round(x, 1), round(y, 1), points, words, line.standing.initiatives)
