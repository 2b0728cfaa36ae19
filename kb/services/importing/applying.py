"""The good rows of an import become drafts, all in one transaction; never more than drafts."""

from dataclasses import dataclass
from typing import Any

from kb.domain.imports import Outcome
from kb.domain.people import Person
from kb.domain.permissions import NEW, may
from kb.domain.rights import Right, require_right
from kb.domain.slugs import free_slug, slug_of
from kb.domain.workflow import Action, leads_to
from kb.language.texts import mark as _
from kb.services.importing.matching import Known, known_by_ids
from kb.services.standing import KIND
from kb.services.work import Work
from kb.storage.audit import Deed, record_deeds
from kb.storage.bulk_drafts import (
    Fresh,
    add_drafts,
    add_versions,
    ids_by_source_key,
    taken_slugs,
    working_by_ids,
)
from kb.storage.import_tables import ImportRow, ImportRun
from kb.storage.imports import rows_of, write_rows

MEANWHILE = _("Somebody changed this initiative after the check. Import the file again to see both.")
KEY_TAKEN = _("Another initiative has this reference since the check. Import the file again.")


@dataclass(frozen=True, slots=True)
class Applied:
    """What an import did."""

    added: int
    changed: int
    left: int


def apply_rows(work: Work, person: Person, run: ImportRun) -> Applied:
    """Writes what the dry run promised; a row that no longer holds is left, with the reason."""
    require_right(person, Right.IMPORT)
    outcomes = [Outcome.NEW, Outcome.CHANGED, *([Outcome.ALIKE] if run.with_alike else [])]
    rows = rows_of(work.session, run.id, outcomes=outcomes)
    fresh = [row for row in rows if row.initiative_id is None]
    known = [row for row in rows if row.initiative_id is not None]
    added, late = _add(work, person, run, fresh)
    changed, stale = _change(work, person, run, known)
    write_rows(work.session, [*late, *stale])
    return Applied(added, changed, len(late) + len(stale))


def _add(
    work: Work, person: Person, run: ImportRun, rows: list[ImportRow]
) -> tuple[int, list[dict[str, Any]]]:
    slugs = taken_slugs(work.session)
    keys = ids_by_source_key(work.session, {row.source_key for row in rows if row.source_key})
    late, chosen = [], []
    for row in rows:
        answer = may(person, Action.CREATE, NEW, regions_after=row.content.get("regions", ()))
        if row.source_key in keys:
            late.append(_left(row, KEY_TAKEN))
        elif not answer:
            late.append(_left(row, answer.reason))
        else:
            slug = free_slug(row.slug or slug_of(row.title), slugs)
            slugs.add(slug)
            chosen.append((row, Fresh(slug, row.source_key, row.content)))
    ids = add_drafts(work.session, [one for _row, one in chosen], owner_id=person.id, now=work.now)
    done = [
        {
            "run_id": run.id,
            "number": row.number,
            "slug": one.slug,
            "initiative_id": key,
            "revision_id": revision,
        }
        for (row, one), (key, revision) in zip(chosen, ids, strict=True)
    ]
    write_rows(work.session, done)
    deeds = [
        _deed(work, person, run, Action.CREATE, one.slug, after=revision)
        for (_row, one), (_key, revision) in zip(chosen, ids, strict=True)
    ]
    record_deeds(work.session, deeds, now=work.now)
    return len(chosen), late


def _change(
    work: Work, person: Person, run: ImportRun, rows: list[ImportRow]
) -> tuple[int, list[dict[str, Any]]]:
    ids = [row.initiative_id for row in rows if row.initiative_id is not None]
    known = known_by_ids(work, ids)
    stale, chosen = [], []
    for row in rows:
        one = known.get(row.initiative_id or 0)
        reason = _refusal(person, row, one)
        if reason or one is None:
            stale.append(_left(row, reason or MEANWHILE))
        else:
            chosen.append((row, one))
    initiatives = {
        key: pair[0] for key, pair in working_by_ids(work.session, [one.id for _row, one in chosen]).items()
    }
    pairs = [(initiatives[one.id], row.content) for row, one in chosen]
    revisions = add_versions(work.session, pairs, author_id=person.id, now=work.now)
    for (_row, one), (initiative, _content) in zip(chosen, pairs, strict=True):
        standing = one.standing
        initiative.status = leads_to(standing.status, Action.EDIT, is_public=standing.is_public).value
    done = [
        {"run_id": run.id, "number": row.number, "revision_id": revision}
        for (row, _one), revision in zip(chosen, revisions, strict=True)
    ]
    write_rows(work.session, done)
    deeds = [
        _deed(work, person, run, Action.EDIT, one.slug, before=one.revision_id, after=revision)
        for (_row, one), revision in zip(chosen, revisions, strict=True)
    ]
    record_deeds(work.session, deeds, now=work.now)
    return len(chosen), stale


def _refusal(person: Person, row: ImportRow, known: Known | None) -> str:
    """Why this row cannot be written any more; nothing where it can."""
    if known is None or known.revision_id != row.base_revision_id:
        return MEANWHILE
    answer = may(person, Action.EDIT, known.standing, regions_after=row.content.get("regions", ()))
    return "" if answer else answer.reason


def _left(row: ImportRow, reason: str) -> dict[str, Any]:
    error = {
        "sheet": row.sheet,
        "row": row.row,
        "column": "",
        "heading": "",
        "value": "",
        "field": "",
        "message": reason,
        "values": {},
    }
    notes = {**row.notes, "errors": [error]}
    return {"run_id": row.run_id, "number": row.number, "outcome": Outcome.ERROR.value, "notes": notes}


def _deed(
    work: Work,
    person: Person,
    run: ImportRun,
    action: Action,
    slug: str,
    *,
    before: int | None = None,
    after: int | None = None,
) -> Deed:
    return Deed(
        actor=person.actor,
        action=action.value,
        object_kind=KIND,
        object_key=slug,
        origin=work.origin[:80],
        revision_before=before,
        revision_after=after,
        details=f"import:{run.key}",
    )
