"""What a question may name: regions, levels, target groups and other terms, and organisations."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.domain.search import Facet
from kb.domain.terms import RegionKind, Scheme, Term, Vocabulary, region_kind
from kb.search.dutch import words_of
from kb.search.lexicon import Lexicon

# Schemes that words are read from; indicators are not named in passing.
NAMED = (
    Scheme.REGION,
    Scheme.LEVEL,
    Scheme.ROUTE,
    Scheme.TARGET_GROUP,
    Scheme.INSTRUMENT,
    Scheme.SECTOR,
    Scheme.PROGRAMME,
    Scheme.RECOMMENDATION,
)
LONGEST_NAME = 6
SHORTEST_NAME = 2
# Words that say which kind of region is meant.
KIND_WORDS = {
    "gemeente": RegionKind.MUNICIPALITY,
    "stad": RegionKind.MUNICIPALITY,
    "provincie": RegionKind.PROVINCE,
    "province": RegionKind.PROVINCE,
    "arbeidsmarktregio": RegionKind.LABOUR_MARKET_REGION,
}

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A term that a stretch of words names: from word `start` up to `end`."""

    start: int
    end: int
    facet: Facet
    code: str


class Names:
    """Longest names first. Regions and organisations are compared as spelled, other terms by their stems."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self._vocabulary = vocabulary
        self._lexicon = lexicon
        self._spelled: dict[Key, list[tuple[Facet, str]]] = {}
        self._stemmed: dict[Key, list[tuple[Facet, str]]] = {}
        self._organisations: set[str] = set()
        for scheme in NAMED:
            for term in vocabulary.all(scheme):
                self._add(Facet(scheme.value), term)

    def know_organisations(self, slugs: Iterable[str]) -> None:
        self._organisations.update(slugs)

    def spot(self, words: Sequence[str]) -> Iterator[Named]:
        """The names in a question; a stretch inside a longer name of the same facet is left to that."""
        stems = [self._lexicon.stem(word) for word in words]
        taken: dict[Facet, set[int]] = {}
        for length in range(min(LONGEST_NAME, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                span = range(start, start + length)
                for facet, code in self._at(words, stems, start, start + length):
                    if taken.setdefault(facet, set()).isdisjoint(span):
                        yield Named(start, start + length, facet, code)
                for facet, _ in self._at(words, stems, start, start + length):
                    taken[facet].update(span)

    def parents(self, named: Named) -> tuple[str, ...]:
        """The wider regions that a place lies in, up to its province."""
        if named.facet is not Facet.REGION:
            return ()
        above = self._vocabulary.ancestors(Scheme.REGION, named.code) - {named.code}
        wide = (RegionKind.COUNTRY, RegionKind.PART)
        return tuple(sorted(code for code in above if region_kind(code) not in wide))

    def _at(
        self, words: Sequence[str], stems: Sequence[str], start: int, end: int
    ) -> list[tuple[Facet, str]]:
        spelled = self._spelled.get(tuple(words[start:end]), [])
        slug = "-".join(words[start:end])
        if slug in self._organisations and self._is_name(tuple(words[start:end])):
            spelled = [*spelled, (Facet.ORGANISATION, slug)]
        found = _of_kind(spelled, words[start - 1] if start else "")
        stemmed = self._stemmed.get(tuple(stems[start:end]), [])
        return [*found, *(entry for entry in stemmed if entry not in found)]

    def _add(self, facet: Facet, term: Term) -> None:
        names = (term.label, term.label_en, *term.synonyms, *term.synonyms_en)
        for name in (*names, *_search_words(term)):
            words = tuple(word.text for word in words_of(name))
            key = words if facet is Facet.REGION else tuple(map(self._lexicon.stem, words))
            if not self._is_name(words):
                continue
            entries = self._spelled if facet is Facet.REGION else self._stemmed
            if (facet, term.code) not in entries.setdefault(key, []):
                entries[key].append((facet, term.code))

    def _is_name(self, words: Key) -> bool:
        if not 0 < len(words) <= LONGEST_NAME:
            return False
        telling = [word for word in words if not self._lexicon.is_stop(word) and len(word) >= SHORTEST_NAME]
        return bool(telling)


def _search_words(term: Term) -> Iterator[str]:
    """What is looked for when a recommendation is meant.

    Initiatives that carry it need not be about all of that, so these words stand in no index."""
    for key in ("zoektermen_nl", "zoektermen_en"):
        words = term.details.get(key)
        if isinstance(words, list | tuple):
            yield from map(str, words)


def _of_kind(entries: list[tuple[Facet, str]], before: str) -> list[tuple[Facet, str]]:
    """Only the municipality after the word for it, and so on; all where nothing tells."""
    kind = KIND_WORDS.get(before)
    if kind is None:
        return entries
    meant: list[tuple[Facet, str]] = [
        (f, code) for f, code in entries if f is Facet.REGION and region_kind(code) is kind
    ]
    return meant or entries
