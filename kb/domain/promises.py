"""Promises: what will be measured, said before the start. Once public nobody changes them any more."""

from dataclasses import dataclass, replace
from datetime import date

from kb.domain.content import Content, PlannedMeasure


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise with how it stands: kept, or so many months late (None where nothing is late yet)."""

    planned: PlannedMeasure
    is_kept: bool
    months_late: int | None


def promises_of(content: Content, today: date) -> tuple[Promise, ...]:
    return tuple(
        Promise(planned, is_kept(planned, content), months_late(planned, content, today))
        for planned in content.promises
    )


def due_day(planned: PlannedMeasure) -> date | None:
    try:
        return date.fromisoformat(planned.due_date)
    except ValueError:
        return None


def is_kept(planned: PlannedMeasure, content: Content) -> bool:
    """Whether the indicator was measured in the year that was promised or later, or in a study."""
    due = due_day(planned)
    first = due.year if due else 0
    figures = (each for each in content.measurements if each.indicator == planned.indicator)
    measured = any((each.year or 0) >= first and each.year is not None for each in figures)
    effects = (effect for study in content.studies for effect in study.effects)
    return measured or any(effect.indicator == planned.indicator for effect in effects)


def months_late(planned: PlannedMeasure, content: Content, today: date) -> int | None:
    due = due_day(planned)
    if due is None or due >= today or is_kept(planned, content):
        return None
    return (today.year - due.year) * 12 + today.month - due.month


def locked(content: Content, today: date) -> Content:
    """As it becomes public: every promise that was open is fixed from today on."""
    day = today.isoformat()
    fixed = tuple(each if each.locked_at else replace(each, locked_at=day) for each in content.promises)
    return replace(content, promises=fixed)


def keeping_locks(before: Content | None, after: Content) -> Content:
    """The new version with the day on which each promise was fixed; nobody can date a promise himself."""
    known = {_words(each): each.locked_at for each in (before.promises if before else ())}
    kept = tuple(replace(each, locked_at=known.get(_words(each), "")) for each in after.promises)
    return replace(after, promises=kept)


def broken(before: Content, after: Content) -> tuple[PlannedMeasure, ...]:
    """Fixed promises that the new version changes or leaves out."""
    there = {_words(each) for each in after.promises}
    return tuple(each for each in before.promises if each.locked_at and _words(each) not in there)


def _words(planned: PlannedMeasure) -> PlannedMeasure:
    return replace(planned, locked_at="")
