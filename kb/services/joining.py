"""Working on an initiative of others: asking for it, and what whoever keeps it up answers."""

from dataclasses import dataclass
from datetime import datetime

from kb.domain.people import Person
from kb.domain.permissions import may, require
from kb.domain.problems import NotFound
from kb.domain.rights import Right, require_right
from kb.domain.workflow import Action
from kb.services import letters
from kb.services.keepers import Keepers
from kb.services.mailing import queue
from kb.services.standing import AtHand, at_hand, note_deed
from kb.services.work import Work
from kb.storage.desk_tables import JoinRequest
from kb.storage.drafts import add_editor
from kb.storage.initiatives import initiative_by_id
from kb.storage.joining import ask_to_join, open_requests, request_of
from kb.storage.people import names_of, person_row

LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits for an answer of whoever keeps the initiative up."""

    slug: str
    title: str
    person_id: int
    name: str
    words: str
    at: datetime


def ask(work: Work, person: Person, slug: str, words: str = "") -> None:
    """Asks whoever keeps it up, who also gets a mail; asking twice is asking once."""
    found = at_hand(work, slug)
    require(person, Action.ASK_TO_JOIN, found.standing)
    if person.id is None or not ask_to_join(
        work.session, found.row.id, person.id, words=words.strip()[:LONGEST], now=work.now
    ):
        return
    for row in Keepers(work).of(found.standing):
        letter = letters.asks_to_join(
            work.office, row.language, name=person.name, title=found.content.title, words=words.strip()
        )
        queue(work, row, letter)
    note_deed(work, person, Action.ASK_TO_JOIN, found.row)


def may_work_on(work: Work, person: Person, slug: str) -> bool:
    """Whether asking makes no sense any more; raises Denied for who can never work on anything."""
    found = at_hand(work, slug)
    if may(person, Action.INSPECT, found.standing):
        return True
    require(person, Action.ASK_TO_JOIN, found.standing)
    return False


def has_asked(work: Work, person: Person, slug: str) -> bool:
    found = at_hand(work, slug)
    return person.id is not None and request_of(work.session, found.row.id, person.id) is not None


def waiting(work: Work, person: Person) -> tuple[Asked, ...]:
    """The questions that this person may answer, oldest first."""
    require_right(person, Right.DESK)
    rows = open_requests(work.session)
    names = names_of(work.session, [row.person_id for row in rows])
    at_hands = [(row, _about(work, row)) for row in rows]
    return tuple(
        Asked(
            slug=found.row.slug,
            title=found.content.title,
            person_id=row.person_id,
            name=names.get(row.person_id, ""),
            words=row.words,
            at=row.asked_at,
        )
        for row, found in at_hands
        if may(person, Action.SHARE, found.standing)
    )


def answer(work: Work, person: Person, slug: str, asker_id: int, *, accepted: bool) -> None:
    """Yes makes the asker co-editor; either way the asker gets a mail."""
    found = at_hand(work, slug)
    require(person, Action.SHARE, found.standing)
    row = request_of(work.session, found.row.id, asker_id)
    if row is None:
        raise NotFound("vraag", asker_id)
    if row.answered_at is not None:
        return
    row.answered_at, row.is_accepted = work.now, accepted
    if accepted:
        add_editor(work.session, found.row.id, asker_id, now=work.now)
    asker = person_row(work.session, asker_id)
    if asker is not None:
        letter = letters.may_join if accepted else letters.may_not_join
        queue(work, asker, letter(work.office, asker.language, slug=slug, title=found.content.title))
    details = f"persoon:{asker_id}" if accepted else f"niet: persoon:{asker_id}"
    note_deed(work, person, Action.SHARE, found.row, details=details)


def _about(work: Work, row: JoinRequest) -> AtHand:
    initiative = initiative_by_id(work.session, row.initiative_id)
    if initiative is None:
        raise NotFound("initiatief", row.initiative_id)
    return at_hand(work, initiative.slug)
