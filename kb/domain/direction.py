"""What came out: each interval against zero and the smallest difference that matters, then all together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.domain.evidence import Answers, Direction, Interval, PooledResult, Step, StudyAnswers
from kb.domain.grading import Graded, could_attribute

ENOUGH_TO_POOL = 3


class Where(StrEnum):
    """Where an interval lies; d is the smallest difference that matters."""

    ABOVE_ZERO = "lo > 0"
    BELOW_ZERO = "hi < 0"
    ABOVE_MINUS_D = "-d < lo"
    BELOW_D = "hi < d"


# The first row that holds.
INTERVAL_RULES = (
    (Direction.FAVOURABLE_SMALL, {Where.ABOVE_ZERO, Where.BELOW_D}),
    (Direction.FAVOURABLE, {Where.ABOVE_ZERO}),
    (Direction.UNFAVOURABLE, {Where.BELOW_ZERO}),
    (Direction.NO_DIFFERENCE, {Where.ABOVE_MINUS_D, Where.BELOW_D}),
    (Direction.UNCLEAR, set[Where]()),
)

# Clear results fall into three camps; two camps side by side are mixed.
CAMPS = {
    Direction.FAVOURABLE: "favourable",
    Direction.FAVOURABLE_SMALL: "favourable",
    Direction.NO_DIFFERENCE: "no_difference",
    Direction.UNFAVOURABLE: "unfavourable",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The direction of all studies together.

    `direction` and `attributable` are None where no study speaks. `may_be_mixed` says that the studies
    disagree, or that they might once answers that are unknown now are known.
    """

    direction: Direction | None
    attributable: bool | None
    may_be_mixed: bool
    trace: tuple[Step, ...]


def classify(interval: Interval, sesoi: float | None) -> Direction:
    """An unknown smallest difference that matters counts as none: nothing is small or equal then."""
    where = _where(interval, sesoi or 0.0)
    return next(direction for direction, needed in INTERVAL_RULES if needed <= where)


def classify_pooled(pool: PooledResult) -> Direction:
    """The pooled interval, with the warning that another place may do worse."""
    found = classify(pool.ci, pool.sesoi)
    favourable = CAMPS.get(found) == "favourable"
    if favourable and pool.pi is not None and pool.pi.lo < -pool.sesoi:
        return Direction.FAVOURABLE_VARIES
    return found


def together(directions: Iterable[Direction]) -> Direction | None:
    """Several studies as one; nothing where there are none."""
    found = set(directions)
    clear = found & CAMPS.keys()
    if not clear:
        return Direction.UNCLEAR if found else None
    if len({CAMPS[direction] for direction in clear}) > 1:
        return Direction.MIXED
    return Direction.FAVOURABLE if Direction.FAVOURABLE in clear else clear.pop()


def outcome(answers: Answers, studies: Sequence[Graded]) -> Outcome:
    """Strong and moderate studies speak; weak ones only where there are none of those."""
    strong = [(index, one.study) for index, one in enumerate(studies) if one.grade.attributes]
    weak = [(index, one.study) for index, one in enumerate(studies) if one.grade.says_something]
    if answers.pool is not None and len(strong) >= ENOUGH_TO_POOL:
        return _pooled(answers.pool, len(strong))
    voices = [(index, study) for index, study in (strong or weak) if study.ci is not None]
    direction = together(_direction_of(study) for _, study in voices)
    trace = (*(_voice_step(index, study) for index, study in voices), _together_step(voices, direction))
    mixed = direction is Direction.MIXED or _may_be_mixed(studies)
    return Outcome(direction, bool(strong) if voices else None, mixed, trace)


def _where(interval: Interval, d: float) -> set[Where]:
    lo, hi = interval
    facts = {
        Where.ABOVE_ZERO: lo > 0,
        Where.BELOW_ZERO: hi < 0,
        Where.ABOVE_MINUS_D: -d < lo,
        Where.BELOW_D: hi < d,
    }
    return {fact for fact, true in facts.items() if true}


def _pooled(pool: PooledResult, studies: int) -> Outcome:
    direction = classify_pooled(pool)
    because = (
        ("strong_or_moderate_studies", studies),
        ("pool.ci", tuple(pool.ci)),
        ("pool.pi", tuple(pool.pi) if pool.pi else None),
        ("pool.sesoi", pool.sesoi),
    )
    return Outcome(direction, True, False, (Step(f"direction.pooled.{direction}", True, because),))


def _may_be_mixed(studies: Iterable[Graded]) -> bool:
    """Whether strong studies disagree when every unknown answer turns out as awkward as it can.

    Without this an answer left open could raise a level: it would silence a study that contradicts.
    Where no study tells any outcome there is nothing to contradict.
    """
    voices = [one.study for one in studies if could_attribute(one)]
    if all(study.ci is None for study in voices):
        return False
    camps = {CAMPS.get(_direction_of(study)) for study in voices if study.ci is not None} - {None}
    could_differ = any(study.ci is None or _could_be_no_difference(study) for study in voices)
    return len(camps) > 1 or could_differ


def _could_be_no_difference(study: StudyAnswers) -> bool:
    return study.sesoi is None and study.ci is not None and study.ci.lo <= 0 <= study.ci.hi


def _direction_of(study: StudyAnswers) -> Direction:
    return classify(study.ci, study.sesoi) if study.ci is not None else Direction.UNCLEAR


def _voice_step(index: int, study: StudyAnswers) -> Step:
    because = (
        (f"studies.{index}.ci", tuple(study.ci) if study.ci else None),
        (f"studies.{index}.sesoi", study.sesoi),
    )
    return Step(f"direction.study.{_direction_of(study)}", True, because)


def _together_step(voices: Sequence[tuple[int, StudyAnswers]], direction: Direction | None) -> Step:
    heard = tuple((f"studies.{index}", _direction_of(study)) for index, study in voices)
    name = direction.value if direction else "nothing_speaks"
    return Step(f"direction.together.{name}", True, heard or (("studies_that_speak", 0),))
