"""Writing the audit trail in few words, and looking something up in it."""

from dataclasses import dataclass

from kb.domain.people import Person
from kb.domain.rights import Right, require_right
from kb.services.work import Work
from kb.storage.audit import Deed, broken_links, record_deed
from kb.storage.audit_search import Asked, Entry, entries

DONE = "gelukt"
REFUSED = "geweigerd"
FAILED = "mislukt"
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class AuditPage:
    asked: Asked
    entries: tuple[Entry, ...]
    has_more: bool


def note(
    work: Work, actor: str, action: str, kind: str, key: object, *, result: str = DONE, details: str = ""
) -> None:
    """One row of the trail: who, what, object, result, when, from where."""
    deed = Deed(
        actor=actor,
        action=action,
        object_kind=kind,
        object_key=plain_line(str(key))[:200],
        result=result,
        origin=work.origin[:80],
        details=plain_line(details),
    )
    record_deed(work.session, deed, now=work.now)


def note_denial(work: Work, person: Person, what: str, reason: str) -> None:
    """Somebody who logged in tried what they may not do."""
    note(work, person.actor, "geweigerd", "adres", what, result=REFUSED, details=reason)


def look_up(work: Work, person: Person, asked: Asked) -> AuditPage:
    require_right(person, Right.AUDIT)
    found = entries(work.session, asked, limit=PER_PAGE + 1)
    return AuditPage(asked, found[:PER_PAGE], len(found) > PER_PAGE)


def verify(work: Work, person: Person) -> tuple[int, ...]:
    """The rows that do not follow from the one before; none when the trail is whole."""
    require_right(person, Right.AUDIT)
    return tuple(broken_links(work.session))


def plain_line(text: str) -> str:
    """Without line ends and other control characters, which would forge a line of a log."""
    return "".join(character if character.isprintable() else " " for character in text)
