"""Two to five initiatives next to each other."""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.domain.catalogue import Listed
from kb.domain.problems import Moved, NotFound
from kb.domain.search import Search
from kb.services import indexing
from kb.services.reading import InitiativePage, initiative_page
from kb.services.work import Work
from kb.storage.lists import listed

MOST = 5
OFFERED = 8


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The initiatives in the order asked for; `unknown` are addresses that nothing public has.

    `left_out` counts those beyond the most that fit; `offered` can be set beside them.
    """

    pages: tuple[InitiativePage, ...]
    unknown: tuple[str, ...]
    left_out: int
    offered: tuple[Listed, ...]

    @property
    def is_full(self) -> bool:
        return len(self.pages) >= MOST


def side_by_side(work: Work, slugs: Iterable[str], words: str = "", language: str = "nl") -> SideBySide:
    """What is known of each; an old address counts as its new one, and twice the same as once."""
    found: dict[str, InitiativePage] = {}
    unknown: list[str] = []
    left_out = 0
    for slug in dict.fromkeys(slugs):
        page = _page(work, slug)
        if page is None:
            unknown.append(slug)
        elif page.slug not in found and len(found) == MOST:
            left_out += 1
        else:
            found[page.slug] = page
    pages = tuple(found.values())
    return SideBySide(pages, tuple(unknown), left_out, _offered(work, pages, words, language))


def _page(work: Work, slug: str) -> InitiativePage | None:
    try:
        return initiative_page(work, slug)
    except Moved as moved:
        return _page(work, moved.key)
    except NotFound:
        return None


def _offered(work: Work, pages: tuple[InitiativePage, ...], words: str, language: str) -> tuple[Listed, ...]:
    """What the words find, without those that stand there already."""
    if not words.strip() or len(pages) >= MOST:
        return ()
    indexing.catch_up(work)
    shown = {page.id for page in pages}
    found = work.catalogue.search(Search(words=words, per_page=OFFERED + MOST), language).ids
    return listed(work.session, [key for key in found if key not in shown][:OFFERED])
