"""A forest plot as numbers for a table: each study a line, the studies together a diamond."""

from dataclasses import dataclass
from math import ceil, floor

from kb.domain.evidence import Interval
from kb.language.formats import number
from kb.language.texts import gettext as _
from kb.services.cell import CellPage, StudyLine, in_points

POINTS = 100
# Ends of the axis that read well, in the unit of the page.
ROUND_POINTS = (5, 10, 20, 30, 50, 100)
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


def forest_of(page: CellPage) -> Forest | None:
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
        unit=_unit(lines, points),
        ticks=tuple((axis.place(tick / axis.scale), _written(tick)) for tick in _ticks(axis.end)),
        zero=axis.place(0),
        band=(axis.place(-sesoi), axis.place(sesoi)) if sesoi else None,
        bars=tuple(
            (line, _bar(axis, line.estimate or 0.0, line.interval)) for line in lines if line.interval
        ),
        together=_bar(axis, pooled.estimate, pooled.ci) if pooled else None,
        prediction=(axis.place(pooled.pi.lo), axis.place(pooled.pi.hi)) if pooled and pooled.pi else None,
    )


def _on_one_scale(page: CellPage) -> tuple[StudyLine, ...]:
    """All studies where they measured the same in the same way; beside a pooled figure those like it."""
    told = [line for line in page.lines if line.interval]
    if not told:
        return ()
    same = tuple(line for line in page.drawn if _scale(line) == _scale(told[0]))
    return same if page.pooled or len(same) == len(told) else ()


def _scale(line: StudyLine) -> tuple[str, str]:
    return line.indicator, line.metric


def _axis(page: CellPage, lines: tuple[StudyLine, ...], points: bool) -> Axis:
    scale = POINTS if points else 1
    ends = [abs(end) for line in lines if line.interval for end in line.interval]
    ends += [abs(end) for end in page.pooled.ci] if page.pooled else []
    most = max(ends, default=1.0) * scale
    ends_allowed = ROUND_POINTS if points else ROUND_SCALE
    return Axis(float(next((end for end in ends_allowed if end >= most), ceil(most))), scale)


def _bar(axis: Axis, estimate: float, interval: Interval | None) -> Bar:
    low, high = interval or (estimate, estimate)
    return Bar(
        low=axis.place(low),
        mid=axis.place(estimate),
        high=axis.place(high),
        words=_signed(estimate * axis.scale),
        between=_("%(low)s to %(high)s", low=_written(low * axis.scale), high=_written(high * axis.scale)),
        crosses=low <= 0 <= high,
    )


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


def _signed(value: float) -> str:
    return f"+{_written(value)}" if value > 0 else _written(value)


def _written(value: float) -> str:
    digits = 0 if abs(value) >= 10 or value == floor(value) else 2 if abs(value) < 1 else 1
    return number(round(value, digits), digits=digits).replace("-", "−")
