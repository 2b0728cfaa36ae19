"""Writing the audit trail in few words, and looking something up in it."""

from dataclasses import dataclass, replace

from kb.domain.people import Person
from kb.domain.rights import Right, require_right
from kb.language.texts import gettext as _
from kb.services.work import Work
from kb.storage.audit import Deed, broken_links, has_hash, newest_hash, record_deed
from kb.storage.audit_search import Asked, Entry, actions, entries
from kb.storage.people import ids_like, names_of

# The doors ask with it, and know nothing of storage.
__all__ = [
    "Asked",
    "AuditPage",
    "broken_trail",
    "contains",
    "look_up",
    "newest",
    "note",
    "note_denial",
    "plain_line",
    "verify",
]

DONE = "gelukt"
REFUSED = "geweigerd"
FAILED = "mislukt"
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class AuditPage:
    asked: Asked
    entries: tuple[Entry, ...]
    names: dict[str, str]
    actions: tuple[str, ...]
    next_before: int | None


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
    found = entries(work.session, _with_people(work, asked), limit=PER_PAGE + 1)
    shown = found[:PER_PAGE]
    return AuditPage(
        asked=asked,
        entries=shown,
        names=_names(work, shown),
        actions=actions(work.session),
        next_before=shown[-1].id if len(found) > PER_PAGE else None,
    )


def verify(work: Work, person: Person) -> tuple[int, ...]:
    """The rows that do not follow from the one before; none when the trail is whole."""
    require_right(person, Right.AUDIT)
    return tuple(broken_links(work.session))


def broken_trail(row: int) -> str:
    return _("The trail is broken at row %(row)s: it was changed, or a row around it was removed.", row=row)


def newest(work: Work, person: Person) -> str:
    """The hash of the newest row, to be kept somewhere else."""
    require_right(person, Right.AUDIT)
    return newest_hash(work.session)


def contains(work: Work, person: Person, known: str) -> bool:
    """Whether the row with this hash still stands; with a whole chain, so does all before it."""
    require_right(person, Right.AUDIT)
    return has_hash(work.session, known)


def _with_people(work: Work, asked: Asked) -> Asked:
    """Somebody may be named as the trail does, or by name or mail address as people do."""
    about = ids_like(work.session, asked.words) if asked.words else ()
    actors: tuple[str, ...] = ()
    if asked.actor:
        named = ids_like(work.session, asked.actor)
        actors = (asked.actor, *(f"persoon:{number}" for number in named))
    return replace(asked, actors=actors, about=tuple(map(str, about)))


def _names(work: Work, shown: tuple[Entry, ...]) -> dict[str, str]:
    """What the people in these rows are called now; the trail itself knows numbers only."""
    numbers = {entry.actor.removeprefix("persoon:") for entry in shown if entry.actor.startswith("persoon:")}
    numbers |= {entry.object_key for entry in shown if entry.object_kind == "persoon"}
    names = names_of(work.session, (int(number) for number in numbers if number.isdigit()))
    return {str(number): name for number, name in names.items()}


def plain_line(text: str) -> str:
    """Without line ends and other control characters, which would forge a line of a log."""
    return "".join(character if character.isprintable() else " " for character in text)
