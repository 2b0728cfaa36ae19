"""An initiative as the permissions see it, and the trail of what is done with it."""

from dataclasses import dataclass

from kb.domain.content import Content
from kb.domain.people import Person
from kb.domain.permissions import Standing, may
from kb.domain.problems import Conflict, NotFound
from kb.domain.workflow import Action, Status
from kb.services.work import Work
from kb.storage.audit import Deed, record_deed
from kb.storage.drafts import editors_of, owner_of, revision_by_id, writers_of
from kb.storage.initiatives import content_of, initiative_by_slug
from kb.storage.tables import InitiativeRow, Revision

KIND = "initiatief"


@dataclass(frozen=True, slots=True)
class AtHand:
    """One initiative with its newest version and what the permissions ask of it."""

    row: InitiativeRow
    revision: Revision
    content: Content
    standing: Standing


def at_hand(work: Work, slug: str) -> AtHand:
    """Raises NotFound where there is no such initiative; whether one may see it is asked of the standing."""
    row = initiative_by_slug(work.session, slug)
    revision = revision_by_id(work.session, row.working_revision_id) if row else None
    if row is None or revision is None:
        raise NotFound(KIND, slug)
    content = content_of(revision)
    return AtHand(row, revision, content, standing_of(work, row, content))


def standing_of(work: Work, row: InitiativeRow, content: Content) -> Standing:
    return Standing(
        status=Status(row.status),
        is_public=row.published_revision_id is not None,
        regions=frozenset(content.regions),
        owner=owner_of(work.session, row.id),
        writers=writers_of(work.session, row),
        editors=editors_of(work.session, row.id),
    )


def public_content(work: Work, row: InitiativeRow) -> Content | None:
    revision = revision_by_id(work.session, row.published_revision_id)
    return content_of(revision) if revision else None


def refuse_stale(found: AtHand, based_on: int) -> None:
    """Raises Conflict where somebody saved since the version that this person looked at."""
    if based_on != found.revision.number:
        raise Conflict(KIND, found.row.slug, current=found.revision.number)


def is_done(person: Person, found: AtHand, status: Status, based_on: int) -> bool:
    """Whether this very version is that far already: a second click asks for what the first one did."""
    same = found.standing.status is status and found.revision.number == based_on
    return same and bool(may(person, Action.INSPECT, found.standing))


def note_deed(
    work: Work,
    person: Person,
    action: Action,
    row: InitiativeRow,
    *,
    before: int | None = None,
    after: int | None = None,
    details: str = "",
) -> None:
    deed = Deed(
        actor=person.actor,
        action=action.value,
        object_kind=KIND,
        object_key=row.slug,
        origin=work.origin[:80],
        revision_before=before,
        revision_after=after,
        details=details,
    )
    record_deed(work.session, deed, now=work.now)
