"""The evidence of one initiative in words: the main figures, the verdict, what comes next and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.domain.content import Effect, MeasureKind, Measurement, Method, Metric, Qualifier
from kb.domain.evidence import Direction, Flag, Interval, Level
from kb.domain.ladder import Need
from kb.domain.telling import ToldEffect
from kb.domain.terms import Scheme
from kb.language import labels
from kb.language.effects import effect_sentence
from kb.language.evidence import (
    Figures,
    attribution_sentence,
    direction_sentence,
    level_sentence,
    next_step_sentences,
)
from kb.language.texts import gettext as _
from kb.language.texts import language
from kb.language.trace import TraceLine, trace_lines
from kb.runtime import running
from kb.services.reading import InitiativePage
from kb.web.words import independence

NOT_MEASURED = "niet_gemeten"
HERE, APPROACH = "hier", "aanpak"
MOST_TILES = 3
POINTS = 100
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
class StudyEffect:
    """One difference that a study found: of what, which way, and how much."""

    outcome: str
    details: str
    direction: str
    words: str
    heading: str


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """`of_studies` has a line for each difference that a study found, in the order of the studies."""

    tiles: tuple[Tile, ...]
    level: Level
    level_sentence: str
    sentences: tuple[str, ...]
    approach_sentence: str
    of_studies: tuple[tuple[StudyEffect, ...], ...]
    flags: tuple[str, ...]
    next_level: str
    next_steps: tuple[str, ...]
    derivations: tuple[Derivation, ...]


def evidence_view(page: InitiativePage) -> EvidenceView:
    verdict, step = page.verdict, page.next_step
    return EvidenceView(
        tiles=tuple(_tiles(page)),
        level=verdict.level,
        level_sentence=level_sentence(verdict.level, _figures(page)),
        sentences=tuple(filter(None, _sentences(page))),
        approach_sentence=_approach_sentence(page),
        of_studies=tuple(_study_effects(page)),
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
    if verdict.direction != NOT_MEASURED:
        if page.voice:
            yield _("Measured: %(outcome)s.", outcome=_indicator(page.voice.indicator))
        yield direction_sentence(page.direction, _figures(page))
        yield attribution_sentence(verdict.attributable)
    elif page.is_measured:
        yield _("Something was measured, but the figures cannot tell whether this initiative helps.")


def _figures(page: InitiativePage) -> Figures:
    """The numbers that the sentences about this place need."""
    voice = page.voice
    return Figures(
        change=_change(page),
        places=_places(page),
        per_100=voice.per_100 if voice else None,
        interval=voice.per_100_interval if voice else None,
        compared=voice.compared if voice else True,
    )


def _change(page: InitiativePage) -> tuple[str, str] | None:
    """An outcome before and after, where the source told both in a few words.

    In other figures the comparison may be an average or a target; from that to this would be no change.
    """
    outcomes = (m for group in page.results for m in group if m.kind is MeasureKind.OUTCOME)
    for measured in (m for m in outcomes if m.method is Method.BEFORE_AFTER):
        before, after = measured.baseline_words, measured.words
        if before and max(len(before), len(after)) <= LONGEST_VALUE:
            return before, after
    return None


def _places(page: InitiativePage) -> int | None:
    """In how many places it was studied well, as the derivation counted them."""
    steps = (step for step in page.verdict.trace if step.rule == f"trede_{Level.REPLICATED}.{Need.PLACES}")
    return next((int(str(step.because[0][1])) for step in steps), None)


def _approach_sentence(page: InitiativePage) -> str:
    """What all places together say as one figure; nothing where they were not added up."""
    if page.pooled is None or page.pooled.result is None or page.pooled.pooled is None:
        return ""
    result, direction = page.pooled.result, Direction(page.verdicts[APPROACH].direction)
    if page.pooled.metric is not Metric.RD:
        return direction_sentence(direction)
    middle = sum(result.ci) / 2
    figures = Figures(
        per_100=POINTS * middle,
        interval=_in_points(result.ci),
        prediction=_in_points(result.pi) if result.pi else None,
    )
    return direction_sentence(direction, figures)


def _in_points(interval: Interval) -> Interval:
    return Interval(POINTS * interval.lo, POINTS * interval.hi)


def _study_effects(page: InitiativePage) -> Iterator[tuple[StudyEffect, ...]]:
    for study, told in zip(page.content.studies, page.effects, strict=True):
        heading = _("Difference") if study.design.compares else _("Change")
        yield tuple(_study_effect(*pair, heading) for pair in zip(study.effects, told, strict=True))


def _study_effect(effect: Effect, told: ToldEffect | None, heading: str) -> StudyEffect:
    return StudyEffect(
        outcome=_indicator(effect.indicator),
        details=": ".join(filter(None, (effect.label, effect.contrast))),
        direction=told.direction.value if told else "",
        words=effect_sentence(told) if told else _("not told with its uncertainty, or not to be computed"),
        heading=heading,
    )


def _indicator(code: str) -> str:
    return running().vocabulary.label(Scheme.INDICATOR, code, language())


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
