"""From a row to a person as the permissions see one."""

from kb.domain.people import Person
from kb.domain.problems import NotFound
from kb.domain.terms import Scheme
from kb.domain.workflow import Role
from kb.services.work import Work
from kb.storage.people import person_row, person_row_by_email, regions_of
from kb.storage.people_tables import PersonRow


def person_of(work: Work, row: PersonRow) -> Person:
    """With the regions as they are now: a right that was taken away works at the next request."""
    regions = frozenset(regions_of(work.session, row.id))
    reach = frozenset(
        code for region in regions for code in (region, *work.vocabulary.descendants(Scheme.REGION, region))
    )
    return Person(row.id, Role(row.role), row.name, regions, reach)


def known_row(work: Work, person_id: int | None) -> PersonRow:
    row = person_row(work.session, person_id) if person_id is not None else None
    if row is None:
        raise NotFound("persoon", person_id)
    return row


def person_by_email(work: Work, email: str) -> Person:
    """Somebody who can act now; an account that ended is not found."""
    row = person_row_by_email(work.session, email)
    if row is None or row.disabled_at is not None or row.erased_at is not None:
        raise NotFound("account", email)
    return person_of(work, row)
