"""One cell of the map of evidence: its studies, strongest first, and what they show together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from kb.domain.answers import Yardstick, Yardsticks, main_effect, study_answers, turned
from kb.domain.candidates import aggregated, candidates_of, together
from kb.domain.content import Content, Metric, Study
from kb.domain.direction import classify, classify_pooled
from kb.domain.evidence import Direction, Grade, Interval
from kb.domain.grading import grade
from kb.domain.poolability import Candidate, Obstacle, Show
from kb.domain.problems import NotFound
from kb.domain.statistics.pooling import (
    Egger,
    Method,
    Pooled,
    Subgroups,
    egger,
    leave_one_out,
    pool,
    sensitivity,
    subgroups,
)
from kb.domain.terms import Scheme, Term
from kb.services import indexing, planning
from kb.services.generations import Generations
from kb.services.insight import current_facts, ids_under
from kb.services.judging import widest_level, yardsticks_of
from kb.services.work import Work
from kb.storage.initiatives import Kept, published_by_ids
from kb.storage.insight import ids_with_studies
from kb.storage.lists import HERE, NO_BADGE, badges_of

STRENGTH = tuple(Grade)


@dataclass(frozen=True, slots=True)
class StudyLine:
    """One study with its effect turned so that positive is better; None where no effect was told."""

    slug: str
    title: str
    study: Study
    grade: Grade
    indicator: str = ""
    metric: str = ""
    estimate: float | None = None
    interval: Interval | None = None
    variance: float | None = None
    direction: Direction | None = None
    sesoi: float | None = None


@dataclass(frozen=True, slots=True)
class Checks:
    """The same studies added up in other ways: how much does the figure hang on our choices?

    `without` has the figure that stays when each study is left out, by its title. `egger` is there from ten
    studies, `designs` where two kinds of design have three studies or more each.
    """

    methods: tuple[tuple[Method, Pooled], ...]
    without: tuple[tuple[str, Pooled], ...]
    egger: Egger | None
    designs: Subgroups | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Studies:
    """Studies side by side, strongest first. `pooled` is there only when the rules allow it; else `obstacles`
    say why not."""

    lines: tuple[StudyLine, ...] = ()
    show: Show = Show.NOTHING
    obstacles: tuple[Obstacle, ...] = ()
    pooled: Pooled | None = None
    direction: Direction | None = None
    checks: Checks | None = None
    sesoi: float | None = None

    @property
    def drawn(self) -> tuple[StudyLine, ...]:
        """The studies with an effect, by year."""
        told = [line for line in self.lines if line.interval is not None]
        return tuple(sorted(told, key=lambda line: line.study.end_year or 0))


@dataclass(frozen=True, slots=True)
class CellPage(Studies):
    """The studies of a cell.

    `older` are the studies of initiatives where all that says anything is more than five years old; they
    stand apart and count for nothing, unless somebody asked for them. `proposal` is an outcome to begin with.
    """

    recommendation: Term
    level: Term
    initiatives: int
    with_older: bool = False
    older: tuple[StudyLine, ...] = ()
    proposal: Term | None = None


def _none_yet(_work: Work) -> dict[tuple[str, str, bool], CellPage]:
    return {}


# The cells that were looked at since the last change: by recommendation, level, and whether old ones count.
_cells = Generations(_none_yet)


def cell_page(work: Work, number: str, level: str, *, with_older: bool = False) -> CellPage:
    """Raises NotFound for a recommendation or level that is not in the vocabulary."""
    recommendation = work.vocabulary.get(Scheme.RECOMMENDATION, number)
    term = work.vocabulary.get(Scheme.LEVEL, level)
    if recommendation is None or term is None:
        raise NotFound("cel", f"{number}/{level}")
    indexing.catch_up(work)
    kept, key = _cells.now(work), (number, level, with_older)
    if key not in kept:
        kept[key] = _counted(work, recommendation, term, with_older)
    return kept[key]


def _counted(work: Work, recommendation: Term, level: Term, with_older: bool) -> CellPage:
    known, number = current_facts(work), recommendation.code
    tagged = known.tagged.get((Scheme.RECOMMENDATION, number), frozenset())
    ids = tagged & ids_under(known, work.vocabulary, Scheme.LEVEL, level.code)
    studied = published_by_ids(work.session, ids_with_studies(work.session, ids))
    page = CellPage(recommendation, level, len(ids), with_older, proposal=planning.proposal(work, number))
    badges = badges_of(work.session, studied)
    old = {key for key in studied if badges.get((key, HERE), NO_BADGE).is_outdated and not with_older}
    recent = studies_of(work, [each for key, each in studied.items() if key not in old])
    older = sorted(_lines([studied[key] for key in old], yardsticks_of(work)), key=_strongest_first)
    facts = {field.name: getattr(recent, field.name) for field in fields(Studies)}
    return replace(page, **facts, older=tuple(older))


def studies_of(work: Work, studied: Sequence[Kept]) -> Studies:
    """The studies of these initiatives, and what they say together where they may be added up."""
    yardsticks, widest = yardsticks_of(work), widest_level(work)
    lines = sorted(_lines(studied, yardsticks), key=_strongest_first)
    candidates = [
        one for kept in studied for one in candidates_of(kept.slug, kept.content, yardsticks, widest)
    ]
    found = together(candidates, yardsticks)
    counted = found.poolability.candidates
    sign = 1 if found.yardstick.higher_is_better else -1
    yi, vi = [sign * one.yi for one in counted], [one.vi for one in counted]
    titles = {kept.slug: kept.content.title for kept in studied}
    return Studies(
        lines=tuple(lines),
        show=found.poolability.show,
        obstacles=found.poolability.obstacles,
        pooled=pool(yi, vi) if found.pooled else None,
        direction=classify_pooled(found.result) if found.result else None,
        checks=_checks(found.poolability.candidates, yi, vi, titles) if found.pooled else None,
        sesoi=found.sesoi,
    )


def _checks(
    counted: Sequence[Candidate], yi: Sequence[float], vi: Sequence[float], titles: Mapping[str, str]
) -> Checks:
    names = [titles[one.initiative] for one in counted]
    return Checks(
        methods=tuple(sensitivity(yi, vi).items()),
        without=tuple(zip(names, leave_one_out(yi, vi), strict=True)),
        egger=egger(yi, vi),
        designs=subgroups(yi, vi, [one.design.value for one in counted]),
    )


def _lines(studied: Iterable[Kept], yardsticks: Yardsticks) -> Iterator[StudyLine]:
    for kept in studied:
        for study in kept.content.studies:
            yield _line(kept.slug, kept.content, study, yardsticks)


def _line(slug: str, content: Content, study: Study, yardsticks: Yardsticks) -> StudyLine:
    answers = study_answers(study, content, yardsticks)
    line = StudyLine(slug, content.title, study, grade(answers))
    effect = main_effect(study, content.promises)
    size = aggregated(study, effect) if effect else None
    if effect is None or size is None or answers.ci is None:
        return line
    yardstick = yardsticks.get(effect.indicator, Yardstick())
    sign = 1 if yardstick.higher_is_better else -1
    interval = turned(size.ci, yardstick)
    return StudyLine(
        slug,
        content.title,
        study,
        line.grade,
        effect.indicator,
        size.metric,
        sign * size.yi,
        interval,
        size.vi,
        classify(answers.ci, answers.sesoi),
        answers.sesoi,
    )


def _strongest_first(line: StudyLine) -> tuple[int, int, int, str]:
    return (
        STRENGTH.index(line.grade),
        -line.study.design.rank,
        -(line.study.end_year or 0),
        line.title,
    )


def in_points(metric: str) -> bool:
    """Whether the effect is read in percentage points."""
    return metric == Metric.RD.value
