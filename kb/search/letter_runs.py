"""Texts as runs of letters, counted in bins, and many of them side by side, ready to be compared."""

import zlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from kb.domain.terms import plain
from kb.search.array_file import Array, Arrays

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bins = npt.NDArray[np.uint16]
Times = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int32]

LENGTHS = (3, 4)
# Letter runs are counted in this many bins; few collide in texts of this size.
BINS = 1 << 16
LONGEST = 4_000
TEXT, NAME, TAGS = 0.6, 0.2, 0.2
PARTS = ("text", "name", "tags")
# More often is as often as this.
MOST_TIMES = 255
# What it is worth to occur so many times.
WORTH = np.concatenate(([0], 1 + np.log(np.arange(1, MOST_TIMES + 1)))).astype(np.float32)
# So many profiles at a time are put in the order of their bins: sorting takes ten times the room.
AT_ONCE = 8_192


@dataclass(frozen=True, slots=True)
class Counted:
    """Bins with how often each occurs; each bin once."""

    bins: Bins
    times: Times

    @property
    def counts(self) -> Floats:
        return WORTH[self.times]


# What is compared of one: its text, its name, its tags.
Three = tuple[Counted, Counted, Counted]


@dataclass(slots=True)
class Shelf:
    """What was counted of one profile after the other."""

    bins: Bins
    times: Times
    ends: Ints

    def __getitem__(self, place: int) -> Counted:
        inside = slice(self.ends[place - 1] if place else 0, self.ends[place])
        return Counted(self.bins[inside], self.times[inside])

    @property
    def sizes(self) -> Ints:
        return np.diff(self.ends, prepend=0)


@dataclass(slots=True)
class Stack:
    """Which profiles have what in each bin: only the bins that are asked for are looked at.

    The places and times of bin 7 stand from `starts[7]` up to `starts[8]`.
    """

    places: Places
    times: Times
    starts: Ints
    weights: Floats
    lengths: Floats
    sizes: Floats

    def cosines(self, asked: Counted) -> Floats:
        """How much each profile points the same way as what is asked."""
        weighed = asked.counts * self.weights[asked.bins]
        products = self._summed(asked.bins, weighed * self.weights[asked.bins], WORTH)
        own = float(np.sqrt(np.sum(weighed**2)))
        return np.asarray(products / (self.lengths * own + 1e-9), dtype=np.float32)

    def shares(self, asked: Counted) -> Floats:
        """What both have, of all that one of them has."""
        ones = np.ones(len(asked.bins), dtype=np.float32)
        both = self._summed(asked.bins, ones, np.ones_like(WORTH))
        return np.asarray(both / np.maximum(self.sizes + len(asked.bins) - both, 1), dtype=np.float32)

    def _summed(self, bins: Bins, factors: Floats, worth: Floats) -> Floats:
        begins, ends = self.starts[bins.astype(np.int64)], self.starts[bins.astype(np.int64) + 1]
        spans = [slice(begin, end) for begin, end in zip(begins, ends, strict=True)]
        if not spans:
            return np.zeros(len(self.lengths), dtype=np.float32)
        places = np.concatenate([self.places[span] for span in spans])
        times = np.concatenate([self.times[span] for span in spans])
        values = worth[times] * np.repeat(factors, ends - begins)
        return np.bincount(places, values, minlength=len(self.lengths)).astype(np.float32)


@dataclass(slots=True)
class Pile:
    """A number of profiles side by side, in the order of `keys`: text, name and tags."""

    keys: tuple[int, ...]
    shelves: tuple[Shelf, Shelf, Shelf]
    stacks: tuple[Stack, Stack, Stack]

    @classmethod
    def read(cls, arrays: Arrays) -> "Pile":
        """What `arrays` gave, read where it stands."""
        shelves = (Shelf(*_named(arrays, part, Shelf)) for part in PARTS)
        stacks = (Stack(*_named(arrays, part, Stack)) for part in PARTS)
        return cls(tuple(arrays["keys"].tolist()), (*shelves,), (*stacks,))  # type: ignore[arg-type]

    def arrays(self) -> dict[str, Array]:
        """All of it, as `read` takes it."""
        kept: dict[str, Array] = {"keys": np.array(self.keys, np.int64)}
        for part, shelf, stack in zip(PARTS, self.shelves, self.stacks, strict=True):
            for each in (shelf, stack):
                kept |= {
                    f"{part}.{type(each).__name__}.{f.name}": getattr(each, f.name) for f in fields(each)
                }
        return kept

    def scores(self, asked: Three) -> Floats:
        """How much each looks like what is asked, from 0 to 1."""
        if not self.keys:
            return np.zeros(0, np.float32)
        (text, name, tags), (texts, names, labels) = asked, self.stacks
        found = TEXT * texts.cosines(text) + NAME * names.cosines(name) + TAGS * labels.shares(tags)
        return np.asarray(found, dtype=np.float32)

    def profile(self, place: int) -> Three:
        text, name, tags = self.shelves
        return text[place], name[place], tags[place]


def _named(arrays: Arrays, part: str, kind: type[Shelf | Stack]) -> Iterator[Array]:
    return (arrays[f"{part}.{kind.__name__}.{each.name}"] for each in fields(kind))


def piled(profiles: Iterable[tuple[int, Three]], like: Pile | None = None) -> Pile:
    """All of these side by side. With `like` what is rare is taken from that bigger pile."""
    keys: list[int] = []
    noted = [(array("H"), bytearray(), array("q")) for _ in PARTS]
    for key, three in profiles:
        keys.append(key)
        for (bins, times, ends), one in zip(noted, three, strict=True):
            bins.frombytes(one.bins.tobytes())
            times.extend(one.times.tobytes())
            ends.append(len(bins))
    text, name, tags = (
        Shelf(np.frombuffer(bins, np.uint16), np.frombuffer(times, np.uint8), np.frombuffer(ends, np.int64))
        for bins, times, ends in noted
    )
    known = like.stacks if like else (None, None, None)
    stacks = (_stacked(text, known[0]), _stacked(name, known[1]), _stacked(tags, known[2]))
    return Pile(tuple(keys), (text, name, tags), stacks)


def counted(title: str, text: str, tags: frozenset[str]) -> Three:
    codes = [zlib.crc32(tag.encode()) % BINS for tag in tags]
    return _runs(f"{title} {text}"), _runs(title), _count(np.array(codes, dtype=np.int64))


def _runs(words: str) -> Counted:
    """Runs of letters with a space at both ends, so that the start of a word counts as such."""
    letters = np.array([ord(c) for c in f" {plain(words[:LONGEST])} "], dtype=np.int64)
    bins = [_hashed(letters, length) for length in LENGTHS if len(letters) >= length]
    return _count(np.concatenate(bins) if bins else np.array([], dtype=np.int64))


def _hashed(letters: Ints, length: int) -> Ints:
    total = np.zeros(len(letters) - length + 1, dtype=np.int64)
    for place in range(length):
        total = total * 1_000_003 + letters[place : len(letters) - length + 1 + place]
    return np.asarray((total ^ (total >> 17)) % BINS, dtype=np.int64)


def _count(bins: Ints) -> Counted:
    found, times = np.unique(bins, return_counts=True)
    return Counted(found.astype(np.uint16), np.minimum(times, MOST_TIMES).astype(np.uint8))


def _stacked(shelf: Shelf, like: Stack | None) -> Stack:
    number = len(shelf.ends)
    if not number:
        return Stack(*(np.empty(0, kind) for kind in "iBqfff"))
    in_how_many = np.bincount(shelf.bins, minlength=BINS)
    rare = (1 + np.log((1 + number) / (1 + in_how_many))).astype(np.float32)
    weights = like.weights if like else rare
    starts = np.concatenate([[0], np.cumsum(in_how_many)]).astype(np.int64)
    places, times = np.empty(len(shelf.bins), np.int32), np.empty(len(shelf.bins), np.uint8)
    squares = np.zeros(number, np.float64)
    free = starts[:-1].copy()
    for first in range(0, number, AT_ONCE):
        last = min(number, first + AT_ONCE)
        inside = slice(shelf.ends[first - 1] if first else 0, shelf.ends[last - 1])
        bins, counted = shelf.bins[inside], shelf.times[inside]
        owners = np.repeat(np.arange(last - first), shelf.sizes[first:last])
        squares[first:last] = np.bincount(owners, (WORTH[counted] * weights[bins]) ** 2, last - first)
        # Stable means radix here: a hundred times as fast as comparing.
        order = np.argsort(bins, kind="stable")
        here = np.bincount(bins, minlength=BINS)
        goals = np.repeat(free - (np.cumsum(here) - here), here) + np.arange(len(bins))
        places[goals], times[goals] = owners[order] + first, counted[order]
        free += here
    lengths = np.sqrt(squares).astype(np.float32)
    return Stack(places, times, starts, weights, lengths, shelf.sizes.astype(np.float32))
