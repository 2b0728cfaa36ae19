"""Saved searches: kept for later, and mailed when what they find has changed."""

import hmac
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from kb.domain.following import LONGEST_NAME, MOST_SEARCHES, Difference, Rhythm, difference, is_due
from kb.domain.people import Person
from kb.domain.problems import FieldError, Invalid, NotFound
from kb.domain.rights import Right, require_right
from kb.domain.search import Search
from kb.services import indexing, letters
from kb.services.mailing import queue
from kb.services.persons import known_row
from kb.services.work import Work
from kb.storage import following as storage
from kb.storage.lists import listed
from kb.storage.ministry_tables import SavedSearchRow

KIND = "zoekopdracht"

# Reads the address of a search; the doors know how.
Reader = Callable[[str], Search]


@dataclass(frozen=True, slots=True)
class Followed:
    """A search that somebody follows; `query` is its address without the page."""

    id: int
    name: str
    query: str
    rhythm: Rhythm
    looked_at: datetime


def save(work: Work, person: Person, *, name: str, query: str, asked: Search, rhythm: Rhythm) -> int:
    """Keeps the search with what it finds now. Raises Invalid without a name, or when there are too many."""
    require_right(person, Right.SAVED_SEARCHES)
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise Invalid((FieldError("naam", "Give the search a name, so that you recognise it."),))
    if len(storage.saved_searches(work.session, person.id)) >= MOST_SEARCHES:
        raise Invalid((FieldError("naam", "You follow very many searches already. Take one away first."),))
    row = storage.add_saved_search(
        work.session,
        person_id=known_row(work, person.id).id,
        name=name,
        query=query,
        rhythm=rhythm.value,
        seen=_found(work, asked),
        now=work.now,
    )
    return row.id


def own(work: Work, person: Person) -> tuple[Followed, ...]:
    require_right(person, Right.SAVED_SEARCHES)
    return tuple(_followed(row) for row in storage.saved_searches(work.session, person.id))


def set_rhythm(work: Work, person: Person, key: int, rhythm: Rhythm) -> None:
    _own_row(work, person, key).rhythm = rhythm.value


def forget(work: Work, person: Person, key: int) -> None:
    work.session.delete(_own_row(work, person, key))


def name_behind(work: Work, key: int, token: str) -> str:
    """The name of the search that this token ends the mails of; raises NotFound for a wrong token."""
    return _row_behind(work, key, token).name


def end_mails(work: Work, key: int, token: str) -> None:
    """One click in a mail: no more mails about this search. The search itself stays."""
    _row_behind(work, key, token).rhythm = Rhythm.NEVER.value


def digest(work: Work, read: Reader) -> int:
    """Writes a mail for each search that is due and changed; how many mails there were."""
    return sum(_tell(work, row, read) for row in storage.saved_searches(work.session))


def _tell(work: Work, row: SavedSearchRow, read: Reader) -> bool:
    if not is_due(Rhythm(row.rhythm), row.looked_at, work.now):
        return False
    found = _found(work, read(row.query))
    changed = difference(row.seen, found)
    row.seen, row.looked_at = found, work.now
    if not changed:
        return False
    person = known_row(work, row.person_id)
    lines = tuple(_lines(work, changed))
    token = _token(work, row)
    letter = letters.digest(work.office, person.language, name=row.name, lines=lines, key=row.id, token=token)
    return queue(work, person, letter)


def _lines(work: Work, changed: Difference) -> Iterator[letters.DigestLine]:
    ids = storage.ids_of(work.session, (*changed.new, *changed.changed, *changed.gone))
    names = {each.card.slug: each.card for each in listed(work.session, list(ids.values()))}
    for kind, slugs in ((letters.News.NEW, changed.new), (letters.News.CHANGED, changed.changed)):
        for slug in slugs:
            if slug in names:
                yield letters.DigestLine(kind, names[slug].title, slug)
    for slug in changed.gone:
        yield letters.DigestLine(letters.News.GONE, names[slug].title if slug in names else slug, slug)


def _found(work: Work, asked: Search) -> dict[str, int]:
    return storage.public_revisions(work.session, indexing.ids(work, asked, "nl"))


def _own_row(work: Work, person: Person, key: int) -> SavedSearchRow:
    require_right(person, Right.SAVED_SEARCHES)
    row = storage.saved_search(work.session, key)
    if row is None or row.person_id != person.id:
        raise NotFound(KIND, key)
    return row


def _row_behind(work: Work, key: int, token: str) -> SavedSearchRow:
    row = storage.saved_search(work.session, key)
    if row is None or not hmac.compare_digest(_token(work, row).encode(), token.encode()):
        raise NotFound(KIND, key)
    return row


def _token(work: Work, row: SavedSearchRow) -> str:
    return work.office.keys.digest(f"{KIND} {row.id} {row.person_id}")


def _followed(row: SavedSearchRow) -> Followed:
    return Followed(row.id, row.name, row.query, Rhythm(row.rhythm), row.looked_at)
