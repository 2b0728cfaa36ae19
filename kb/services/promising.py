"""Keeping a promise: what will be measured goes into a version of an initiative, as a draft."""

from dataclasses import replace

from kb.domain.content import PlannedMeasure
from kb.domain.people import Person
from kb.domain.rights import Right, require_right
from kb.domain.workflow import Status
from kb.services import drafting
from kb.services.drafting import Draft
from kb.services.work import Work
from kb.storage.drafts import Working, mine, near


def can_promise_in(work: Work, person: Person) -> tuple[Working, ...]:
    """The initiatives that this person works on or that lie in the own regions, by title."""
    require_right(person, Right.DESK)
    if person.id is None:
        return ()
    own = mine(work.session, person.id, (Status.DRAFT, Status.RETURNED, Status.PUBLISHED))
    open_ones = (one for one in near(work.session, person.reach) if one.status is not Status.SUBMITTED)
    found = {one.id: one for one in (*own, *open_ones)}
    return tuple(sorted(found.values(), key=lambda one: one.content.title.casefold()))


def promise(work: Work, person: Person, slug: str, planned: PlannedMeasure) -> Draft:
    """Adds it to the newest version; twice the same promise is one. It is fixed once it is public."""
    draft = drafting.look(work, person, slug)
    if planned in draft.content.promises:
        return draft
    content = replace(draft.content, promises=(*draft.content.promises, planned))
    return drafting.edit(work, person, slug, content, based_on=draft.number)
