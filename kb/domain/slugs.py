"""Addresses made of words: lower case, no accents, hyphens between."""

from collections.abc import Container

from kb.domain.terms import plain

MAX_SLUG = 80


def slug_of(words: str) -> str:
    """The words as an address, at most 80 characters and cut between words."""
    slug = plain(words).replace("_", " ").replace(" ", "-")
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
