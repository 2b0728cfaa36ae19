"""Which initiatives look alike: letters of name and text, and tags that both carry.

Compared by runs of three and four letters, so that spelling, compounds and word order matter little.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import numpy as np

from kb.search.letter_runs import Floats, Pile, Three, counted, piled

SAME, ALIKE = 0.45, 0.22
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


@dataclass(slots=True)
class Lookalikes:
    """All public initiatives, ready to be compared with one that is being written.

    `sequence` is the number of the newest change that is in it; its keeper compares and catches up.
    What changed since the pile was made lies in a small pile of its own.
    """

    sequence: int = -1
    _profiles: dict[int, Three] = field(default_factory=dict)
    _addresses: dict[int, str] = field(default_factory=dict)
    _pile: Pile | None = None
    _changed: set[int] = field(default_factory=set)
    _late: Pile | None = None

    def __len__(self) -> int:
        return len(self._profiles)

    def __contains__(self, key: int) -> bool:
        return key in self._profiles

    def put(self, profile: Profile) -> None:
        self._profiles[profile.key] = counted(profile.title, profile.text, profile.tags)
        self._addresses[profile.key] = profile.address
        self._note(profile.key)

    def remove(self, key: int) -> None:
        self._addresses.pop(key, None)
        if self._profiles.pop(key, None):
            self._note(key)

    def nearest(self, asked: Profile, most: int = 5) -> tuple[Alike, ...]:
        """Those that look alike enough, the most alike first; never the one that asks."""
        self._pile_up()
        own = counted(asked.title, asked.text, asked.tags)
        scores: dict[int, float] = {}
        for pile, passed_over in ((self._pile, self._changed), (self._late, set[int]())):
            if pile is not None:
                scores |= _best(pile, own, passed_over, most + 1 + len(passed_over))
        if asked.address:
            shared = (key for key, address in self._addresses.items() if address == asked.address)
            scores |= {key: max(scores.get(key, 0.0), SAME) for key in shared}
        ordered = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
        found = (Alike(key, score) for key, score in ordered if key != asked.key)
        return tuple(one for one in found if one.score >= ALIKE)[:most]

    def alike_to(self, key: int, at_least: float) -> dict[int, float]:
        """All that look at least so much like the one with this key, with how much; itself left out."""
        own = self._profiles.get(key)
        if own is None:
            return {}
        self._pile_up()
        found: dict[int, float] = {}
        for pile, passed_over in ((self._pile, self._changed), (self._late, set[int]())):
            if pile is not None:
                scores = pile.scores(own)
                near = np.flatnonzero(scores >= at_least)
                known = {pile.keys[place]: float(scores[place]) for place in near}
                found |= {other: score for other, score in known.items() if other not in passed_over}
        address = self._addresses[key]
        shared = (other for other, theirs in self._addresses.items() if address and theirs == address)
        found |= {other: max(found.get(other, 0.0), SAME) for other in shared}
        found.pop(key, None)
        return found

    def likeness(self, keys: Sequence[int]) -> Floats:
        """How much each of these looks like each other, in this order; 1 on the diagonal."""
        self._pile_up()
        few = piled({key: self._profiles[key] for key in keys}, like=self._pile)
        places = [few.keys.index(key) for key in keys]
        found = np.array([few.scores(self._profiles[key])[places] for key in keys], dtype=np.float32)
        addresses = [self._addresses[key] for key in keys]
        same = np.array([[bool(one) and one == other for other in addresses] for one in addresses])
        found[same] = np.maximum(found[same], SAME)
        np.fill_diagonal(found, 1)
        return found

    def _note(self, key: int) -> None:
        self._changed.add(key)
        self._late = None
        if len(self._changed) > MOST_LATE:
            self._pile = None

    def _pile_up(self) -> None:
        if self._pile is None:
            self._pile = piled(self._profiles) if self._profiles else None
            self._changed, self._late = set(), None
        late = {key: self._profiles[key] for key in self._changed if key in self._profiles}
        if late and self._late is None:
            self._late = piled(late, like=self._pile)


def _best(pile: Pile, asked: Three, passed_over: set[int], most: int) -> dict[int, float]:
    scores = pile.scores(asked)
    best = np.argsort(-scores, kind="stable")[:most]
    return {pile.keys[place]: float(scores[place]) for place in best if pile.keys[place] not in passed_over}


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
    for record in records:
        found.put(record)
    return found
