"""The evidence of one initiative in words: the main figures, the verdict, what comes next and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.domain.content import MeasureKind, Measurement, Qualifier
from kb.domain.evidence import Flag, Level
from kb.language import labels
from kb.language.evidence import attribution_sentence, direction_sentence, next_step_sentences
from kb.language.texts import gettext as _
from kb.language.trace import TraceLine, trace_lines
from kb.services.reading import InitiativePage
from kb.web.words import independence

NOT_MEASURED = "niet_gemeten"
HERE, APPROACH = "hier", "aanpak"
MOST_TILES = 3
# Longer values are sentences; they stand in the table and not in large print.
LONGEST_VALUE, LONGEST_UNIT = 12, 24
# The sentence of the level says this already.
SAID_BY_LEVEL = (Flag.DESCRIPTION_INCOMPLETE,)
TILE_ORDER = (MeasureKind.OUTCOME, MeasureKind.OUTPUT, MeasureKind.REACH)


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure in large print; `kind` keeps reach apart from outcome."""

    value: str
    label: str
    kind: str
    period: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """How the verdict on one axis came about, rule by rule."""

    name: str
    lines: tuple[TraceLine, ...]
    rule_version: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    tiles: tuple[Tile, ...]
    level: Level
    sentences: tuple[str, ...]
    flags: tuple[str, ...]
    next_level: str
    next_steps: tuple[str, ...]
    derivations: tuple[Derivation, ...]


def evidence_view(page: InitiativePage) -> EvidenceView:
    verdict, step = page.verdict, page.next_step
    return EvidenceView(
        tiles=tuple(_tiles(page)),
        level=verdict.level,
        sentences=tuple(filter(None, _sentences(page))),
        flags=tuple(labels.label(flag) for flag in verdict.flags if flag not in SAID_BY_LEVEL),
        next_level=f"{int(step.level)}. {labels.label(step.level)}" if step else "",
        next_steps=next_step_sentences(step) if step else (),
        derivations=tuple(_derivations(page)),
    )


def _derivations(page: InitiativePage) -> Iterator[Derivation]:
    names = {HERE: _("Measured here"), APPROACH: _("This approach, all places together")}
    for axis, name in names.items():
        if axis in page.verdicts:
            verdict = page.verdicts[axis]
            yield Derivation(name, trace_lines(verdict.trace), verdict.rule_version)


def _sentences(page: InitiativePage) -> Iterator[str]:
    verdict = page.verdict
    yield labels.level_meaning(verdict.level)
    if verdict.direction != NOT_MEASURED:
        yield direction_sentence(page.direction)
        yield attribution_sentence(verdict.attributable)
    elif page.is_measured:
        yield _("Something was measured, but the figures cannot tell whether this initiative helps.")


def _tiles(page: InitiativePage) -> Iterator[Tile]:
    figures = [m for group in page.results for m in group if m.kind in TILE_ORDER and _is_short(m)]
    for measured in sorted(figures, key=lambda m: TILE_ORDER.index(m.kind))[:MOST_TILES]:
        yield Tile(
            value=" ".join(filter(None, (measured.words, measured.unit))),
            label=measured.label,
            kind=_kind(measured),
            period=measured.period or str(measured.year or ""),
        )


def _is_short(measured: Measurement) -> bool:
    short = len(measured.words) <= LONGEST_VALUE and len(measured.unit) <= LONGEST_UNIT
    return short and any(letter.isdigit() for letter in measured.words)


def _kind(measured: Measurement) -> str:
    """Reach or outcome, how exact the figure is, and whether an outside eye measured it."""
    parts = [labels.label(measured.kind)]
    if measured.qualifier is not Qualifier.EXACT:
        parts.append(labels.label(measured.qualifier))
    if measured.kind is MeasureKind.OUTCOME:
        parts.append(independence(measured.independent))
    return " · ".join(parts)
