"""Taking an approach over: what to check beforehand, and the draft that it begins with."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kb.domain.content import (
    Approach,
    Content,
    MeasureKind,
    Participation,
    PartnerRole,
    PlannedMeasure,
    Source,
)
from kb.domain.terms import Scheme


class CheckKind(StrEnum):
    """What a question of the checklist is about; the value is part of the name of its field."""

    CORE = "kern"
    MUST = "moet"
    HELPS = "helpt"
    REQUIREMENTS = "nodig"
    LEVELS = "niveaus"
    TARGET_GROUPS = "doelgroepen"
    AUDIENCE = "voorwie"
    PARTNERS = "partners"
    COSTS = "kosten"


class Fit(StrEnum):
    """Whether the new place has it."""

    YES = "ja"
    NOT_YET = "nog-niet"
    UNKNOWN = "weet-niet"


# Where the author finds again what is not arranged yet.
FIELDS = {
    CheckKind.CORE: "activities",
    CheckKind.MUST: "conditions",
    CheckKind.HELPS: "conditions",
    CheckKind.REQUIREMENTS: "requirements",
    CheckKind.LEVELS: "levels",
    CheckKind.TARGET_GROUPS: "target_groups",
    CheckKind.AUDIENCE: "audience",
    CheckKind.PARTNERS: "organisations",
    CheckKind.COSTS: "costs",
}
# Without these it is another approach, or it cannot be done.
NEEDED = frozenset({CheckKind.CORE, CheckKind.MUST})


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that the origin has: in its own words, as terms of a scheme, or as amounts in euros."""

    kind: CheckKind
    key: str
    text: str = ""
    scheme: Scheme | None = None
    terms: tuple[str, ...] = ()
    amounts: tuple[float, ...] = ()

    @property
    def is_needed(self) -> bool:
        return self.kind in NEEDED

    @property
    def field(self) -> str:
        """The field of `Content` where this is written down."""
        return FIELDS[self.kind]


@dataclass(frozen=True, slots=True)
class Adoption:
    """What somebody fills in to take an approach over; `fits` by the key of each check."""

    title: str
    lead: str
    regions: tuple[str, ...] = ()
    approach_name: str = ""
    indicators: tuple[str, ...] = ()
    due_date: str = ""
    fits: Mapping[str, Fit] = field(default_factory=dict)

    def still_open(self, checks: Iterable[Check]) -> tuple[tuple[Check, Fit], ...]:
        """What was answered with something else than yes; what nobody answered was looked past."""
        answered = ((each, self.fits[each.key]) for each in checks if each.key in self.fits)
        return tuple((each, fit) for each, fit in answered if fit is not Fit.YES)


def checks_of(origin: Content, approaches: Sequence[Approach]) -> tuple[Check, ...]:
    """What the origin says it needs, and for whom it is."""
    return tuple(_checks(origin, approaches))


def indicators_of(origin: Content) -> tuple[str, ...]:
    """The outcomes that the origin promised, studied or measured, in that order."""
    promised = (promise.indicator for promise in origin.promises)
    studied = (effect.indicator for study in origin.studies for effect in study.effects)
    measured = (each.indicator for each in origin.measurements if each.kind is MeasureKind.OUTCOME)
    return tuple(code for code in dict.fromkeys((*promised, *studied, *measured)) if code)


def draft_of(
    origin: Content,
    slug: str,
    approaches: Sequence[Approach],
    given: Adoption,
    *,
    source: Source,
    same_measure: str,
) -> Content:
    """The draft of a new place: what it takes over, never what came out elsewhere.

    Words about the place itself stay behind: summary, partners, money, lessons. `same_measure` is the target
    of a promise where the origin has none of its own.
    """
    first = next(iter(approaches), None)
    core = [f"- {element}" for approach in approaches for element in approach.core_elements]
    return replace(
        Content(title=given.title, summary=first.summary if first else ""),
        summary_en=first.summary_en if first else "",
        **{name: getattr(origin, name) for name in TAKEN},
        activities="\n".join(core) or origin.activities,
        activities_en="" if core else origin.activities_en,
        regions=given.regions,
        approaches=tuple(approach.slug for approach in approaches),
        organisations=(Participation(given.lead, PartnerRole.LEAD),) if given.lead else (),
        sources=(source, *_manuals(approaches)),
        promises=tuple(_promises(origin, given, same_measure)),
        adopted_from=(slug,),
    )


TAKEN = (
    "goal",
    "goal_en",
    "audience",
    "audience_en",
    "requirements",
    "requirements_en",
    "recommendations",
    "levels",
    "routes",
    "instruments",
    "sectors",
    "target_groups",
    "theory",
    "conditions",
)


def _checks(origin: Content, approaches: Sequence[Approach]) -> Iterator[Check]:
    core = [element for approach in approaches for element in approach.core_elements]
    yield from _each(CheckKind.CORE, core)
    yield from _each(CheckKind.MUST, [each.text for each in origin.conditions if each.must])
    yield from _each(CheckKind.HELPS, [each.text for each in origin.conditions if not each.must])
    yield from _each(CheckKind.REQUIREMENTS, [origin.requirements] if origin.requirements else [])
    if origin.levels:
        yield Check(CheckKind.LEVELS, "niveaus", scheme=Scheme.LEVEL, terms=origin.levels)
    if origin.target_groups:
        terms = origin.target_groups
        yield Check(CheckKind.TARGET_GROUPS, "doelgroepen", scheme=Scheme.TARGET_GROUP, terms=terms)
    elif origin.audience:
        yield Check(CheckKind.AUDIENCE, "voorwie", origin.audience)
    if kinds := _partner_kinds(origin):
        yield Check(CheckKind.PARTNERS, "partners", scheme=Scheme.ACTOR_TYPE, terms=kinds)
    if amounts := costs_per_participant(origin):
        yield Check(CheckKind.COSTS, "kosten", amounts=amounts)


def _each(kind: CheckKind, texts: Sequence[str]) -> Iterator[Check]:
    for number, text in enumerate(dict.fromkeys(texts)):
        yield Check(kind, f"{kind.value}{number}", text)


def _partner_kinds(origin: Content) -> tuple[str, ...]:
    """What kind of organisations do it together, the lead included."""
    parts = (PartnerRole.LEAD, PartnerRole.PARTNER)
    kinds = (each.actor_type for each in origin.organisations if each.role in parts)
    return tuple(kind for kind in dict.fromkeys(kinds) if kind)


def costs_per_participant(content: Content) -> tuple[float, ...]:
    """What each year cost per participant, lowest first."""
    known = (cost.per_participant for cost in content.costs)
    return tuple(sorted(amount for amount in known if amount is not None))


def _manuals(approaches: Iterable[Approach]) -> Iterator[Source]:
    for approach in approaches:
        if approach.manual_url:
            yield Source(approach.name, approach.manual_url, publisher=approach.owner)


def _promises(origin: Content, given: Adoption, same_measure: str) -> Iterator[PlannedMeasure]:
    """The promises of the origin on what was chosen, without its days; else the same measure."""
    for indicator in given.indicators:
        own = [promise for promise in origin.promises if promise.indicator == indicator]
        for promise in own or [PlannedMeasure(indicator, same_measure)]:
            yield replace(promise, baseline_date="", due_date=given.due_date, locked_at="")
