"""Shortlists: initiatives of somebody's choice, each with a note, alone or shared with colleagues."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.domain.following import LONGEST_NAME, LONGEST_NOTE, MOST_LISTS, MOST_ON_A_LIST
from kb.domain.people import Person
from kb.domain.problems import FieldError, Invalid, NotFound
from kb.domain.rights import Right, require_right
from kb.services.persons import known_row
from kb.services.reading import published
from kb.services.work import Work
from kb.storage import following as storage
from kb.storage.ministry_tables import ShortlistRow

KIND = "lijst"


@dataclass(frozen=True, slots=True)
class Shortlist:
    """`notes` gives the note of each initiative by its number; `is_own`: this person may change it."""

    key: str
    name: str
    is_shared: bool
    is_own: bool
    notes: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ListLine:
    key: str
    name: str
    number: int
    is_shared: bool


def own(work: Work, person: Person) -> tuple[ListLine, ...]:
    require_right(person, Right.SAVED_SEARCHES)
    rows = storage.shortlists(work.session, known_row(work, person.id).id)
    return tuple(ListLine(row.key, row.name, number, row.is_shared) for row, number in rows)


def look(work: Work, person: Person, key: str) -> Shortlist:
    """One's own list, or one that somebody shared; raises NotFound for any other."""
    require_right(person, Right.SAVED_SEARCHES)
    row = storage.shortlist(work.session, key)
    if row is None or not (row.person_id == person.id or row.is_shared):
        raise NotFound(KIND, key)
    notes = storage.notes_on(work.session, key)
    return Shortlist(row.key, row.name, row.is_shared, row.person_id == person.id, notes)


def make(work: Work, person: Person, name: str) -> str:
    """A new list; gives its key."""
    require_right(person, Right.SAVED_SEARCHES)
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise Invalid((FieldError("naam", "Give the list a name."),))
    owner = known_row(work, person.id).id
    if len(storage.shortlists(work.session, owner)) >= MOST_LISTS:
        raise Invalid((FieldError("naam", "You have very many lists already. Throw one away first."),))
    return storage.add_shortlist(work.session, person_id=owner, name=name, now=work.now).key


def put(work: Work, person: Person, key: str, slug: str, note: str = "") -> None:
    """Sets an initiative on the list with a note, or changes the note."""
    row, initiative = _own_row(work, person, key), published(work, slug)
    on_it = storage.notes_on(work.session, row.key)
    if initiative.id not in on_it and len(on_it) >= MOST_ON_A_LIST:
        raise Invalid((FieldError("lijst", "This list is full. Make another one."),))
    storage.put_on(work.session, row.key, initiative.id, note.strip()[:LONGEST_NOTE])


def take(work: Work, person: Person, key: str, slug: str) -> None:
    """Takes an initiative off the list, also one that is no longer public."""
    row = _own_row(work, person, key)
    ids = storage.ids_of(work.session, (slug,))
    if slug in ids:
        storage.take_off(work.session, row.key, ids[slug])


def share(work: Work, person: Person, key: str, *, shared: bool) -> None:
    """Lets everybody with an account who has the address read it, or nobody else."""
    _own_row(work, person, key).is_shared = shared


def drop(work: Work, person: Person, key: str) -> None:
    storage.drop_shortlist(work.session, _own_row(work, person, key))


def _own_row(work: Work, person: Person, key: str) -> ShortlistRow:
    require_right(person, Right.SAVED_SEARCHES)
    row = storage.shortlist(work.session, key)
    if row is None or row.person_id != person.id:
        raise NotFound(KIND, key)
    return row
