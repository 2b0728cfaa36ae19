"""Making a revision public: projection, verdict, outbox and audit in one transaction."""

from kb.domain.workflow import Action, Status
from kb.services.judging import judge, judge_approaches, weigh_studies, yardsticks_of
from kb.services.work import Work
from kb.storage.approaches import approach_counts
from kb.storage.audit import Deed, record_deed
from kb.storage.changes import note_change
from kb.storage.initiatives import content_of, note_publication, published_rows
from kb.storage.merges import close_merges, lead_home
from kb.storage.projection import Projection, Publication
from kb.storage.tables import InitiativeRow, Revision


def make_public(
    work: Work,
    projection: Projection,
    initiative: InitiativeRow,
    revision: Revision,
    *,
    actor: str,
    action: Action = Action.PUBLISH,
    details: str = "",
) -> None:
    """Points the public at this revision; the search index follows after the commit."""
    before = initiative.published_revision_id
    initiative.published_revision_id = revision.id
    initiative.status = Status.PUBLISHED.value
    initiative.published_at = work.now
    initiative.first_published_at = initiative.first_published_at or work.now
    note_publication(work.session, revision, now=work.now)
    # Its own address leads to itself again, also when it was merged into another before.
    lead_home(work.session, initiative.slug)
    close_merges(work.session, initiative.id, now=work.now)
    project(work, projection, initiative, revision)
    note_change(work.session, initiative.id, now=work.now)
    deed = Deed(
        actor=actor,
        action=action.value,
        object_kind="initiatief",
        object_key=initiative.slug,
        origin=work.origin[:80],
        revision_before=before,
        revision_after=revision.id,
        details=details,
    )
    record_deed(work.session, deed, now=work.now)


def rebuild_projection(work: Work) -> int:
    """Writes all public rows anew from the published revisions, and returns how many initiatives."""
    projection = Projection(work.session, this_year=work.this_year)
    number = 0
    for initiative, revision in published_rows(work.session):
        project(work, projection, initiative, revision)
        number += 1
    judge_approaches(work, (approach for approach, _ in approach_counts(work.session)))
    return number


def project(work: Work, projection: Projection, initiative: InitiativeRow, revision: Revision) -> None:
    """Writes the public rows of a revision, its verdict included."""
    content = content_of(revision)
    projection.write(
        Publication(
            initiative_id=initiative.id,
            slug=initiative.slug,
            revision_id=revision.id,
            content=content,
            studies=weigh_studies(content, yardsticks_of(work)),
        )
    )
    judge(work, initiative.id, content)


def withdraw(
    work: Work,
    projection: Projection,
    initiative: InitiativeRow,
    *,
    actor: str,
    reason: str,
    action: Action = Action.WITHDRAW,
) -> None:
    """Takes an initiative from the public; its revisions stay."""
    before = initiative.published_revision_id
    initiative.published_revision_id = None
    initiative.status = Status.WITHDRAWN.value
    projection.remove(initiative.id)
    note_change(work.session, initiative.id, now=work.now)
    deed = Deed(
        actor=actor,
        action=action.value,
        object_kind="initiatief",
        object_key=initiative.slug,
        origin=work.origin,
        revision_before=before,
        details=reason,
    )
    record_deed(work.session, deed, now=work.now)
