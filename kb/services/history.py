"""Every version of an initiative for those who may see them: read, compared, taken up again."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from kb.domain.content import Content
from kb.domain.people import Person
from kb.domain.permissions import require
from kb.domain.problems import NotFound
from kb.domain.promises import broken
from kb.domain.workflow import Action
from kb.services import drafting
from kb.services.comparing import Difference, changed_fields, compare
from kb.services.standing import AtHand, at_hand
from kb.services.work import Work
from kb.storage.desk_tables import InitiativeMerge
from kb.storage.drafts import SavedVersion, revision_by_id, revision_of, saved_versions
from kb.storage.initiatives import Version, content_of, public_versions
from kb.storage.merges import merges_into
from kb.storage.people import names_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One version in the list; `who` is for colleagues and never on a public page."""

    number: int
    at: datetime
    author_id: int | None
    who: str
    note: str
    is_public: bool
    is_newest: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One version beside another."""

    number: int
    against: int
    at: datetime
    content: Content
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class PublicStep:
    """What the public may know of one moment: which fields changed, or what came in; never who did it.

    `fields` is empty for the first version; `joined` is the title of what was merged into it.
    """

    at: datetime
    number: int = 0
    note: str = ""
    fields: tuple[str, ...] = ()
    joined: str = ""


def public_history(work: Work, initiative_id: int) -> tuple[PublicStep, ...]:
    """Everything the public saw change, newest first."""
    shown = public_versions(work.session, initiative_id)
    steps = [_public_step(before, after) for before, after in pairwise((None, *shown)) if after]
    steps += [_joined(work, merge) for merge in merges_into(work.session, initiative_id)]
    return tuple(sorted(steps, key=lambda step: (step.at, bool(step.joined), step.number), reverse=True))


def versions(work: Work, person: Person, slug: str) -> tuple[Entry, ...]:
    """All versions, newest first."""
    found = at_hand(work, slug)
    require(person, Action.INSPECT, found.standing)
    saved = saved_versions(work.session, found.row.id)
    names = names_of(work.session, [one.author_id for one in saved if one.author_id is not None])
    return tuple(_entry(one, names, found) for one in saved)


def version(work: Work, person: Person, slug: str, number: int, *, against: int | None = None) -> Step:
    """One version and what it changed since another, by default the one before."""
    found = at_hand(work, slug)
    require(person, Action.INSPECT, found.standing)
    revision = revision_of(work.session, found.row, number)
    if revision is None:
        raise NotFound("versie", number)
    other = number - 1 if against is None else against
    before = revision_of(work.session, found.row, other)
    content = content_of(revision)
    changed = compare(work, content_of(before) if before else None, content)
    return Step(number, other if before else 0, revision.created_at, content, changed)


def restore(work: Work, person: Person, slug: str, number: int, *, based_on: int) -> drafting.Draft:
    """An old version as a new draft; nothing is taken away, and promises that are public stay."""
    step = version(work, person, slug, number)
    newest = drafting.look(work, person, slug).content
    content = replace(step.content, promises=(*step.content.promises, *broken(newest, step.content)))
    return drafting.edit(work, person, slug, content, based_on=based_on)


def _public_step(before: Version | None, after: Version) -> PublicStep:
    changed = changed_fields(before.content, after.content) if before else ()
    return PublicStep(after.at, after.number, after.note, changed)


def _joined(work: Work, merge: InitiativeMerge) -> PublicStep:
    gone = revision_by_id(work.session, merge.gone_revision_id)
    return PublicStep(merge.merged_at, joined=content_of(gone).title if gone else "")


def _entry(saved: SavedVersion, names: dict[int, str], found: AtHand) -> Entry:
    return Entry(
        number=saved.number,
        at=saved.at,
        author_id=saved.author_id,
        who=names.get(saved.author_id, "") if saved.author_id is not None else "",
        note=saved.note,
        is_public=saved.id == found.row.published_revision_id,
        is_newest=saved.id == found.row.working_revision_id,
    )
