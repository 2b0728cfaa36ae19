"""Does anybody do this already? What looks alike, and what people said about it."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

from kb.domain.content import Content
from kb.domain.people import Person
from kb.domain.permissions import may
from kb.domain.rights import Right, require_right
from kb.domain.terms import Scheme, Vocabulary
from kb.domain.workflow import Action
from kb.search.array_file import Unusable
from kb.search.similar import Alike, Lookalikes, Profile, plain_address
from kb.services.standing import at_hand
from kb.services.work import Work
from kb.storage.changes import changes_after, newest_sequence
from kb.storage.drafts import choices_about
from kb.storage.initiatives import Kept, all_published, published_by_ids

Groups = TypeVar("Groups")

log = logging.getLogger(__name__)

# The file with all that is compared.
KEPT = "lookalikes"
NOBODY = 0
NEAREST = 5
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Resembling:
    """A public initiative that looks alike, with what was said about it before."""

    id: int
    slug: str
    title: str
    summary: str
    lead: str
    regions: tuple[str, ...]
    approaches: tuple[str, ...]
    is_same: bool
    # Whether who asks can work on it already, and so need not ask.
    is_near: bool = False
    choice: str = ""
    why: str = ""


def alike(
    work: Work, person: Person, content: Content, *, initiative_id: int = NOBODY
) -> tuple[Resembling, ...]:
    """The five nearest among what is public."""
    require_right(person, Right.DESK)
    near = nearest_to(work, initiative_id, content, NEAREST)
    kept = published_by_ids(work.session, [one.key for one in near])
    chosen = choices_about(work.session, initiative_id)
    return tuple(
        _resembling(work, person, kept[one.key], one.is_same, chosen.get(one.key, ("", "")))
        for one in near
        if one.key in kept
    )


def nearest_to(work: Work, key: int, content: Content, most: int) -> tuple[Alike, ...]:
    """The public initiatives that look most alike, never the one with this key itself."""
    with _lock:
        return _up_to_date(work).nearest(_profile(key, content, work.vocabulary), most)


def alike_to(work: Work, key: int, at_least: float) -> dict[int, float]:
    """All public initiatives that look at least so much like this one; nothing for one that is not public."""
    with _lock:
        return _up_to_date(work).alike_to(key, at_least)


def grouped(work: Work, group: Callable[[Lookalikes], Groups]) -> Groups:
    """What the list of this process, after the newest change, gives when it is grouped."""
    with _lock:
        return group(_up_to_date(work))


def prepare(work: Work) -> None:
    """Makes the list before somebody asks: the first question of a process would have to wait for it."""
    with _lock:
        _up_to_date(work)


def choices(work: Work, person: Person, initiative_id: int) -> tuple[Resembling, ...]:
    """Everything that was said about others, also about those that look alike no more."""
    chosen = choices_about(work.session, initiative_id)
    kept = published_by_ids(work.session, list(chosen))
    return tuple(_resembling(work, person, kept[key], False, chosen[key]) for key in chosen if key in kept)


def _up_to_date(work: Work) -> Lookalikes:
    """The list of this process after the newest change. One thread at a time: call it under the lock."""
    newest, known = newest_sequence(work.session), work.lookalikes
    if known.sequence < 0:
        _read(work, known, newest)
    if known.sequence < 0:
        known.fill(_profiles(all_published(work.session), work.vocabulary))
        known.sequence = newest
        _keep(work, known)
    elif known.sequence < newest:
        changed = sorted({change.initiative_id for change in changes_after(work.session, known.sequence)})
        for key in changed:
            known.remove(key)
        for profile in _profiles(published_by_ids(work.session, changed).values(), work.vocabulary):
            known.put(profile)
        known.sequence = newest
    if known.is_worn:
        _keep(work, known)
    return known


def _read(work: Work, known: Lookalikes, newest: int) -> None:
    """Takes what another process left, unless that is of a later moment than the database."""
    try:
        known.read(work.catalogue.beside(KEPT), work.catalogue.stamp)
    except Unusable as why:
        log.info("what initiatives look like is read anew: %s", why)
        return
    if known.sequence > newest:
        known.clear()


def _keep(work: Work, known: Lookalikes) -> None:
    """Piles all up, and leaves it for other processes, as reading all initiatives takes long."""
    try:
        known.write(work.catalogue.beside(KEPT), work.catalogue.stamp)
    except (OSError, Unusable) as error:
        log.warning("what initiatives look like cannot be kept: %s", error)


def _profiles(kept: Iterable[Kept], vocabulary: Vocabulary) -> Iterator[Profile]:
    return (_profile(one.id, one.content, vocabulary) for one in kept)


def _profile(key: int, content: Content, vocabulary: Vocabulary) -> Profile:
    """Tags without the wide regions: everything lies in the Netherlands."""
    tags = {
        *(f"regio {code}" for code in content.regions),
        *(f"aanbeveling {code}" for code in content.recommendations),
        *(f"niveau {code}" for code in vocabulary.with_ancestors(Scheme.LEVEL, content.levels)),
        *(f"instrument {code}" for code in content.instruments),
        *(f"sector {code}" for code in content.sectors),
        *(f"doelgroep {code}" for code in content.target_groups),
        *(f"aanpak {slug}" for slug in content.approaches),
    }
    text = f"{content.summary} {content.goal}"
    return Profile(key, content.title, text, frozenset(tags), plain_address(content.url))


def _resembling(work: Work, person: Person, kept: Kept, is_same: bool, chosen: tuple[str, str]) -> Resembling:
    content = kept.content
    return Resembling(
        id=kept.id,
        slug=kept.slug,
        title=content.title,
        summary=content.summary,
        lead=content.lead,
        regions=content.regions,
        approaches=content.approaches,
        is_same=is_same,
        is_near=bool(may(person, Action.EDIT, at_hand(work, kept.slug).standing)),
        choice=chosen[0],
        why=chosen[1],
    )
