"""What works: the map of evidence by recommendation and education level."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from kb.domain.search import Search
from kb.domain.terms import Scheme, Term, Vocabulary
from kb.search.catalogue import Catalogue
from kb.services import indexing
from kb.services.work import Work
from kb.storage.insight import Facts, Ids, facts

NOT_MEASURED = "niet_gemeten"

# The facts of one generation of the data; a change of any initiative makes them anew.
_kept: WeakKeyDictionary[Catalogue, tuple[int, Facts]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Cell:
    """One recommendation at one education level, counted from what is published."""

    recommendation: str
    level: str
    initiatives: int = 0
    approaches: int = 0
    promised: int = 0
    measured: int = 0
    compared: int = 0
    directions: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class GapMap:
    """The rows are recommendations, the columns education levels."""

    search: Search
    recommendations: tuple[Term, ...]
    levels: tuple[Term, ...]
    cells: Mapping[tuple[str, str], Cell]

    def row(self, recommendation: str) -> tuple[Cell, ...]:
        return tuple(self.cells[recommendation, level.code] for level in self.levels)


def gap_map(work: Work, asked: Search) -> GapMap:
    """The whole map; a search with filters narrows what is counted."""
    indexing.catch_up(work)
    known = current_facts(work)
    allowed = frozenset(work.catalogue.ids(asked)) if asked.filters or asked.words else None
    recommendations = work.vocabulary.all(Scheme.RECOMMENDATION)
    levels = work.vocabulary.top(Scheme.LEVEL)
    by_level = {level.code: ids_under(known, work.vocabulary, Scheme.LEVEL, level.code) for level in levels}
    cells = {}
    for recommendation in recommendations:
        row = known.tagged.get((Scheme.RECOMMENDATION, recommendation.code), frozenset())
        row = row if allowed is None else row & allowed
        for level, ids in by_level.items():
            cells[recommendation.code, level] = _cell(known, recommendation.code, level, row & ids)
    return GapMap(asked, recommendations, levels, cells)


def current_facts(work: Work) -> Facts:
    sequence = work.catalogue.sequence
    kept = _kept.get(work.catalogue)
    if kept is None or kept[0] != sequence:
        kept = (sequence, facts(work.session))
        _kept[work.catalogue] = kept
    return kept[1]


def ids_under(known: Facts, vocabulary: Vocabulary, scheme: Scheme, code: str) -> Ids:
    """The initiatives with this term or one below it."""
    below: Iterable[str] = vocabulary.descendants(scheme, code)
    return frozenset().union(*(known.tagged.get((scheme, each), frozenset()) for each in below))


def _cell(known: Facts, recommendation: str, level: str, ids: Ids) -> Cell:
    counted = ((name, len(found & ids)) for name, found in sorted(known.by_direction.items()))
    return Cell(
        recommendation=recommendation,
        level=level,
        initiatives=len(ids),
        approaches=len({approach for key in ids for approach in known.approaches.get(key, ())}),
        promised=len(known.promised & ids),
        measured=len(known.measured & ids),
        compared=len(known.compared & ids),
        directions=tuple((name, number) for name, number in counted if number and name != NOT_MEASURED),
    )
