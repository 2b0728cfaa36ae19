"""Texts as runs of letters, counted in bins, and many of them side by side, ready to be compared."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Counted:
    """Bins with how often each occurs; each bin once."""

    bins: Bins
    counts: Floats


# What is compared of one: its text, its name, its tags.
Three = tuple[Counted, Counted, Counted]


@dataclass(slots=True)
class Stack:
    """Which profiles have what in each bin: only the bins that are asked for are looked at.

    The places and counts of bin 7 stand from `starts[7]` up to `starts[8]`.
    """

    places: Ints
    counts: Floats
    starts: Ints
    weights: Floats
    lengths: Floats
    sizes: Floats

    def cosines(self, asked: Counted) -> Floats:
        """How much each profile points the same way as what is asked."""
        weighed = asked.counts * self.weights[asked.bins]
        products = self._summed(asked.bins, weighed * self.weights[asked.bins], self.counts)
        own = float(np.sqrt(np.sum(weighed**2)))
        return np.asarray(products / (self.lengths * own + 1e-9), dtype=np.float32)

    def shares(self, asked: Counted) -> Floats:
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
class Pile:
    """A number of profiles side by side, in the order of `keys`."""

    keys: tuple[int, ...]
    texts: Stack
    names: Stack
    tags: Stack

    def scores(self, asked: Three) -> Floats:
        """How much each looks like what is asked, from 0 to 1."""
        text, name, tags = asked
        found = (
            TEXT * self.texts.cosines(text) + NAME * self.names.cosines(name) + TAGS * self.tags.shares(tags)
        )
        return np.asarray(found, dtype=np.float32)


def piled(profiles: Mapping[int, Three], like: Pile | None = None) -> Pile:
    """All of these side by side. With `like` what is rare is taken from that bigger pile."""
    keys = tuple(sorted(profiles))
    ordered = [profiles[key] for key in keys]
    stacks = [
        _stacked([one[part] for one in ordered], weights)
        for part, weights in enumerate((like.texts, like.names, like.tags) if like else (None, None, None))
    ]
    return Pile(keys, *stacks)


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
    found, counts = np.unique(bins, return_counts=True)
    return Counted(found.astype(np.uint16), 1 + np.log(counts.astype(np.float32)))


def _stacked(counted: Sequence[Counted], like: Stack | None) -> Stack:
    bins = np.concatenate([one.bins for one in counted])
    counts = np.concatenate([one.counts for one in counted])
    sizes = np.array([len(one.bins) for one in counted], dtype=np.int64)
    places = np.repeat(np.arange(len(counted)), sizes)
    in_how_many = np.bincount(bins, minlength=BINS)
    rare = (1 + np.log((1 + len(counted)) / (1 + in_how_many))).astype(np.float32)
    weights = like.weights if like else rare
    squares = np.bincount(places, (counts * weights[bins]) ** 2, minlength=len(counted))
    # Stable means radix here: a hundred times as fast as comparing.
    order = np.argsort(bins, kind="stable")
    starts = np.concatenate([[0], np.cumsum(in_how_many)]).astype(np.int64)
    return Stack(
        places[order],
        counts[order],
        starts,
        weights,
        np.sqrt(squares).astype(np.float32),
        sizes.astype(np.float32),
    )
