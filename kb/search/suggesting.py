"""Suggestions while typing: titles, organisations, places and themes whose words begin like what is typed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from kb.domain.search import Facet, Record, Search
from kb.domain.suggestions import Suggestion, SuggestionKind
from kb.domain.terms import Scheme, Vocabulary, plain
from kb.search.array_file import Array, Arrays, arrays_of, texts_in
from kb.search.beginnings import Beginnings, spoken
from kb.search.dutch import fold, plain_words
from kb.search.facets import Bitmaps
from kb.search.titles import Titles

SHORTEST = 2
LONGEST = 80
# So many of each kind are looked at more closely, the most common first.
CLOSELY = 40
KINDS = {
    Scheme.REGION: SuggestionKind.PLACE,
    Scheme.TARGET_GROUP: SuggestionKind.THEME,
    Scheme.INSTRUMENT: SuggestionKind.THEME,
    Scheme.SECTOR: SuggestionKind.THEME,
    Scheme.LEVEL: SuggestionKind.THEME,
    Scheme.ROUTE: SuggestionKind.THEME,
    Scheme.PROGRAMME: SuggestionKind.THEME,
    Scheme.RECOMMENDATION: SuggestionKind.THEME,
}

# Which records the words before the last one find; None for all.
Matching = Callable[[str], BitMap | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a facet that can be suggested."""

    kind: SuggestionKind
    facet: Facet
    code: str
    label: str
    label_en: str = ""
    names: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        return self.label_en if language == "en" and self.label_en else self.label

    def met_by(self, words: Sequence[str], language: str) -> str:
        """The other name that these words begin, empty where its own name does."""
        for name in (self.name(language), *self.names):
            if all(any(word.startswith(begun) for word in spoken((name,))) for begun in words):
                return name if name != self.name(language) else ""
        return ""


class Suggestions:
    """The titles of all records and the choices that narrow a search. The catalogue holds a lock."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._titles = Titles()
        self._in_titles = Beginnings()
        self._choices: list[Choice] = []
        self._in_choices = Beginnings()
        self._organisations: set[str] = set()
        self._numbers: npt.NDArray[np.int64] | None = None
        for scheme, kind in KINDS.items():
            for term in vocabulary.all(scheme):
                names = (*term.synonyms, *term.synonyms_en, term.label, term.label_en)
                self._can_choose(
                    Choice(kind, Facet(scheme.value), term.code, term.label, term.label_en, names)
                )

    @classmethod
    def read(cls, arrays: Arrays, vocabulary: Vocabulary) -> "Suggestions":
        suggestions = cls(vocabulary)
        suggestions._titles = Titles.read(arrays)
        suggestions._in_titles = Beginnings.read(arrays, "in_titles")
        slugs, labels = (texts_in(arrays, f"organisations.{name}").all() for name in ("slugs", "labels"))
        suggestions._choices += map(_organisation, slugs, labels)
        suggestions._organisations.update(slugs)
        suggestions._in_choices = Beginnings.read(arrays, "in_choices")
        return suggestions

    def arrays(self) -> dict[str, Array]:
        """All of it, as `read` takes it for the same vocabulary."""
        choices = [choice for choice in self._choices if choice.kind is SuggestionKind.ORGANISATION]
        return {
            **self._titles.arrays(),
            **self._in_titles.arrays("in_titles"),
            **self._in_choices.arrays("in_choices"),
            **arrays_of("organisations.slugs", [choice.code for choice in choices]),
            **arrays_of("organisations.labels", [choice.label for choice in choices]),
        }

    def put(self, record: Record) -> None:
        self.remove(record.id)
        self._titles.put(record.id, (record.slug, record.title, record.title_en))
        self._in_titles.add(record.id, (record.title, record.title_en))
        new = record.facets.get(Facet.ORGANISATION, frozenset()) - self._organisations
        names = {plain(name).replace(" ", "-"): name for name in record.names.split("\n")} if new else {}
        for slug in sorted(new):
            label = names.get(slug, slug.replace("-", " "))
            self._organisations.add(slug)
            self._can_choose(_organisation(slug, label))

    def remove(self, record_id: int) -> None:
        self._numbers = None
        title = self._titles.remove(record_id)
        if title is not None:
            self._in_titles.discard(record_id, title[1:])

    def suggest(
        self, typed: Search, language: str, limit: int, bitmaps: Bitmaps, matching: Matching
    ) -> tuple[Suggestion, ...]:
        """The best of each kind in which every typed word begins a word.

        One slip of the pen is forgiven. Where nothing has all words, the last one may be a choice that
        narrows what the others find."""
        words = _typed_words(typed.words)
        if sum(map(len, words)) < SHORTEST:
            return ()
        words, titles, choices = self._having(words)
        rest = ""
        if not titles and not choices and len(words) > 1:
            rest = typed.words[:LONGEST].rpartition(" ")[0]
            words, _, choices = self._having(words[-1:])
        suggested = self._of_titles(titles, words, language)
        if choices:
            narrowed = _Narrowed(replace(typed, words=rest), bitmaps, matching(rest) if rest else None)
            suggested += self._of_choices(choices, words, language, narrowed, limit)
        return tuple(_of_each_kind(suggested, limit))

    def _having(self, words: list[str]) -> tuple[list[str], BitMap, BitMap]:
        """The titles and choices with all words, and these as they were probably meant."""
        found = self._exactly(words)
        for each in (self._in_choices, self._in_titles):
            if not (found[1] or found[2]):
                found = self._exactly(each.meant(words))
        return found

    def _exactly(self, words: list[str]) -> tuple[list[str], BitMap, BitMap]:
        return words, self._in_titles.with_all(words), self._in_choices.with_all(words)

    def _of_titles(self, ids: BitMap, words: Sequence[str], language: str) -> list[Suggestion]:
        titles = filter(None, map(self._titles.get, islice(ids, CLOSELY)))
        found = [
            Suggestion(
                SuggestionKind.TITLE,
                title_en if language == "en" and title_en else title,
                slug=slug,
            )
            for slug, title, title_en in titles
        ]
        return sorted(found, key=lambda each: (not _begins(each.label, words), len(each.label), each.label))

    def _of_choices(
        self, found: BitMap, words: Sequence[str], language: str, narrowed: "_Narrowed", limit: int
    ) -> Iterator[Suggestion]:
        """Of each kind the most common ones, those that begin with what was typed first."""
        counts = self._counts(narrowed.bitmaps)
        choices = [(self._choices[number], int(counts[number])) for number in _highest(found, counts)]
        choices = [(choice, count) for choice, count in choices if count]
        choices.sort(key=lambda each: (not _begins(each[0].name(language), words), -each[1], each[0].label))
        for kind in SuggestionKind:
            alike = (choice for choice, _ in choices if choice.kind is kind)
            counted = (narrowed.suggestion(choice, words, language) for choice in alike)
            yield from islice((each for each in counted if each), limit)

    def _counts(self, bitmaps: Bitmaps) -> npt.NDArray[np.int64]:
        if self._numbers is None:
            counted = (len(bitmaps.having(choice.facet, choice.code)) for choice in self._choices)
            self._numbers = np.fromiter(counted, np.int64, len(self._choices))
        return self._numbers

    def _can_choose(self, choice: Choice) -> None:
        self._in_choices.add(len(self._choices), choice.names)
        self._choices.append(choice)


def _organisation(slug: str, label: str) -> Choice:
    return Choice(SuggestionKind.ORGANISATION, Facet.ORGANISATION, slug, label, names=(label,))


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """The search that a choice is added to, with the records that its words find."""

    search: Search
    bitmaps: Bitmaps
    matched: BitMap | None

    def suggestion(self, choice: Choice, words: Sequence[str], language: str) -> Suggestion | None:
        """None for what is chosen already and for what would leave nothing."""
        if choice.code in self.search.filters.get(choice.facet, ()):
            return None
        search = self.search.with_choice(choice.facet, choice.code)
        count = len(self.bitmaps.results(search, self.matched))
        if not count:
            return None
        return Suggestion(
            choice.kind,
            choice.name(language),
            count,
            facet=choice.facet,
            code=choice.code,
            search=search,
            met_by=choice.met_by(words, language),
        )


def _typed_words(typed: str) -> list[str]:
    return plain_words(typed[:LONGEST])[0]


def _begins(label: str, words: Sequence[str]) -> bool:
    return fold(label).startswith(words[0])


def _highest(found: BitMap, counts: npt.NDArray[np.int64]) -> list[int]:
    """The choices that most records have."""
    numbers = np.array(found.to_array(), np.int64)
    most = CLOSELY * len(SuggestionKind)
    if len(numbers) > most:
        numbers = numbers[np.argpartition(-counts[numbers], most)[:most]]
    return [int(number) for number in numbers]


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
