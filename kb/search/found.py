"""What a search gives back: ids and counts, what was done to the words, and marked text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kb.domain.search import Facet


class NoticeKind(StrEnum):
    """What the reader should know about an answer. The sentences are in the language room."""

    CUT = "cut"  # the question was too long; `words` is what was left out
    CORRECTED = "corrected"  # `words` is (as typed, as searched)
    COMMON_WORDS = "common_words"  # nothing but words that stand in every text
    ANY_WORD = "any_word"  # too few initiatives had most of the words: any of them will do
    PARTIAL = "partial"  # searching took too long; there may be more
    DEGRADED = "degraded"  # the index is broken: a plain search answered


@dataclass(frozen=True, slots=True)
class Notice:
    kind: NoticeKind
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A term that was read out of the words. Choosing it leaves `count` of these results."""

    facet: Facet
    code: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one search.

    `ids` is the asked page, best first. `counts` holds for each facet the codes that occur, each with the
    number of results if that facet's own choice were left out.
    `tokens` is what was looked for, to mark it in a text. Everything is of database sequence `sequence`.
    """

    ids: tuple[int, ...]
    total: int
    counts: Mapping[Facet, Mapping[str, int]]
    sequence: int
    notices: tuple[Notice, ...] = ()
    understood: tuple[Understood, ...] = ()
    tokens: frozenset[str] = frozenset()
    scores: tuple[float, ...] = ()

    @property
    def degraded(self) -> bool:
        return any(notice.kind is NoticeKind.DEGRADED for notice in self.notices)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked when it is what the reader looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Health:
    """The state of the index: `problem` is empty when all is well."""

    sequence: int
    records: int
    problem: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
