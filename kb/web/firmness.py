"""How firm a pooled figure is: the same studies added up in other ways, in words and small tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.domain.evidence import Design, Interval
from kb.domain.statistics.pooling import Pooled
from kb.language.formats import number, percent
from kb.language.labels import label
from kb.language.texts import gettext as _
from kb.services.cell import Studies
from kb.web.forest import in_words


@dataclass(frozen=True, slots=True)
class Line:
    """One way of adding up, and what comes out."""

    name: str
    words: str
    between: str


@dataclass(frozen=True, slots=True)
class Firmness:
    """`sentences` are about the spread between places and what a new place may expect."""

    sentences: tuple[str, ...]
    methods: tuple[Line, ...]
    without: tuple[Line, ...]
    designs: tuple[Line, ...]


def firmness_of(page: Studies, scale: float) -> Firmness | None:
    """Nothing where there is no pooled figure; `scale` turns effects into the unit of the page."""
    if page.pooled is None or page.checks is None:
        return None
    checks = page.checks
    designs = checks.designs.groups if checks.designs else {}
    return Firmness(
        sentences=tuple(_sentences(page, page.pooled, scale)),
        methods=tuple(_line(method.value, found, scale) for method, found in checks.methods),
        without=tuple(_line(title, found, scale) for title, found in checks.without),
        designs=tuple(_line(label(Design(name)), found, scale) for name, found in designs.items()),
    )


def _sentences(page: Studies, pooled: Pooled, scale: float) -> Iterator[str]:
    yield _(
        "Differences between places make up %(share)s of the spread; the rest is chance.",
        share=percent(pooled.i2 / 100),
    )
    if pooled.tau2_ci is not None:
        low, high = (scale * end**0.5 for end in pooled.tau2_ci)
        yield _(
            "Places differ with a standard deviation of %(tau)s (probably between %(low)s and %(high)s).",
            tau=_plain(scale * pooled.tau2**0.5),
            low=_plain(low),
            high=_plain(high),
        )
    if pooled.pi is not None:
        _middle, between = in_words(pooled.estimate, Interval(*pooled.pi), scale)
        yield _("A new place may expect %(between)s.", between=between)
    else:
        yield _("What a new place may expect can be told from five studies on.")
    if page.checks and page.checks.egger:
        yield _egger(page.checks.egger.p)
    if page.checks and page.checks.designs:
        yield _(
            "Chance that the kinds of design differ by luck alone: %(p)s.", p=_chance(page.checks.designs.p)
        )


def _egger(p: float) -> str:
    if p < 0.05:
        return _(
            "Small studies report larger differences (Egger, p = %(p)s): some may be missing.", p=_chance(p)
        )
    return _(
        "Small studies do not report larger differences than large ones (Egger, p = %(p)s).", p=_chance(p)
    )


def _line(name: str, pooled: Pooled, scale: float) -> Line:
    return Line(name, *in_words(pooled.estimate, pooled.ci, scale))


def _plain(value: float) -> str:
    return number(value, digits=1 if value >= 1 else 2)


def _chance(p: float) -> str:
    return number(p, digits=2 if p >= 0.01 else 3)
