"""Who keeps an initiative up: whom to remind of it, and who gets the questions of visitors."""

from kb.domain.people import Person
from kb.domain.permissions import Standing, may
from kb.domain.workflow import Action, Role
from kb.services.persons import person_of
from kb.services.work import Work
from kb.storage.people import usable_rows
from kb.storage.people_tables import PersonRow


class Keepers:
    """Everybody who can log in now, read once for as many initiatives as wanted."""

    def __init__(self, work: Work) -> None:
        self._people = [(person_of(work, row), row) for row in usable_rows(work.session)]

    def of(self, standing: Standing) -> tuple[PersonRow, ...]:
        """Who started it or was invited, else the coordinators of its regions, else the reviewers."""
        able = [(person, row) for person, row in self._people if may(person, Action.CONFIRM, standing)]
        own = [row for person, row in able if _is_own(person, standing)]
        near = [row for person, row in able if person.role is Role.COORDINATOR]
        return tuple(own or near or [row for _person, row in able])

    def administrators(self) -> tuple[PersonRow, ...]:
        return tuple(row for person, row in self._people if person.role is Role.ADMINISTRATOR)


def _is_own(person: Person, standing: Standing) -> bool:
    return person.id == standing.owner or person.id in standing.editors
