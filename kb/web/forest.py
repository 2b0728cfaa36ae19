"""A forest plot as numbers for a table: each study a line, the studies together a diamond."""

from dataclasses import dataclass
from math import ceil, floor

from kb.domain.evidence import Interval
from kb.language.formats import number
from kb.language.texts import gettext as _
from kb.services.cell import Studies, StudyLine, in_points

POINTS = 100
# Ends of the axis that read well, in the unit of the page.
ROUND_POINTS = (4, 10, 20, 30, 40, 60, 80, 100)
ROUND_SCALE = (0.25, 0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the plot, in the units of the drawing (0 to 100 from left to right)."""

    low: float
    mid: float
    high: float
    words: str
    between: str
    crosses: bool


@dataclass(frozen=True, slots=True)
class Forest:
    """`scale` turns the unit of the effects into that of the page."""

    scale: float
    unit: str
    ticks: tuple[tuple[float, str], ...]
    zero: float
    band: tuple[float, float] | None
    bars: tuple[tuple[StudyLine, Bar], ...]
    together: Bar | None
    prediction: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Axis:
    """From -`end` to `end`; one unit of the effect is `scale` units on the page."""

    end: float
    scale: float

    def place(self, value: float) -> float:
        share = (value * self.scale + self.end) / (2 * self.end)
        return round(100 * min(1.0, max(0.0, share)), 2)


def forest_of(page: Studies) -> Forest | None:
    """The plot of the studies that told an effect; natural units: percentage points, or the scale itself.

    Different outcomes or scales never share one axis: then there is nothing to draw but directions.
    """
    lines = _on_one_scale(page)
    if not lines:
        return None
    points = all(in_points(line.metric) for line in lines)
    axis = _axis(page, lines, points)
    sesoi = page.sesoi or next((line.sesoi for line in lines if line.sesoi), None)
    pooled = page.pooled
    return Forest(
        scale=axis.scale,
        unit=_unit(lines, points),
        ticks=tuple((axis.place(tick / axis.scale), _tick(tick)) for tick in _ticks(axis.end)),
        zero=axis.place(0),
        band=(axis.place(-sesoi), axis.place(sesoi)) if sesoi else None,
        bars=tuple(
            (line, _bar(axis, line.estimate or 0.0, line.interval)) for line in lines if line.interval
        ),
        together=_bar(axis, pooled.estimate, pooled.ci) if pooled else None,
        prediction=(axis.place(pooled.pi.lo), axis.place(pooled.pi.hi)) if pooled and pooled.pi else None,
    )


def _on_one_scale(page: Studies) -> tuple[StudyLine, ...]:
    """All studies where they measured the same in the same way; beside a pooled figure those like it."""
    told = [line for line in page.lines if line.interval]
    if not told:
        return ()
    same = tuple(line for line in page.drawn if _scale(line) == _scale(told[0]))
    return same if page.pooled or len(same) == len(told) else ()


def _scale(line: StudyLine) -> tuple[str, str]:
    return line.indicator, line.metric


def _axis(page: Studies, lines: tuple[StudyLine, ...], points: bool) -> Axis:
    scale = POINTS if points else 1
    ends = [abs(end) for line in lines if line.interval for end in line.interval]
    if page.pooled:
        ends += [abs(end) for end in (*page.pooled.ci, *(page.pooled.pi or ()))]
    most = max(ends, default=1.0) * scale
    ends_allowed = ROUND_POINTS if points else ROUND_SCALE
    return Axis(float(next((end for end in ends_allowed if end >= most), ceil(most))), scale)


def _bar(axis: Axis, estimate: float, interval: Interval | None) -> Bar:
    low, high = interval or (estimate, estimate)
    words, between = in_words(estimate, Interval(low, high), axis.scale)
    return Bar(
        low=axis.place(low),
        mid=axis.place(estimate),
        high=axis.place(high),
        words=words,
        between=between,
        crosses=low <= 0 <= high,
    )


def in_words(estimate: float, interval: Interval, scale: float) -> tuple[str, str]:
    """The difference with its sign, and where it probably lies, in the unit of the page."""
    low, high = (_written(end * scale, scale) for end in interval)
    words = _written(estimate * scale, scale)
    return f"+{words}" if estimate > 0 else words, _("%(low)s to %(high)s", low=low, high=high)


def _ticks(end: float) -> tuple[float, ...]:
    half = end / 2
    return (-end, -half, 0, half, end)


def _unit(lines: tuple[StudyLine, ...], points: bool) -> str:
    if points:
        return _("more of every 100 people")
    if any(line.metric in ("rr", "or") for line in lines):
        return _("logarithm of a ratio")
    if all(line.metric == "smd" for line in lines):
        return _("standard deviations (Hedges g)")
    return _("the scale of the study")


def _written(value: float, scale: float) -> str:
    """Points in whole numbers from ten on and with one decimal below, a scale with two."""
    digits = 2 if scale == 1 else 1 if abs(value) < 10 else 0
    rounded = round(value, digits)
    text = number(abs(rounded), digits=0 if rounded == floor(rounded) and scale != 1 else digits)
    return f"\N{MINUS SIGN}{text}" if rounded < 0 else text


def _tick(value: float) -> str:
    return number(value).replace("-", "\N{MINUS SIGN}")
