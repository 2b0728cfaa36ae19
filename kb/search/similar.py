"""Which initiatives look alike: letters of name and text, and tags that both carry.

Compared by runs of three and four letters, so that spelling, compounds and word order matter little.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

from kb.search.array_file import Texts, arrays_of, read_arrays, texts_in, write_arrays
from kb.search.letter_runs import Floats, Pile, Three, counted, piled

SAME, ALIKE = 0.45, 0.22
# Change this number when what is compared changes; older files are then written anew.
FORMAT = 1
# So many changes are kept apart before all is piled up anew, which takes a second at 10,000.
MOST_LATE = 256


@dataclass(frozen=True, slots=True)
class Profile:
    """What is compared of one initiative."""

    key: int
    title: str
    text: str
    tags: frozenset[str] = frozenset()
    # As `plain_address` gives it; two with one website are probably one.
    address: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """Another initiative with how much it looks alike, from 0 to 1."""

    key: int
    score: float

    @property
    def is_same(self) -> bool:
        """Probably the very same one."""
        return self.score >= SAME


NOTHING = piled(())


class Lookalikes:
    """All public initiatives, ready to be compared with one that is being written.

    `sequence` is the number of the newest change that is in it; its keeper compares and catches up.
    What changed since the pile was made lies in a small pile of its own. The large one may stand in a file,
    which all processes read where it lies.
    """

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Nothing is known any more."""
        self.sequence = -1
        self._pile = NOTHING
        # The places of those in the large pile that still count.
        self._places: dict[int, int] = {}
        self._pages = Texts.of(())
        self._changed: dict[int, tuple[Three, str]] = {}
        self._late = NOTHING

    def __len__(self) -> int:
        return len(self._places) + len(self._changed)

    def __contains__(self, key: int) -> bool:
        return key in self._places or key in self._changed

    def read(self, path: Path, stamp: str) -> None:
        """As `write` left them, in the place of all that is known; raises Unusable."""
        arrays = read_arrays(path, f"{FORMAT} {stamp}")
        self._take(Pile.read(arrays), texts_in(arrays, "pages"))
        self.sequence = int(arrays["sequence"][0])

    def write(self, path: Path, stamp: str) -> None:
        """For other processes; from now on this one reads there as well. Raises OSError."""
        self.pile_up()
        pages = arrays_of("pages", [self._page(key) for key in self._pile.keys])
        sequence = np.array([self.sequence], np.int64)
        write_arrays(path, f"{FORMAT} {stamp}", self._pile.arrays() | pages | {"sequence": sequence})
        self.read(path, stamp)

    @property
    def is_worn(self) -> bool:
        """So much changed that it is time to pile all up anew."""
        return len(self._changed) > max(MOST_LATE, len(self._places) // 50)

    def pile_up(self) -> None:
        """All in one large pile."""
        if not self._changed and len(self._places) == len(self._pile.keys):
            return
        keys = sorted([*self._places, *self._changed])
        pages = [self._page(key) for key in keys]
        self._take(piled((key, self._profile(key)) for key in keys), Texts.of(pages))

    def fill(self, profiles: Iterable[Profile]) -> None:
        """All of these in the place of what is known; none of them twice."""
        pages: list[str] = []
        self._take(piled(_counting(profiles, pages)), Texts.of(pages))

    def put(self, profile: Profile) -> None:
        self.remove(profile.key)
        self._changed[profile.key] = counted(profile.title, profile.text, profile.tags), profile.address

    def remove(self, key: int) -> None:
        self._late = NOTHING
        self._changed.pop(key, None)
        self._places.pop(key, None)

    def nearest(self, asked: Profile, most: int = 5) -> tuple[Alike, ...]:
        """Those that look alike enough, the most alike first; never the one that asks."""
        found = self._near(counted(asked.title, asked.text, asked.tags), asked.address, ALIKE)
        found.pop(asked.key, None)
        ordered = sorted(found.items(), key=lambda one: (-one[1], one[0]))
        return tuple(Alike(key, score) for key, score in ordered[:most])

    def alike_to(self, key: int, at_least: float) -> dict[int, float]:
        """All that look at least so much like the one with this key, with how much; itself left out."""
        if key not in self:
            return {}
        found = self._near(self._profile(key), self._page(key), at_least)
        found.pop(key, None)
        return found

    def likeness(self, keys: Sequence[int]) -> Floats:
        """How much each of these looks like each other, in this order; 1 on the diagonal."""
        self._stack_late()
        own = [self._profile(key) for key in keys]
        few = piled(zip(keys, own, strict=True), like=self._pile)
        found = np.array([few.scores(each) for each in own], dtype=np.float32)
        pages = [self._page(key) for key in keys]
        same = np.array([[bool(one) and one == other for other in pages] for one in pages])
        found[same] = np.maximum(found[same], SAME)
        np.fill_diagonal(found, 1)
        return found

    def _near(self, own: Three, page: str, at_least: float) -> dict[int, float]:
        """What looks at least so much like this, or has the same page."""
        self._stack_late()
        found: dict[int, float] = {}
        for pile, known in ((self._pile, self._places), (self._late, self._changed)):
            scores = pile.scores(own)
            near = np.flatnonzero(scores >= at_least).tolist()
            found |= {pile.keys[at]: float(scores[at]) for at in near if pile.keys[at] in known}
        shared = self._with_page(page) if page else ()
        return found | {key: max(found.get(key, 0.0), SAME) for key in shared}

    def _stack_late(self) -> None:
        if not self._pile.keys:
            self.pile_up()
        elif self._late is NOTHING and self._changed:
            self._late = piled(((key, three) for key, (three, _) in self._changed.items()), like=self._pile)

    def _take(self, pile: Pile, pages: Texts) -> None:
        self._pile, self._pages = pile, pages
        self._places = {key: at for at, key in enumerate(pile.keys)}
        self._changed, self._late = {}, NOTHING

    def _profile(self, key: int) -> Three:
        if key in self._changed:
            return self._changed[key][0]
        return self._pile.profile(self._places[key])

    def _page(self, key: int) -> str:
        if key in self._changed:
            return self._changed[key][1]
        return self._pages[self._places[key]]

    def _with_page(self, page: str) -> Iterator[int]:
        keys = (self._pile.keys[at] for at in self._pages.places_of(page))
        yield from (key for key in keys if key in self._places)
        yield from (key for key, (_, theirs) in self._changed.items() if theirs == page)


def _counting(profiles: Iterable[Profile], pages: list[str]) -> Iterator[tuple[int, Three]]:
    """Each as it is compared; its address goes to `pages`."""
    for one in profiles:
        pages.append(one.address)
        yield one.key, counted(one.title, one.text, one.tags)


def plain_address(url: str) -> str:
    """A web address without what says nothing about the page: scheme, www, slash at the end, the question."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if not parts.hostname:
        return ""
    host = parts.hostname.removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}".lower()


def profiles(records: Iterable[Profile]) -> Lookalikes:
    """All of these, ready to be compared."""
    found = Lookalikes()
    found.fill(records)
    return found
