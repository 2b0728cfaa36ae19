"""Why a search found something."""

from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """In which way a record meets a question."""

    WORD = "word"  # the word itself, in any of its forms
    JOINED = "joined"  # words apart that are one (scheeps bouw)
    PARTS = "parts"  # all parts of a compound
    PART = "part"  # a part of a compound, a word of a unit
    EQUAL = "equal"  # another word for the same
    RELATED = "related"  # a word for what is near
    TRANSLATION = "translation"  # the Dutch word
    TAG = "tag"  # the term that the word names
    WIDER_TAG = "wider_tag"  # a region around the place that the word names
    PHRASE = "phrase"  # words between quotes
    NEAR = "near"  # two words side by side, as they were typed
    TITLE = "title"  # the whole question is its title
    ORGANISATION = "organisation"  # the whole question is one of its organisations


@dataclass(frozen=True, slots=True)
class Reason:
    """One way in which a record meets the question, and what that added to its score.

    `word` is that of the question, `met` the words of the record, in its parts `parts`."""

    word: str
    how: How
    tokens: tuple[str, ...]
    score: float
    met: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a record was found: the sum of its reasons, times `share` for the words that it hardly meets."""

    reasons: tuple[Reason, ...] = ()
    share: float = 1.0
