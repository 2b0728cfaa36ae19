"""From a row to a person as the permissions see one."""

from kb.domain.people import Person
from kb.domain.problems import NotFound
from kb.domain.terms import Scheme
from kb.domain.workflow import Role
from kb.services.work import Work
from kb.storage.people import person_row, regions_of
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
