"""Initiatives for tests that are public already."""

from kb.domain.content import Content
from kb.domain.people import Person
from kb.domain.workflow import Role
from kb.runtime import Runtime
from kb.services import drafting, reviewing

# Nobody's account; initiatives of the seed have no author either.
AUTHOR = Person(900_001, Role.COORDINATOR, "Auteur", frozenset({"AM05"}), frozenset({"AM05", "GM0153"}))
EDITOR = Person(900_002, Role.REVIEWER, "Redacteur")


def publish(runtime: Runtime, content: Content, *, owner: int | None = None) -> str:
    """Makes it, submits it and publishes it; the address of its page."""
    author = Person(owner, AUTHOR.role, regions=AUTHOR.regions, reach=AUTHOR.reach) if owner else AUTHOR
    with runtime.work(writing=True) as work:
        draft = drafting.create(work, author, content)
        drafting.submit(work, author, draft.slug, based_on=draft.number)
        reviewing.publish(work, EDITOR, draft.slug, based_on=draft.number, note="")
    return draft.slug
