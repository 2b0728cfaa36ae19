"""Suggestions while typing: titles, organisations, places and themes whose words begin like what is typed."""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.domain.search import Facet, Record
from kb.domain.terms import Scheme, Term, Vocabulary, plain
from kb.search.facets import Bitmaps
from kb.search.found import Suggestion, SuggestionKind
from kb.search.spelling import nearest_beginning

SHORTEST = 2
LONGEST = 80
# How many words that begin alike are looked at, so that one letter stays quick.
MOST_WORDS = 400
PLACES = (Scheme.REGION,)
THEMES = (Scheme.TARGET_GROUP, Scheme.INSTRUMENT, Scheme.SECTOR, Scheme.LEVEL, Scheme.PROGRAMME)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that can be suggested."""

    kind: SuggestionKind
    key: str
    label: str
    label_en: str = ""
    facet: Facet | None = None


class Suggestions:
    """A sorted list of the words of all lines. Updated in place; the catalogue holds a lock."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._words: list[str] = []
        self._lines: dict[str, set[Line]] = {}
        self._titles: dict[int, Line] = {}
        for scheme in (*PLACES, *THEMES):
            kind = SuggestionKind.PLACE if scheme in PLACES else SuggestionKind.THEME
            for term in vocabulary.all(scheme):
                self._add(_line(kind, scheme, term), (term.label, term.label_en, *term.synonyms))

    def empty(self) -> "Suggestions":
        return Suggestions(self._vocabulary)

    def put(self, record: Record) -> None:
        self.remove(record.id)
        line = Line(SuggestionKind.TITLE, record.slug, record.title, record.title_en)
        self._titles[record.id] = line
        self._add(line, (record.title, record.title_en))
        names = {plain(name).replace(" ", "-"): name for name in record.names.split("\n")}
        for slug in record.facets.get(Facet.ORGANISATION, ()):
            label = names.get(slug, slug.replace("-", " "))
            self._add(Line(SuggestionKind.ORGANISATION, slug, label, facet=Facet.ORGANISATION), (label,))

    def remove(self, record_id: int) -> None:
        line = self._titles.pop(record_id, None)
        if line is None:
            return
        for word in _words_of(line.label, line.label_en):
            self._lines[word].discard(line)

    def suggest(self, typed: str, language: str, limit: int, bitmaps: Bitmaps) -> tuple[Suggestion, ...]:
        """The best lines in which every typed word begins a word; one slip of the pen is forgiven."""
        wanted = plain(typed[:LONGEST]).split()
        if sum(map(len, wanted)) < SHORTEST:
            return ()
        lines = self._with_all(wanted)
        if not lines:
            better = [self._meant(word) for word in wanted]
            lines = self._with_all(better)
        found = [each for line in lines if (each := _suggestion(line, language, bitmaps)).count]
        found.sort(key=lambda each: (not plain(each.label).startswith(wanted[0]), -each.count, each.label))
        return tuple(_of_each_kind(found, limit))

    def _with_all(self, wanted: Sequence[str]) -> set[Line]:
        sets = [self._beginning(word) for word in wanted]
        return set.intersection(*sets) if sets else set()

    def _beginning(self, word: str) -> set[Line]:
        start = bisect_left(self._words, word)
        end = bisect_left(self._words, word + "\U0010ffff", start)
        return set().union(*(self._lines[w] for w in self._words[start : min(end, start + MOST_WORDS)]))

    def _meant(self, word: str) -> str:
        return word if self._beginning(word) else nearest_beginning(word, self._words) or word

    def _add(self, line: Line, names: Sequence[str]) -> None:
        for word in _words_of(*names):
            if word not in self._lines:
                insort(self._words, word)
                self._lines[word] = set()
            self._lines[word].add(line)


def _line(kind: SuggestionKind, scheme: Scheme, term: Term) -> Line:
    return Line(kind, term.code, term.label, term.label_en, Facet(scheme.value))


def _words_of(*names: str) -> set[str]:
    return {word for name in names for word in plain(name).split() if len(word) >= SHORTEST}


def _suggestion(line: Line, language: str, bitmaps: Bitmaps) -> Suggestion:
    label = line.label_en if language == "en" and line.label_en else line.label
    if line.facet is None:
        return Suggestion(line.kind, label, slug=line.key)
    count = len(bitmaps.having(line.facet, line.key))
    return Suggestion(line.kind, label, count, facet=line.facet, code=line.key)


def _of_each_kind(found: Sequence[Suggestion], limit: int) -> Iterator[Suggestion]:
    """An equal share for each kind that has any, in the order of the kinds."""
    groups = [[each for each in found if each.kind is kind] for kind in SuggestionKind]
    groups = [group for group in groups if group]
    shares = [0] * len(groups)
    while sum(shares) < min(limit, len(found)):
        for number, group in enumerate(groups):
            if shares[number] < len(group) and sum(shares) < limit:
                shares[number] += 1
    for share, group in zip(shares, groups, strict=True):
        yield from group[:share]
