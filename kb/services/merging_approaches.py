"""Two approaches that are one under two names, and undoing that."""

from dataclasses import dataclass

from kb.domain.content import Approach
from kb.domain.people import Person
from kb.domain.problems import FieldError, Invalid, NotFound
from kb.domain.rights import Right, require_right
from kb.domain.workflow import Action
from kb.services import publishing
from kb.services.judging import judge_approaches
from kb.services.work import Work
from kb.storage.approaches import (
    approach_by_slug,
    approach_counts,
    approach_row,
    merged_approaches,
)
from kb.storage.audit import Deed, record_deed
from kb.storage.changes import note_change
from kb.storage.desk_tables import ApproachMerge
from kb.storage.initiatives import published_rows
from kb.storage.merges import add_approach_merge, approach_merge, drop_approach_merge
from kb.storage.projection import Projection
from kb.storage.tables import ApproachRow

KIND = "aanpak"


@dataclass(frozen=True, slots=True)
class Merged:
    """A second name, and the approach that it stands for."""

    slug: str
    name: str
    into: str
    reason: str


@dataclass(frozen=True, slots=True)
class Approaches:
    """Every approach with its number of places, and the names that were merged away."""

    standing: tuple[tuple[Approach, int], ...]
    merged: tuple[Merged, ...]


def approaches(work: Work, person: Person) -> Approaches:
    require_right(person, Right.REVIEW)
    rows = [(slug, approach_row(work.session, slug)) for slug in sorted(merged_approaches(work.session))]
    return Approaches(
        standing=tuple(approach_counts(work.session)),
        merged=tuple(_merged(work, row) for _slug, row in rows if row is not None),
    )


def merge(work: Work, person: Person, goes: str, stays: str, *, reason: str) -> None:
    """What carried out the one counts for the other from now on; no initiative is rewritten."""
    require_right(person, Right.REVIEW)
    going, staying = _standing(work, goes), _standing(work, stays)
    if going.id == staying.id:
        raise Invalid((FieldError("met", "Choose another approach than this one."),))
    if not reason.strip():
        raise Invalid((FieldError("reden", "Say why these two are one."),))
    add_approach_merge(
        work.session,
        ApproachMerge(
            gone_id=going.id,
            into_id=staying.id,
            reason=reason.strip()[:1000],
            person_id=person.id,
            merged_at=work.now,
        ),
    )
    _follow(work, {goes, stays})
    _note(work, person, Action.MERGE, goes, f"in {stays}: {reason.strip()}")


def split(work: Work, person: Person, slug: str) -> None:
    """The name stands on its own again, with everything that says it."""
    require_right(person, Right.REVIEW)
    row = approach_row(work.session, slug)
    merge = approach_merge(work.session, row.id) if row else None
    if row is None or merge is None:
        raise NotFound(KIND, slug)
    into = work.session.get_one(ApproachRow, merge.into_id)
    drop_approach_merge(work.session, row.id)
    _follow(work, {slug, into.slug})
    _note(work, person, Action.SPLIT, slug, f"uit {into.slug}")


def _standing(work: Work, slug: str) -> ApproachRow:
    """An approach that is not merged away itself."""
    row = approach_row(work.session, slug)
    if row is None or approach_merge(work.session, row.id):
        raise Invalid((FieldError("met", "Choose an approach from the list."),))
    return row


def _follow(work: Work, slugs: set[str]) -> None:
    """Projection, index and verdicts of everything that names one of these, or a second name of one."""
    merged = merged_approaches(work.session)
    names = slugs | {gone for gone, into in merged.items() if into in slugs}
    projection = Projection(work.session, this_year=work.this_year)
    for initiative, revision in published_rows(work.session):
        if names & set(revision.content.get("approaches", ())):
            publishing.project(work, projection, initiative, revision)
            note_change(work.session, initiative.id, now=work.now)
    found = (approach_by_slug(work.session, slug) for slug in slugs)
    judge_approaches(work, (one[1] for one in found if one))


def _merged(work: Work, row: ApproachRow) -> Merged:
    merge = approach_merge(work.session, row.id)
    found = approach_by_slug(work.session, row.slug)
    return Merged(row.slug, row.name, found[1].name if found else "", merge.reason if merge else "")


def _note(work: Work, person: Person, action: Action, slug: str, details: str) -> None:
    deed = Deed(
        actor=person.actor,
        action=action.value,
        object_kind=KIND,
        object_key=slug,
        origin=work.origin[:80],
        details=details[:1000],
    )
    record_deed(work.session, deed, now=work.now)
