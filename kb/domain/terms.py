"""The vocabularies: one tree of terms per scheme, with everything that names them."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

NO_LETTERS = re.compile(r"[^\w]+")


class Scheme(StrEnum):
    """The kinds of term. The value is the key that documents and addresses use."""

    REGION = "regio"
    LEVEL = "niveau"
    ROUTE = "leerweg"
    RECOMMENDATION = "aanbeveling"
    INDICATOR = "indicator"
    INSTRUMENT = "instrument"
    SECTOR = "sector"
    TARGET_GROUP = "doelgroep"
    PROGRAMME = "programma"
    ACTOR_TYPE = "actor"
    PHASE = "fase"


class RegionKind(StrEnum):
    """The layers of the regional division, told by the first two letters of the CBS code."""

    COUNTRY = "NL"
    PART = "LD"
    PROVINCE = "PV"
    LABOUR_MARKET_REGION = "AM"
    MUNICIPALITY = "GM"


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a vocabulary.

    `code` is stable and unique within its scheme (CBS codes for regions, numbers for recommendations).
    A municipality has two parents: its province and its labour-market region.
    `synonyms` serve search only. `details` holds what only this scheme knows (definition, unit, sources).
    """

    scheme: Scheme
    code: str
    label: str
    label_en: str
    parents: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    synonyms_en: tuple[str, ...] = ()
    position: int = 0
    details: Mapping[str, object] = field(default_factory=dict)

    def label_in(self, language: str) -> str:
        return self.label_en if language == "en" and self.label_en else self.label


def region_kind(code: str) -> RegionKind:
    """The layer of a region code; raises ValueError for a code of no layer."""
    return RegionKind(code[:2])


def plain(words: str) -> str:
    """The words as they are compared: lower case, no accents, one space between, no outer punctuation."""
    return NO_LETTERS.sub(" ", _without_accents(words)).strip()


def _without_accents(words: str) -> str:
    if words.isascii():
        return words.lower()
    folded = unicodedata.normalize("NFKD", words)
    return "".join(c for c in folded if not unicodedata.combining(c)).casefold()


class Vocabulary:
    """All terms of all schemes, read once and shared: trees, labels and names."""

    def __init__(self, terms: Iterable[Term]) -> None:
        ordered = sorted(terms, key=lambda term: (term.scheme, term.position, term.code))
        self._terms = {(term.scheme, term.code): term for term in ordered}
        self._of_scheme: dict[Scheme, tuple[Term, ...]] = {
            scheme: tuple(term for term in ordered if term.scheme is scheme) for scheme in Scheme
        }
        self._above: dict[tuple[Scheme, str], frozenset[str]] = {}
        self._children: dict[tuple[Scheme, str], list[str]] = {}
        self._names: dict[tuple[Scheme, str], list[str]] = {}
        for term in ordered:
            for parent in term.parents:
                self._children.setdefault((term.scheme, parent), []).append(term.code)
            for name in _names(term):
                codes = self._names.setdefault((term.scheme, name), [])
                if term.code not in codes:
                    codes.append(term.code)

    def __contains__(self, key: tuple[Scheme, str]) -> bool:
        return key in self._terms

    def __len__(self) -> int:
        return len(self._terms)

    def get(self, scheme: Scheme, code: str) -> Term | None:
        return self._terms.get((scheme, code))

    def term(self, scheme: Scheme, code: str) -> Term:
        """The term; raises KeyError where there is none."""
        return self._terms[scheme, code]

    def label(self, scheme: Scheme, code: str, language: str = "nl") -> str:
        """The label, or the code itself where the term is gone."""
        term = self.get(scheme, code)
        return term.label_in(language) if term else code

    def all(self, scheme: Scheme) -> tuple[Term, ...]:
        """The terms of one scheme, in their own order."""
        return self._of_scheme[scheme]

    def top(self, scheme: Scheme) -> tuple[Term, ...]:
        return tuple(term for term in self.all(scheme) if not term.parents)

    def children(self, scheme: Scheme, code: str) -> tuple[Term, ...]:
        return tuple(self._terms[scheme, child] for child in self._children.get((scheme, code), ()))

    def descendants(self, scheme: Scheme, code: str) -> frozenset[str]:
        """The codes under this one, itself included."""
        return frozenset(self._walk(code, lambda c: self._children.get((scheme, c), ())))

    def ancestors(self, scheme: Scheme, code: str) -> frozenset[str]:
        """The codes above this one, itself included; empty for an unknown code."""
        above = self._above.get((scheme, code))
        if above is None and (scheme, code) in self._terms:
            above = frozenset(self._walk(code, lambda c: self._terms[scheme, c].parents))
            self._above[scheme, code] = above
        return above or frozenset()

    def with_ancestors(self, scheme: Scheme, codes: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(self.ancestors(scheme, code) for code in codes))

    def named(self, scheme: Scheme, name: str) -> tuple[Term, ...]:
        """The terms that carry this name or synonym, whatever its case and accents."""
        return tuple(self._terms[scheme, code] for code in self._names.get((scheme, plain(name)), ()))

    @staticmethod
    def _walk(start: str, neighbours: Callable[[str], Iterable[str]]) -> Iterator[str]:
        seen = {start}
        queue = [start]
        while queue:
            code = queue.pop()
            yield code
            fresh = [other for other in neighbours(code) if other not in seen]
            seen.update(fresh)
            queue.extend(fresh)


def _names(term: Term) -> Iterator[str]:
    for name in (term.label, term.label_en, term.code, *term.synonyms, *term.synonyms_en):
        if name:
            yield plain(name)
