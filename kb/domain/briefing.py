"""What a ministry takes along from a search: figures, initiatives and sources of one moment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kb.domain.catalogue import Standing

# A longer list is a file, not a briefing.
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class BriefSource:
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class BriefLine:
    """One initiative; `finding` is its main figure in the words of the source, `note` what a reader added."""

    slug: str
    title: str
    summary: str
    regions: tuple[str, ...]
    area: str = ""
    lead: str = ""
    levels: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    start_year: int | None = None
    end_year: int | None = None
    trede: int = 0
    direction: str = ""
    is_measured: bool = False
    approach_trede: int | None = None
    finding: str = ""
    note: str = ""
    sources: tuple[BriefSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Briefing:
    """The figures count every hit; `lines` holds the first of them. `made_on` is a day, ISO.

    `query` is the search as an address holds it, empty for a list of somebody's choice.
    """

    title: str
    query: str
    made_on: str
    total: Standing
    lines: tuple[BriefLine, ...]
    by_recommendation: tuple[tuple[str, Standing], ...]
    by_region: tuple[tuple[str, int], ...]
    by_trede: tuple[tuple[int, int], ...]
    by_direction: tuple[tuple[str, int], ...]

    @property
    def left_out(self) -> int:
        return self.total.initiatives - len(self.lines)


class What(StrEnum):
    """What changed of an initiative between two briefings."""

    CAME = "erbij"
    WENT = "weg"
    TREDE = "trede"
    DIRECTION = "richting"
    FINDING = "cijfer"
    TITLE = "titel"


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that changed; `old` and `new` are as the two briefings have it."""

    what: What
    line: BriefLine
    old: str = ""
    new: str = ""


def changes(before: Briefing, after: Briefing) -> tuple[Changed, ...]:
    """What is new, what is gone, and what is said otherwise of the same initiative."""
    old, new = _by_slug(before), _by_slug(after)
    came = [Changed(What.CAME, line) for slug, line in new.items() if slug not in old]
    went = [Changed(What.WENT, line) for slug, line in old.items() if slug not in new]
    both = [each for slug, line in new.items() if slug in old for each in _differences(old[slug], line)]
    return (*came, *went, *both)


def _differences(old: BriefLine, new: BriefLine) -> Iterator[Changed]:
    told = (
        (What.TREDE, str(old.trede), str(new.trede)),
        (What.DIRECTION, old.direction, new.direction),
        (What.FINDING, old.finding, new.finding),
        (What.TITLE, old.title, new.title),
    )
    for what, one, other in told:
        if one != other:
            yield Changed(what, new, one, other)


def _by_slug(briefing: Briefing) -> Mapping[str, BriefLine]:
    return {line.slug: line for line in briefing.lines}
