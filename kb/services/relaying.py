"""What visitors write about an initiative: brought to whoever keeps it up, without showing an address.

A question goes to the mailbox of the initiative. Without one, and with everything that is said to be
wrong, it goes to whoever keeps it up, and waits on their desk until it is dealt with.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from kb.domain.messages import Message, MessageKind
from kb.domain.people import Person
from kb.domain.permissions import may, require
from kb.domain.problems import NotFound
from kb.domain.rights import Right, require_right
from kb.domain.workflow import Action
from kb.services import letters, limits
from kb.services.auditing import REFUSED, note
from kb.services.keepers import Keepers
from kb.services.limits import Limit
from kb.services.mailing import queue, queue_to
from kb.services.reading import published
from kb.services.standing import KIND, AtHand, at_hand, note_deed
from kb.services.work import Work
from kb.storage.desk_tables import ContactMessage
from kb.storage.initiatives import Kept, initiative_by_id
from kb.storage.messages import add_message, close_messages, message_by_id, open_messages

# What nobody dealt with in this time is thrown away: it holds mail addresses of visitors.
KEPT = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message on the desk of whoever keeps the initiative up."""

    id: int
    slug: str
    title: str
    kind: MessageKind
    words: str
    reply_to: str
    at: datetime


def count_try(work: Work, slug: str, place: str) -> None:
    """In a piece of work of its own; raises TooOften before anything is sent."""
    limits.count(work, Limit.CONTACT_PLACE, place)
    limits.count(work, Limit.CONTACT_SUBJECT, slug)


def relay(work: Work, slug: str, message: Message) -> None:
    """Keeps and mails it; the same words once more are the same message, so a double click sends one."""
    kept = published(work, slug)
    if message.trap:
        note(work, "publiek", "bericht", KIND, slug, result=REFUSED, details="val voor robots")
        return
    if message.kind is MessageKind.CONTACT and kept.content.contact_email:
        is_new = _to_mailbox(work, kept, message)
    else:
        is_new = _to_keepers(work, kept, message)
    if is_new:
        note(work, "publiek", "bericht", KIND, slug, details=message.kind.value)


def waiting(work: Work, person: Person) -> tuple[Waiting, ...]:
    """The messages about what this person keeps up, the oldest first."""
    require_right(person, Right.DESK)
    at_hands = ((row, _about(work, row)) for row in open_messages(work.session))
    return tuple(
        _as_waiting(work, row, found)
        for row, found in at_hands
        if may(person, Action.CONFIRM, found.standing)
    )


def close(work: Work, person: Person, message_id: int) -> None:
    """It was dealt with; the text goes for good."""
    require_right(person, Right.DESK)
    row = message_by_id(work.session, message_id)
    if row is None:
        raise NotFound("bericht", message_id)
    found = _about(work, row)
    require(person, Action.CONFIRM, found.standing)
    close_messages(work.session, [row.id], now=work.now)
    note_deed(work, person, Action.COMMENT, found.row, details=f"bericht {row.id} afgehandeld")


def forget_old(work: Work) -> int:
    """Throws away what stood too long; how many."""
    old = [row.id for row in open_messages(work.session) if work.now - row.created_at > KEPT]
    close_messages(work.session, old, now=work.now)
    return len(old)


def _to_mailbox(work: Work, kept: Kept, message: Message) -> bool:
    letter = letters.question(work.office, "nl", message, slug=kept.slug, title=kept.content.title)
    about = work.office.keys.digest(f"{kept.id} {message.kind} {message.words} {message.reply_to}")
    return queue_to(
        work, kept.content.contact_email, letter, about=f"bericht {about}", reply_to=message.reply_to
    )


def _to_keepers(work: Work, kept: Kept, message: Message) -> bool:
    text = json.dumps({"words": message.words, "reply_to": message.reply_to})
    rows = open_messages(work.session, about=kept.id)
    if any((row.kind, work.office.keys.unseal(row.sealed)) == (message.kind, text) for row in rows):
        return False
    sealed = work.office.keys.seal(text)
    add_message(work.session, kept.id, kind=message.kind.value, sealed=sealed, now=work.now)
    keepers = Keepers(work)
    for row in keepers.of(at_hand(work, kept.slug).standing) or keepers.administrators():
        letter = letters.question(
            work.office, row.language, message, slug=kept.slug, title=kept.content.title
        )
        queue(work, row, letter, reply_to=message.reply_to)
    return True


def _about(work: Work, row: ContactMessage) -> AtHand:
    initiative = initiative_by_id(work.session, row.initiative_id)
    if initiative is None:
        raise NotFound(KIND, row.initiative_id)
    return at_hand(work, initiative.slug)


def _as_waiting(work: Work, row: ContactMessage, found: AtHand) -> Waiting:
    """What was sealed under another secret cannot be read any more; that it came can."""
    kept = json.loads(work.office.keys.unseal(row.sealed) or "{}")
    return Waiting(
        id=row.id,
        slug=found.row.slug,
        title=found.content.title,
        kind=MessageKind(row.kind),
        words=kept.get("words", ""),
        reply_to=kept.get("reply_to", ""),
        at=row.created_at,
    )
