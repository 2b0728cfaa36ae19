"""The same approach in two places: both carry it, also where the other has a version under way."""

from collections.abc import Callable
from dataclasses import replace

from kb.domain.content import Approach, Content, Theory
from kb.domain.people import Person
from kb.domain.problems import FieldError, Invalid
from kb.domain.slugs import free_slug, slug_of
from kb.domain.terms import plain
from kb.domain.workflow import Action, Status
from kb.services import publishing
from kb.services.standing import at_hand, public_content
from kb.services.work import Work
from kb.storage.approaches import approach_by_slug, approach_names, approaches_of, save_approaches
from kb.storage.drafts import choices_about
from kb.storage.initiatives import add_revision, initiative_by_id
from kb.storage.projection import Projection
from kb.storage.tables import InitiativeRow

SAME_APPROACH = "zelfde-aanpak"
LONGEST = 200


def approaches_together(work: Work, mine: Content, other: Content, name: str) -> tuple[str, ...]:
    """What both carry out: the approaches of the other, else one's own, else the one that is named."""
    if other.approaches:
        return tuple(dict.fromkeys((*mine.approaches, *other.approaches)))
    if mine.approaches:
        return mine.approaches
    if not name.strip():
        raise Invalid((FieldError("aanpak", "Give the approach a name: neither of the two has one yet."),))
    return (_named(work, name.strip()[:LONGEST]),)


def link_others(work: Work, person: Person, row: InitiativeRow) -> tuple[Approach, ...]:
    """After publication: each initiative that was said to be the same approach carries it too."""
    content = public_content(work, row)
    touched: set[Approach] = set()
    for other_id, (choice, _why) in choices_about(work.session, row.id).items():
        other = initiative_by_id(work.session, other_id)
        if choice != SAME_APPROACH or content is None or other is None:
            continue
        theirs = public_content(work, other)
        if theirs is not None and not set(theirs.approaches) & set(content.approaches):
            amend(
                work,
                person,
                other,
                lambda its: carrying(its, content.approaches),
                f"zelfde aanpak als {row.slug}",
            )
            touched.update(approaches_of(work.session, other.id))
    return tuple(touched)


def named_approach(work: Work, name: str, *, theory: Theory | None = None) -> Approach:
    """The approach with this name, made when there is none; nobody sees it until something public has it."""
    names = approach_names(work.session)
    for slug, known in names.items():
        found = approach_by_slug(work.session, slug) if plain(known) == plain(name) else None
        if found is not None:
            return found[1]
    approach = Approach(free_slug(slug_of(name), names), name, theory=theory or Theory())
    save_approaches(work.session, [approach])
    return approach


def carrying(content: Content, slugs: tuple[str, ...]) -> Content:
    """With these approaches beside its own."""
    return replace(content, approaches=tuple(dict.fromkeys((*content.approaches, *slugs))))


def without(content: Content, slug: str) -> Content:
    """No longer with this approach."""
    return replace(content, approaches=tuple(each for each in content.approaches if each != slug))


def amend(
    work: Work, person: Person, row: InitiativeRow, change: Callable[[Content], Content], details: str
) -> None:
    """Changes what is public, and a version under way as well, which stays as far as it was.

    The new versions have no author: nobody wrote a word of them.
    """
    found = at_hand(work, row.slug)
    shown, status, at = public_content(work, row), row.status, row.published_at
    if shown is None:
        return
    public = add_revision(work.session, row, change(shown), now=work.now)
    publishing.make_public(
        work,
        Projection(work.session, this_year=work.this_year),
        row,
        public,
        actor=person.actor,
        action=Action.EDIT,
        details=details[:500],
    )
    # It says nothing about whether the rest is still right.
    row.published_at = at
    if status != Status.PUBLISHED.value:
        author = found.revision.author_id
        add_revision(work.session, row, change(found.content), now=work.now, author_id=author)
        row.status = status


def _named(work: Work, name: str) -> str:
    return named_approach(work, name).slug
