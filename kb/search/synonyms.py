"""Groups of words that stand for each other, found in a text as units of one or more words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypedDict

import yaml

# Terms up to this length count as themselves only, never as part of a compound (it, po, ai).
SHORT_TERM = 3
EQUAL_MARK = "#"
RELATED_MARK = "~"


class Relation(StrEnum):
    EQUAL = "gelijk"
    RELATED = "verwant"


class GroupEntry(TypedDict):
    """One group as the file spells it."""

    id: str
    relatie: str
    nl: list[str]
    en: list[str]


@dataclass(frozen=True, slots=True)
class Group:
    """One group; `token` is what stands in the index for any of its terms."""

    key: str
    relation: Relation
    dutch: tuple[str, ...]
    english: tuple[str, ...]

    @property
    def token(self) -> str:
        return (EQUAL_MARK if self.relation is Relation.EQUAL else RELATED_MARK) + self.key


@dataclass(frozen=True, slots=True)
class Spotted:
    """A group met in a sequence of words, from `start` up to `end`."""

    start: int
    end: int
    group: Group

    @property
    def is_unit(self) -> bool:
        """Several words together."""
        return self.end - self.start > 1


def read_groups(path: Path) -> tuple[Group, ...]:
    entries: list[GroupEntry] = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)["groepen"]  # noqa: S506 (a safe one)
    return tuple(
        Group(entry["id"], Relation(entry["relatie"]), tuple(entry["nl"]), tuple(entry["en"]))
        for entry in entries
    )


# The C loader reads the file in a tenth of the time, where it is there.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Stemmed = tuple[str, ...]
# By the first word of each unit.
Terms = Mapping[str, tuple[tuple[Stemmed, Group], ...]]


class Synonyms:
    """Finds the groups in stemmed words. `stems_of` makes stems of a term, stop words included."""

    def __init__(self, groups: Sequence[Group], stems_of: Callable[[str], Stemmed]) -> None:
        self.groups = tuple(groups)
        self._dutch = _by_first((stems_of(term), group) for group in groups for term in group.dutch)
        self._english = _by_first((stems_of(term), group) for group in groups for term in group.english)
        self._single = {
            stems[0]: tuple(found)
            for stems, found in _single(self._dutch).items()
            if len(stems[0]) > SHORT_TERM
        }

    def spot(self, stems: Sequence[str], *, english: bool = False) -> Iterator[Spotted]:
        """Every group met, longer units and their parts alike."""
        for terms in self._languages(english=english):
            for start, stem in enumerate(stems):
                for unit, group in terms.get(stem, ()):
                    end = start + len(unit)
                    if unit == tuple(stems[start:end]):
                        yield Spotted(start, end, group)

    def tokens_of(self, stem: str, *, english: bool = False) -> tuple[str, ...]:
        """What this word stands for by itself."""
        found = (each for terms in self._languages(english=english) for each in terms.get(stem, ()))
        return tuple(group.token for unit, group in found if len(unit) == 1)

    def begins(self, stem: str, *, english: bool = False) -> bool:
        """Whether a unit of several words may begin with this one."""
        return bool(self.second_of(stem, english=english))

    def second_of(self, stem: str, *, english: bool = False) -> frozenset[str]:
        """What comes second in the units of several words that begin with this one."""
        found = (each for terms in self._languages(english=english) for each in terms.get(stem, ()))
        return frozenset(unit[1] for unit, _ in found if len(unit) > 1)

    def units_at(self, stems: Sequence[str], start: int, *, english: bool = False) -> Iterator[Spotted]:
        """The units of several words that begin here."""
        for terms in self._languages(english=english):
            for unit, group in terms.get(stems[start], ()):
                end = start + len(unit)
                if end > start + 1 and unit == tuple(stems[start:end]):
                    yield Spotted(start, end, group)

    def _languages(self, *, english: bool) -> tuple[Terms, ...]:
        return (self._dutch, self._english) if english else (self._dutch,)

    def of_part(self, stem: str) -> tuple[Group, ...]:
        """The groups that the part of a compound belongs to."""
        return self._single.get(stem, ())


def _by_first(terms: Iterator[tuple[Stemmed, Group]]) -> Terms:
    found: dict[str, dict[tuple[Stemmed, str], Group]] = {}
    for stems, group in terms:
        if stems:
            found.setdefault(stems[0], {})[stems, group.token] = group
    return {first: tuple((key[0], g) for key, g in units.items()) for first, units in found.items()}


def _single(terms: Terms) -> dict[Stemmed, list[Group]]:
    found: dict[Stemmed, list[Group]] = {}
    for units in terms.values():
        for stems, group in units:
            if len(stems) == 1:
                found.setdefault(stems, []).append(group)
    return found
