"""What somebody says of two initiatives that look alike: one and the same, one approach, or different."""

from dataclasses import replace
from enum import StrEnum

from kb.domain.content import Content
from kb.domain.people import Person
from kb.domain.permissions import may, require
from kb.domain.problems import FieldError, Invalid, NotFound
from kb.domain.workflow import Action
from kb.services import joining, linking
from kb.services.standing import KIND, at_hand, note_deed
from kb.services.work import Work
from kb.storage.drafts import keep_choice
from kb.storage.initiatives import Kept, published_by_slug

LONGEST = 1000


class Choice(StrEnum):
    """The value is what is kept."""

    SAME = "zelfde"
    SAME_APPROACH = linking.SAME_APPROACH
    DIFFERENT = "anders"


def choose(work: Work, person: Person, slug: str, other_slug: str, choice: Choice, *, why: str = "") -> None:
    """Keeps what was said. Who says "the same" and cannot work on the other yet, asks for that with it."""
    found = at_hand(work, slug)
    require(person, Action.INSPECT, found.standing)
    other = _other(work, other_slug)
    if choice is Choice.DIFFERENT and not why.strip():
        raise Invalid((FieldError("waarom", "Say what is different."),))
    keep_choice(
        work.session,
        found.row.id,
        other.id,
        choice=choice.value,
        why=why.strip()[:LONGEST],
        person_id=person.id,
        now=work.now,
    )
    note_deed(work, person, Action.COMMENT, found.row, details=f"{choice.value}: {other.slug}")
    if choice is Choice.SAME and may(person, Action.ASK_TO_JOIN, at_hand(work, other_slug).standing):
        joining.ask(work, person, other_slug, why)


def with_the_approach_of(work: Work, content: Content, other_slug: str, name: str) -> Content:
    """This initiative, carrying out what the other does too; `name` is for an approach that has none yet.

    The other gets it when this one is published: a reviewer has looked at both by then.
    """
    other = _other(work, other_slug)
    return replace(content, approaches=linking.approaches_together(work, content, other.content, name))


def _other(work: Work, slug: str) -> Kept:
    other = published_by_slug(work.session, slug)
    if other is None:
        raise NotFound(KIND, slug)
    return other
