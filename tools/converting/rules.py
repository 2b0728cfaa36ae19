"""The reviewed lists beside the research files: what a word, a place, a name or a sign in a record means."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

RESEARCH = Path(__file__).parents[2] / "seed_data" / "research"
FILES = ("north_east_centre", "west_south_national")
LISTS = ("instruments", "sectors", "target_groups", "places", "organisations", "signs", "studies", "figures")

Record = dict[str, Any]


def read(name: str) -> Any:
    """The document of a file in the research folder."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((RESEARCH / f"{name}.yaml").read_text(encoding="utf-8"), Loader=loader)


def read_rules() -> Record:
    return {name: read(name) for name in LISTS}


@dataclass(frozen=True)
class Meaning:
    """The terms that a word stands for, and whether the word itself is kept as well."""

    codes: tuple[str, ...]
    is_kept: bool


class Words:
    """What the free words of one kind mean; every word was looked at, so an unknown one is an error."""

    def __init__(self, document: Record) -> None:
        self._meanings = {str(word): Meaning((), is_kept=True) for word in document["vrij"]}
        for group in document["termen"]:
            meaning = Meaning(tuple(group["codes"]), is_kept=group.get("vrij", False))
            self._meanings |= {str(word): meaning for word in group["woorden"]}
        self._by_level: dict[str, dict[str, str]] = document.get("naar_niveau", {})

    def meaning(self, word: str, levels: list[str]) -> Meaning:
        """A word such as "studenten" says which ones only together with the levels of the record."""
        if word not in self._by_level:
            return self._meanings[word]
        terms = self._by_level[word]
        # mbo-2 is mbo to this table.
        found = (terms.get(level) or terms.get(level.partition("-")[0]) for level in levels)
        codes = tuple(dict.fromkeys(code for code in found if code))
        return Meaning(codes, is_kept=not codes)
