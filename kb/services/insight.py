"""What works: the map of evidence by recommendation and education level."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.domain.catalogue import COMPARED, MEASURED, Studied
from kb.domain.search import Facet, Search
from kb.domain.terms import Scheme, Term, Vocabulary
from kb.services import indexing
from kb.services.generations import Generations
from kb.services.work import Work
from kb.storage.insight import Facts, Ids, amended, facts

NOT_MEASURED = "niet_gemeten"

_facts = Generations(
    lambda work: facts(work.session),
    lambda work, known, changed: amended(known, facts(work.session, changed), changed),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One recommendation at one education level, counted from what is published.

    `older` counts what was measured, but so long ago that it is left out of the other figures.
    """

    recommendation: str
    level: str
    initiatives: int = 0
    approach_slugs: tuple[str, ...] = ()
    promised: int = 0
    measured: int = 0
    compared: int = 0
    older: int = 0
    directions: tuple[tuple[str, int], ...] = ()

    @property
    def approaches(self) -> int:
        return len(self.approach_slugs)


@dataclass(frozen=True, slots=True)
class GapMap:
    """The rows are recommendations, the columns education levels; `with_older` counts old studies in."""

    search: Search
    with_older: bool
    recommendations: tuple[Term, ...]
    levels: tuple[Term, ...]
    cells: Mapping[tuple[str, str], Cell]

    def row(self, recommendation: str) -> tuple[Cell, ...]:
        return tuple(self.cells[recommendation, level.code] for level in self.levels)


@dataclass(frozen=True, slots=True)
class Stages:
    """The initiatives by how far the looking went, as the search knows them."""

    promised: Ids
    measured: Ids
    compared: Ids
    older: Ids


def gap_map(work: Work, asked: Search, *, with_older: bool = False) -> GapMap:
    """The whole map; a search with filters narrows what is counted.

    What was studied more than five years ago counts as an initiative only, unless it is asked for.
    """
    indexing.catch_up(work)
    known, stages = current_facts(work), _stages(work, with_older)
    allowed = frozenset(work.catalogue.ids(asked)) if asked.filters or asked.words else None
    recommendations = work.vocabulary.all(Scheme.RECOMMENDATION)
    levels = work.vocabulary.top(Scheme.LEVEL)
    by_level = {level.code: ids_under(known, work.vocabulary, Scheme.LEVEL, level.code) for level in levels}
    cells = {}
    for recommendation in recommendations:
        row = known.tagged.get((Scheme.RECOMMENDATION, recommendation.code), frozenset())
        row = row if allowed is None else row & allowed
        for level, ids in by_level.items():
            cells[recommendation.code, level] = _cell(known, stages, recommendation.code, level, row & ids)
    return GapMap(asked, with_older, recommendations, levels, cells)


def current_facts(work: Work) -> Facts:
    """What everything is counted from; after a change only what changed is read anew."""
    return _facts.now(work)


def ids_under(known: Facts, vocabulary: Vocabulary, scheme: Scheme, code: str) -> Ids:
    """The initiatives with this term or one below it."""
    below: Iterable[str] = vocabulary.descendants(scheme, code)
    return frozenset().union(*(known.tagged.get((scheme, each), frozenset()) for each in below))


def _stages(work: Work, with_older: bool) -> Stages:
    return Stages(
        promised=_studied(work, (Studied.PROMISED,)),
        measured=_studied(work, MEASURED[with_older]),
        compared=_studied(work, COMPARED[with_older]),
        older=_studied(work, (Studied.MEASURED_BEFORE,)),
    )


def _studied(work: Work, codes: tuple[Studied, ...]) -> Ids:
    return frozenset(work.catalogue.ids(Search(filters={Facet.STUDIED: codes})))


def _cell(known: Facts, stages: Stages, recommendation: str, level: str, ids: Ids) -> Cell:
    measured = stages.measured & ids
    counted = ((name, len(found & measured)) for name, found in sorted(known.by_direction.items()))
    return Cell(
        recommendation=recommendation,
        level=level,
        initiatives=len(ids),
        approach_slugs=tuple(sorted({slug for key in ids for slug in known.approaches.get(key, ())})),
        promised=len(stages.promised & ids),
        measured=len(measured),
        compared=len(stages.compared & ids),
        older=len(stages.older & ids),
        directions=tuple((name, number) for name, number in counted if number and name != NOT_MEASURED),
    )
