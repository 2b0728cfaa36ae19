"""Reading one initiative: everything its page shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kb.domain.candidates import Together
from kb.domain.catalogue import Badge, Listed
from kb.domain.content import Approach, Content, MeasureKind, Measurement, PartnerRole
from kb.domain.evidence import Direction
from kb.domain.next_step import NextStep, next_step
from kb.domain.problems import Moved, NotFound
from kb.domain.promises import Promise, promises_of
from kb.domain.small_groups import shielded
from kb.domain.telling import ToldEffect, only_voice, told_effects
from kb.services.history import PublicStep, public_history
from kb.services.judging import answers_here, places_together, yardsticks_of
from kb.services.work import Work
from kb.storage.approaches import approaches_of
from kb.storage.initiatives import Kept, published_by_slug, redirected_slug
from kb.storage.lineage import standing_slug, takers_of
from kb.storage.lists import APPROACH, HERE, badges_of, listed
from kb.storage.organisations import organisations_of
from kb.storage.verdicts import NO_VERDICT, KeptVerdict, verdicts_of


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation with its own address and its part in the initiative."""

    name: str
    slug: str
    role: PartnerRole


@dataclass(frozen=True, slots=True)
class Related:
    """Another public initiative: the programme this one is a part of, its successor, or its origin."""

    slug: str
    title: str
    title_en: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """From whom the approach was taken over, and by whom from here.

    `hidden` counts the origins that are no longer public; their names are not told."""

    origins: tuple[Related, ...] = ()
    hidden: int = 0
    takers: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class InitiativePage:
    """The page the public sees. `results` and `targets` never mix; figures on one thing stand together.

    `effects` has the differences of each study, in the order of the studies. `voice` is the one behind the
    direction here, where one study speaks; `pooled` is what the places of the approach say together.
    """

    id: int
    slug: str
    content: Content
    revision_number: int
    published_at: datetime
    confirmed_at: datetime | None
    badges: Mapping[str, Badge]
    verdicts: Mapping[str, KeptVerdict]
    partners: tuple[Partner, ...]
    approaches: tuple[Approach, ...]
    history: tuple[PublicStep, ...]
    next_step: NextStep | None
    promises: tuple[Promise, ...] = ()
    effects: tuple[tuple[ToldEffect | None, ...], ...] = ()
    voice: ToldEffect | None = None
    pooled: Together | None = None
    part_of: Related | None = None
    succeeded_by: Related | None = None
    lineage: Lineage = Lineage()

    @property
    def verdict(self) -> KeptVerdict:
        """How sure we are here, and what came out; a page without a verdict is still a page."""
        return self.verdicts.get(HERE, NO_VERDICT)

    @property
    def direction(self) -> Direction | None:
        """What came out here; None where no study speaks."""
        found = self.verdict.direction
        return Direction(found) if found in set(Direction) else None

    @property
    def results(self) -> tuple[tuple[Measurement, ...], ...]:
        """What was measured, outcomes first, figures on the same thing side by side."""
        return _together(m for m in self.content.measurements if m.kind is not MeasureKind.TARGET)

    @property
    def targets(self) -> tuple[Measurement, ...]:
        return tuple(m for m in self.content.measurements if m.kind is MeasureKind.TARGET)

    @property
    def is_measured(self) -> bool:
        """Whether an outcome was measured; counting participants is not measuring."""
        figures = any(m.kind is MeasureKind.OUTCOME for m in self.content.measurements)
        return figures or any(study.effects for study in self.content.studies)


ORDER = (MeasureKind.OUTCOME, MeasureKind.SATISFACTION, MeasureKind.OUTPUT, MeasureKind.REACH)


def initiative_page(work: Work, slug: str) -> InitiativePage:
    """The page the public sees; drafts and unknown slugs both raise NotFound, old addresses Moved."""
    kept = published(work, slug)
    badges = badges_of(work.session, [kept.id])
    approaches = approaches_of(work.session, kept.id)
    verdicts, yardsticks = verdicts_of(work.session, kept.id), yardsticks_of(work)
    return InitiativePage(
        id=kept.id,
        slug=kept.slug,
        content=shielded(kept.content),
        revision_number=kept.revision_number,
        published_at=kept.published_at,
        confirmed_at=kept.last_confirmed_at,
        badges={axis: badge for (_, axis), badge in badges.items()},
        verdicts=verdicts,
        partners=tuple(Partner(*row) for row in organisations_of(work.session, kept.id)),
        approaches=approaches,
        history=public_history(work, kept.id),
        next_step=next_step(answers_here(work, kept.content, approaches)),
        promises=promises_of(kept.content, work.now.date()),
        effects=tuple(told_effects(study, yardsticks) for study in kept.content.studies),
        voice=only_voice(kept.content, yardsticks, verdicts.get(HERE, NO_VERDICT).trace),
        pooled=_pooled(work, approaches, verdicts.get(APPROACH, NO_VERDICT)),
        part_of=_related(work, kept.content.parent),
        succeeded_by=_related(work, kept.content.successor),
        lineage=_lineage(work, kept),
    )


def _lineage(work: Work, kept: Kept) -> Lineage:
    """Old addresses lead to what they became; what took over from what it was merged into, is itself."""
    addresses = {standing_slug(work.session, slug) for slug in kept.content.adopted_from} - {kept.slug}
    found = [_related(work, slug) for slug in sorted(addresses)]
    origins = tuple(each for each in found if each is not None)
    return Lineage(
        origins=origins,
        hidden=len(found) - len(origins),
        takers=listed(work.session, takers_of(work.session, kept.id)),
    )


def _pooled(work: Work, approaches: Iterable[Approach], verdict: KeptVerdict) -> Together | None:
    """What the places of the approach say as one figure, where the verdict rests on it."""
    if not any(step.rule.startswith("direction.pooled.") for step in verdict.trace):
        return None
    found = (places_together(work, approach.slug) for approach in approaches)
    return next((each for each in found if each.pooled), None)


def published(work: Work, slug: str) -> Kept:
    """What is public here; drafts and unknown slugs both raise NotFound, old addresses Moved."""
    kept = published_by_slug(work.session, slug)
    if kept is None:
        raise _elsewhere(work, slug)
    return kept


def _related(work: Work, slug: str) -> Related | None:
    """Only what is public; a draft must not show through its part."""
    kept = published_by_slug(work.session, slug) if slug else None
    return Related(kept.slug, kept.content.title, kept.content.title_en) if kept else None


def _elsewhere(work: Work, slug: str) -> Moved | NotFound:
    target = redirected_slug(work.session, slug)
    return Moved("initiatief", target) if target else NotFound("initiatief", slug)


def _together(measurements: Iterable[Measurement]) -> tuple[tuple[Measurement, ...], ...]:
    groups: dict[str, list[Measurement]] = {}
    for measured in sorted(measurements, key=lambda m: ORDER.index(m.kind)):
        groups.setdefault(measured.indicator or measured.label.casefold(), []).append(measured)
    return tuple(tuple(group) for group in groups.values())
