"""Addresses made of words: lower case, no accents, hyphens between."""

import re
from collections.abc import Container

from kb.domain.terms import plain

MAX_SLUG = 80
WRITTEN_OUT = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"}
)
# Words that are an address of their own where the address of an initiative could stand.
RESERVED = frozenset({"nieuw", "aanpakken", "groepen", "lijkt-op", "niet-gevonden", "samenvoegen"})


def slug_of(words: str) -> str:
    """The words as an address, at most 80 characters and cut between words.

    Letters that have no accent to take off are written out (ø, æ, ł); of other scripts nothing is left.
    """
    latin = plain(words).translate(WRITTEN_OUT)
    slug = "-".join(re.findall("[a-z0-9]+", latin))
    if len(slug) <= MAX_SLUG:
        return slug or "zonder-naam"
    return slug[: MAX_SLUG + 1].rpartition("-")[0] or slug[:MAX_SLUG]


def free_slug(slug: str, taken: Container[str]) -> str:
    """The slug, or the first of `slug-2`, `slug-3`, ... that is not taken."""
    number, candidate = 1, slug
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
