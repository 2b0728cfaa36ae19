"""What a column of somebody's spreadsheet can be: the fields to choose from, and every name of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from kb.domain.terms import RegionKind, plain
from kb.exchange.aliases import (
    LABOUR_MARKET_REGIONS,
    MUNICIPALITIES,
    OF_INITIATIVES,
    OF_LISTS,
    PROVINCES,
)
from kb.exchange.flat import COMPUTED, INITIATIVE, NAMES, STUDY, FlatColumn, flat_columns, sheet_columns
from kb.language.fields import field_name
from kb.language.texts import LANGUAGES, gettext, mark, speaking
from kb.schemas.columns import INITIATIVES, Column, Table, table

# How much a heading must be like a name; of short words too many look alike.
SHORTEST, NEARNESS = 6, 0.9
# A column that is not taken in, and one that the site works out itself.
NOTHING, OWN = "", "-"
TITLE = mark("Title")
REMARKS = mark("What is wrong")
DONE = mark("What would happen")
KINDS = {
    MUNICIPALITIES: (RegionKind.MUNICIPALITY, mark("Municipality")),
    PROVINCES: (RegionKind.PROVINCE, mark("Province")),
    LABOUR_MARKET_REGIONS: (RegionKind.LABOUR_MARKET_REGION, mark("Labour-market region")),
}


@dataclass(frozen=True, slots=True)
class Target:
    """Something a column can become; `key` names it in a mapping, `name` is for people."""

    key: str
    name: str
    many: bool = False


def targets(key: str) -> list[Target]:
    """What can be chosen for a column of this table, in the reader's language."""
    of = table(key)
    if key != INITIATIVES:
        links = [Target(INITIATIVE, gettext(NAMES[INITIATIVE]))]
        links += [Target(STUDY, gettext(NAMES[STUDY]))] if "." in key else []
        return [*links, *(_target(column) for column in of.columns)]
    found = []
    for column in flat_columns():
        if column.key not in COMPUTED:
            many = column.field is not None and column.field.several
            found.append(Target(column.key, column.heading, many))
        if column.key == "regios":
            found += [Target(each, gettext(name), many=True) for each, (_kind, name) in KINDS.items()]
    return found


def recognised(key: str, heading: str) -> str:
    """The target that a column with this heading means; NOTHING where no name fits.

    A slip of the pen, or a name that we wrote a little different before, is seen through.
    """
    names, words = _names(key), plain(heading)
    if words in names or len(words) < SHORTEST:
        return names.get(words, NOTHING)
    near = get_close_matches(words, names, 1, NEARNESS)
    return names[near[0]] if near else NOTHING


def split_target(target: str) -> tuple[str, RegionKind | None]:
    """The field of a target, and the kind of region where it asks for one."""
    kind = KINDS.get(target)
    return (target.partition(":")[0], kind[0]) if kind else (target, None)


def _target(column: Column) -> Target:
    return Target(column.path, field_name(column.part, column.name), column.several)


@cache
def _names(key: str) -> dict[str, str]:
    """Every name of every target; the first one to claim a name has it."""
    found: dict[str, str] = {}
    for name, target in _all_names(table(key)):
        found.setdefault(plain(name), target)
    return found


def _all_names(of: Table) -> Iterator[tuple[str, str]]:
    is_main = of.key == INITIATIVES
    for language in LANGUAGES:
        with speaking(language):
            yield from ((gettext(words), OWN) for words in (REMARKS, DONE))
            if is_main:
                yield from _flat_names()
            else:
                yield gettext(NAMES[INITIATIVE]), INITIATIVE
                yield gettext(NAMES[STUDY]), STUDY
                # The title is beside the address for people to read, unless the list has titles of its own.
                yield from ((field_name(column.part, column.name), column.path) for column in of.columns)
                yield gettext(TITLE), OWN
            yield from ((gettext(name), target) for target, (_kind, name) in KINDS.items() if is_main)
    keys = [column.path for column in of.columns]
    yield from zip(keys, keys, strict=True)
    for target, names in (OF_INITIATIVES if is_main else OF_LISTS).items():
        yield from ((name, target) for name in names)


def _flat_names() -> Iterator[tuple[str, str]]:
    for column in (*flat_columns(), *sheet_columns()):
        target = OWN if column.key in COMPUTED else column.key
        yield column.heading, target
        yield column.key, target


def flat_column(key: str) -> FlatColumn | None:
    return next((column for column in flat_columns() if column.key == key), None)
