"""Which initiatives look alike: letters of name and text, and tags that both carry.

Compared by runs of three and four letters, so that spelling, compounds and word order matter little.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from kb.domain.terms import plain

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bins = npt.NDArray[np.uint16]

LENGTHS = (3, 4)
# Letter runs are counted in this many bins; few collide in texts of this size.
BINS = 1 << 16
LONGEST = 4_000
TEXT, NAME, TAGS = 0.6, 0.2, 0.2
SAME, ALIKE = 0.45, 0.22


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


@dataclass(frozen=True, slots=True)
class _Counted:
    """Bins with how often each occurs; each bin once."""

    bins: Bins
    counts: Floats


@dataclass(slots=True)
class _Stack:
    """Which profiles have what in each bin: only the bins that are asked for are looked at.

    The places and counts of bin 7 stand from `starts[7]` up to `starts[8]`.
    """

    places: Ints
    counts: Floats
    starts: Ints
    weights: Floats
    lengths: Floats
    sizes: Floats

    def cosines(self, asked: _Counted) -> Floats:
        """How much each profile points the same way as what is asked."""
        weighed = asked.counts * self.weights[asked.bins]
        products = self._summed(asked.bins, weighed * self.weights[asked.bins], self.counts)
        own = float(np.sqrt(np.sum(weighed**2)))
        return np.asarray(products / (self.lengths * own + 1e-9), dtype=np.float32)

    def shares(self, asked: _Counted) -> Floats:
        """What both have, of all that one of them has."""
        ones = np.ones(len(asked.bins), dtype=np.float32)
        both = self._summed(asked.bins, ones, np.ones_like(self.counts))
        return np.asarray(both / np.maximum(self.sizes + len(asked.bins) - both, 1), dtype=np.float32)

    def _summed(self, bins: Bins, factors: Floats, counts: Floats) -> Floats:
        begins, ends = self.starts[bins.astype(np.int64)], self.starts[bins.astype(np.int64) + 1]
        spans = [slice(begin, end) for begin, end in zip(begins, ends, strict=True)]
        if not spans:
            return np.zeros(len(self.lengths), dtype=np.float32)
        places = np.concatenate([self.places[span] for span in spans])
        values = np.concatenate([counts[span] for span in spans]) * np.repeat(factors, ends - begins)
        return np.bincount(places, values, minlength=len(self.lengths)).astype(np.float32)


@dataclass(slots=True)
class Lookalikes:
    """All public initiatives, ready to be compared with one that is being written.

    `sequence` is the number of the newest change that is in it; its keeper compares and catches up.
    """

    sequence: int = -1
    _profiles: dict[int, tuple[_Counted, _Counted, _Counted]] = field(default_factory=dict)
    _stacks: tuple[_Stack, _Stack, _Stack] | None = None
    _keys: list[int] = field(default_factory=list)
    _addresses: dict[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._profiles)

    def put(self, profile: Profile) -> None:
        self._profiles[profile.key] = _counted(profile)
        self._addresses[profile.key] = profile.address
        self._stacks = None

    def remove(self, key: int) -> None:
        self._addresses.pop(key, None)
        if self._profiles.pop(key, None):
            self._stacks = None

    def nearest(self, asked: Profile, most: int = 5) -> tuple[Alike, ...]:
        """Those that look alike enough, the most alike first; never the one that asks."""
        if not self._profiles:
            return ()
        if self._stacks is None:
            self._stack()
        assert self._stacks is not None  # noqa: S101
        texts, names, tags = self._stacks
        text, name, own_tags = _counted(asked)
        scores = TEXT * texts.cosines(text) + NAME * names.cosines(name) + TAGS * tags.shares(own_tags)
        if asked.address:
            shared = [self._addresses[key] == asked.address for key in self._keys]
            scores = np.where(shared, np.maximum(scores.astype(np.float64), SAME), scores)
        best = np.argsort(-scores, kind="stable")[: most + 1]
        found = (Alike(self._keys[place], float(scores[place])) for place in best)
        return tuple(one for one in found if one.score >= ALIKE and one.key != asked.key)[:most]

    def _stack(self) -> None:
        self._keys = sorted(self._profiles)
        ordered = [self._profiles[key] for key in self._keys]
        self._stacks = (
            _stacked([one[0] for one in ordered]),
            _stacked([one[1] for one in ordered]),
            _stacked([one[2] for one in ordered]),
        )


def _counted(profile: Profile) -> tuple[_Counted, _Counted, _Counted]:
    tags = [zlib.crc32(tag.encode()) % BINS for tag in profile.tags]
    return (
        _runs(f"{profile.title} {profile.text}"),
        _runs(profile.title),
        _count(np.array(tags, dtype=np.int64)),
    )


def _runs(words: str) -> _Counted:
    """Runs of letters with a space at both ends, so that the start of a word counts as such."""
    letters = np.array([ord(c) for c in f" {plain(words[:LONGEST])} "], dtype=np.int64)
    bins = [_hashed(letters, length) for length in LENGTHS if len(letters) >= length]
    return _count(np.concatenate(bins) if bins else np.array([], dtype=np.int64))


def _hashed(letters: Ints, length: int) -> Ints:
    total = np.zeros(len(letters) - length + 1, dtype=np.int64)
    for place in range(length):
        total = total * 1_000_003 + letters[place : len(letters) - length + 1 + place]
    return np.asarray((total ^ (total >> 17)) % BINS, dtype=np.int64)


def _count(bins: Ints) -> _Counted:
    found, counts = np.unique(bins, return_counts=True)
    return _Counted(found.astype(np.uint16), 1 + np.log(counts.astype(np.float32)))


def _stacked(counted: Sequence[_Counted]) -> _Stack:
    bins = np.concatenate([one.bins for one in counted])
    counts = np.concatenate([one.counts for one in counted])
    sizes = np.array([len(one.bins) for one in counted], dtype=np.int64)
    places = np.repeat(np.arange(len(counted)), sizes)
    in_how_many = np.bincount(bins, minlength=BINS)
    weights = (1 + np.log((1 + len(counted)) / (1 + in_how_many))).astype(np.float32)
    squares = np.bincount(places, (counts * weights[bins]) ** 2, minlength=len(counted))
    # Stable means radix here: a hundred times as fast as comparing.
    order = np.argsort(bins, kind="stable")
    starts = np.concatenate([[0], np.cumsum(in_how_many)]).astype(np.int64)
    return _Stack(
        places[order],
        counts[order],
        starts,
        weights,
        np.sqrt(squares).astype(np.float32),
        sizes.astype(np.float32),
    )


def plain_address(url: str) -> str:
    """A web address without what says nothing about the page: scheme, www, slash at the end, the question."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}".lower()


def profiles(records: Iterable[Profile]) -> Lookalikes:
    """All of these, ready to be compared."""
    found = Lookalikes()
    for record in records:
        found.put(record)
    return found
