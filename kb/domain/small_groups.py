"""Numbers of fewer than ten people: somebody in a small town could tell who they are, so nobody sees them."""

from dataclasses import replace
from typing import Any

from kb.domain.answers import effect_size
from kb.domain.content import Content, Delivery, Effect, Measurement, Study

SMALLEST_SHOWN = 10
FEWER = "minder dan 10"
CELLS = ("events_t", "n_t", "events_c", "n_c")
# Units of figures that count people, in the words of sources.
PEOPLE = frozenset(
    {
        "cursisten",
        "deelnemers",
        "docenten",
        "jongeren",
        "kandidaten",
        "kinderen",
        "leerlingen",
        "leraren",
        "medewerkers",
        "meisjes",
        "mensen",
        "monteurs",
        "personen",
        "scholieren",
        "statushouders",
        "studenten",
        "technici",
        "vakmensen",
        "vrijwilligers",
        "vrouwen",
        "werkenden",
        "werknemers",
        "werkzoekenden",
        "zij-instromers",
    }
)


def counts_people(unit: str) -> bool:
    """Whether a figure in this unit counts people: leerlingen, and leerlingen (ongeveer)."""
    first, _space, _rest = unit.casefold().strip().partition(" ")
    return first.rstrip(",;") in PEOPLE


def is_small(people: float | None) -> bool:
    """None at all gives nobody away."""
    return people is not None and 0 < people < SMALLEST_SHOWN


def shielded(content: Content) -> Content:
    """The content as the public may see it; the verdict still reads what is really there."""
    return replace(
        content,
        measurements=tuple(_measurement(each) for each in content.measurements),
        studies=tuple(_study(each) for each in content.studies),
        costs=tuple(replace(each, **_hidden(each, "participants")) for each in content.costs),
        delivery=tuple(_delivery(each) for each in content.delivery),
    )


def _delivery(delivered: Delivery) -> Delivery:
    """What was planned gives nobody away."""
    return replace(delivered, **_hidden(delivered, "reached", "started", "completed"))


def _measurement(measured: Measurement) -> Measurement:
    if counts_people(measured.unit) and is_small(measured.value):
        measured = replace(measured, words=FEWER, value=None)
    return replace(measured, **_hidden(measured, "n", "numerator", "denominator"))


def _study(study: Study) -> Study:
    counts = _hidden(study, "assigned_t", "assigned_c", "analysed_t", "analysed_c")
    return replace(study, effects=tuple(_effect(each, study) for each in study.effects), **counts)


def _effect(effect: Effect, study: Study) -> Effect:
    """What the cells say stays, as an estimate with its interval; the cells themselves go."""
    if not _hidden(effect, *CELLS):
        return effect
    size = effect_size(effect, study)
    bare = replace(effect, events_t=None, n_t=None, events_c=None, n_c=None)
    return replace(bare, estimate=size.yi, ci_low=size.ci.lo, ci_high=size.ci.hi) if size else bare


def _hidden(holder: object, *names: str) -> dict[str, Any]:
    """The counts that are too small to show, as unknown."""
    return {name: None for name in names if is_small(getattr(holder, name))}
