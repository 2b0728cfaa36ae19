"""What is public, streamed for a file: every hit of a search, or everything, from one moment."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from types import TracebackType
from typing import Self

from kb.domain.catalogue import Listed, PublicRecord
from kb.domain.problems import TooOften
from kb.domain.search import Search, Sort
from kb.domain.small_groups import shielded
from kb.services import indexing
from kb.services.work import Work
from kb.storage.approaches import approach_names as names_of_approaches
from kb.storage.initiatives import Kept, published_by_ids, published_ids_by_slug
from kb.storage.lists import APPROACH, HERE, NO_BADGE, badges_of, listed

BATCH = 200
# A large file keeps a thread and a transaction as long as its reader reads.
LARGE = 5_000
LARGE_AT_ONCE = 2
WAIT_S = 30
_turns = BoundedSemaphore(LARGE_AT_ONCE)

OpenWork = Callable[[], AbstractContextManager[Work]]


@dataclass(slots=True)
class Outgoing:
    """The records of one export, read while they are written. Close it, also when nobody read it."""

    work: Work
    ids: list[int]
    _left: ExitStack = field(default_factory=ExitStack)

    @property
    def total(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[PublicRecord]:
        for start in range(0, len(self.ids), BATCH):
            yield from _batch(self.work, self.ids[start : start + BATCH])

    def close(self) -> None:
        self._left.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()


def export(
    open_work: OpenWork, asked: Search | None = None, *, language: str = "nl", most: int | None = None
) -> Outgoing:
    """Everything that was asked for, in its order; raises TooOften while others take large files.

    Without words or a chosen order the addresses give the order, so that the same data give the same file.
    """
    with ExitStack() as left:
        work = left.enter_context(open_work())
        ids = _ids(work, asked, language)[:most]
        if len(ids) > LARGE:
            _take_turn(left)
        return Outgoing(work, ids, left.pop_all())


def all_cards(work: Work) -> Iterator[Listed]:
    """Everything that is public as lists show it, in the order of the addresses."""
    ids = published_ids_by_slug(work.session)
    for start in range(0, len(ids), BATCH):
        yield from listed(work.session, ids[start : start + BATCH])


def approach_names(work: Work) -> dict[str, str]:
    """What people call each approach, by its address."""
    return names_of_approaches(work.session)


def _take_turn(left: ExitStack) -> None:
    if not _turns.acquire(blocking=False):
        raise TooOften(WAIT_S)
    left.callback(_turns.release)


def _ids(work: Work, asked: Search | None, language: str) -> list[int]:
    if asked is None or (asked.is_empty and asked.sort is Sort.RELEVANCE):
        return published_ids_by_slug(work.session)
    found = indexing.ids(work, asked, language)
    if asked.words.strip() or asked.sort is not Sort.RELEVANCE:
        return list(found)
    wanted = set(found)
    return [key for key in published_ids_by_slug(work.session) if key in wanted]


def records_of(work: Work, ids: list[int]) -> dict[int, PublicRecord]:
    """Those of them that are public, in the order of the ids."""
    kept = published_by_ids(work.session, ids)
    badges = badges_of(work.session, ids)
    return {
        key: _record(kept[key], here=badges.get((key, HERE), NO_BADGE), approach=badges.get((key, APPROACH)))
        for key in ids
        if key in kept
    }


def _batch(work: Work, ids: list[int]) -> Iterator[PublicRecord]:
    yield from records_of(work, ids).values()


def _record(kept: Kept, **badges: object) -> PublicRecord:
    return PublicRecord(
        slug=kept.slug,
        source_key=kept.source_key,
        content=shielded(kept.content),
        revision=kept.revision_number,
        first_published_at=kept.first_published_at or kept.published_at,
        published_at=kept.published_at,
        confirmed_at=kept.last_confirmed_at,
        **badges,  # type: ignore[arg-type]
    )
