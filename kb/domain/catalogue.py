"""What lists show of a published initiative, and the small values that pages share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kb.domain.content import Activity, Content, MeasureKind, Measurement
from kb.domain.evidence import Design, Flag

NATIONAL = "NL01"

# Designs that set the participants against people, a region or a trend without the initiative.
COMPARING = tuple(design for design in Design if design.compares)

# Which figure stands on a card: what changed says more than what was delivered, that more than who came.
FINDING_ORDER = (MeasureKind.OUTCOME, MeasureKind.OUTPUT, MeasureKind.REACH)


class Studied(StrEnum):
    """How far the looking went; what was studied more than five years ago has a word of its own."""

    PROMISED = "toegezegd"
    MEASURED = "gemeten"
    COMPARED = "vergeleken"
    MEASURED_BEFORE = "gemeten_ouder"
    COMPARED_BEFORE = "vergeleken_ouder"


# What counts as measured, and as compared: with what is older, and without.
MEASURED = {False: (Studied.MEASURED,), True: (Studied.MEASURED, Studied.MEASURED_BEFORE)}
COMPARED = {False: (Studied.COMPARED,), True: (Studied.COMPARED, Studied.COMPARED_BEFORE)}


@dataclass(frozen=True, slots=True)
class Finding:
    """The one figure that a card shows, in the words of its source."""

    label: str
    words: str
    unit: str
    period: str
    kind: MeasureKind
    independent: bool | None


@dataclass(frozen=True, slots=True)
class Badge:
    """One of the two verdicts of an initiative: how sure (0 to 5) and what came out."""

    trede: int
    direction: str
    attributable: bool | None = None
    places: int = 1
    flags: tuple[str, ...] = ()

    @property
    def is_outdated(self) -> bool:
        """Whether all that says anything is more than five years old."""
        return Flag.OUTDATED in self.flags


@dataclass(frozen=True, slots=True)
class Standing:
    """How many initiatives there are, how many measured an outcome, how many compared."""

    initiatives: int = 0
    measured: int = 0
    compared: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """One initiative in a list."""

    slug: str
    title: str
    summary: str
    title_en: str = ""
    summary_en: str = ""
    lead: str = ""
    area: str = ""
    regions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    activity: Activity = Activity.UNKNOWN
    start_year: int | None = None
    end_year: int | None = None
    finding: Finding | None = None

    def title_in(self, language: str) -> str:
        return self.title_en if language == "en" and self.title_en else self.title

    def summary_in(self, language: str) -> str:
        return self.summary_en if language == "en" and self.summary_en else self.summary


@dataclass(frozen=True, slots=True)
class Listed:
    """A card with its verdicts: here, and of its approach in all places together."""

    id: int
    card: Card
    here: Badge
    approach: Badge | None = None
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class PublicRecord:
    """One published initiative as it goes out in a file: what it says, and what we say of it."""

    slug: str
    content: Content
    here: Badge
    approach: Badge | None
    revision: int
    first_published_at: datetime
    published_at: datetime
    confirmed_at: datetime | None = None
    source_key: str = ""


def studied_of(content: Content, *, is_outdated: bool) -> frozenset[Studied]:
    """Promised, measured and compared; a promise does not age."""
    outcomes = any(each.kind is MeasureKind.OUTCOME for each in content.measurements)
    measured = outcomes or any(study.effects for study in content.studies)
    compared = any(study.design in COMPARING for study in content.studies)
    found = (
        (Studied.PROMISED, bool(content.promises)),
        (Studied.MEASURED_BEFORE if is_outdated else Studied.MEASURED, measured),
        (Studied.COMPARED_BEFORE if is_outdated else Studied.COMPARED, compared),
    )
    return frozenset(code for code, holds in found if holds)


def card_of(slug: str, content: Content) -> Card:
    return Card(
        slug=slug,
        title=content.title,
        summary=content.summary,
        title_en=content.title_en,
        summary_en=content.summary_en,
        lead=content.lead,
        area=content.area,
        regions=content.regions,
        levels=content.levels,
        routes=content.routes,
        recommendations=content.recommendations,
        activity=content.activity,
        start_year=content.start_year,
        end_year=content.end_year,
        finding=finding_of(content.measurements),
    )


def finding_of(measurements: Iterable[Measurement]) -> Finding | None:
    """The figure for the card, or None where nothing but targets and opinions is known."""
    known = [m for m in measurements if m.kind in FINDING_ORDER]
    if not known:
        return None
    best = min(known, key=lambda m: FINDING_ORDER.index(m.kind))
    return Finding(best.label, best.words, best.unit, best.period, best.kind, best.independent)


def years_of(content: Content, *, this_year: int) -> tuple[int, ...]:
    """The years in which it is known to have run; an unknown end is not guessed.

    Active with a known start: up to this year. Only a start or only an end known: that year alone.
    """
    start, end = content.start_year, content.end_year
    if content.activity is Activity.ACTIVE and start and not end:
        end = this_year
    known = [year for year in (start, end) if year]
    if not known:
        return ()
    return tuple(range(min(known), max(known) + 1)) if start and end else (known[0],)
