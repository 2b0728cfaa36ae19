"""Whether studies may be taken together, and if not, why not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.domain.evidence import Design, Grade

ENOUGH_STUDIES = 3
ENOUGH_INITIATIVES = 3
LOWEST_RANK = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """One study's effect on one outcome, with what decides whether it belongs with others.

    `sample` names the people that were studied: two effects with the same sample share participants.
    """

    study: str
    initiative: str
    design: Design
    grade: Grade
    family: str
    metric: str
    level: str
    sample: str
    yi: float
    vi: float


class Obstacle(StrEnum):
    """Why there is no pooled figure."""

    TOO_FEW_STUDIES = "too_few_studies"
    TOO_FEW_INITIATIVES = "too_few_initiatives"
    DIFFERENT_OUTCOMES = "different_outcomes"
    DIFFERENT_METRICS = "different_metrics"
    DIFFERENT_LEVELS = "different_levels"
    SHARED_PARTICIPANTS = "shared_participants"


class Show(StrEnum):
    """What a page may draw of a cell."""

    NOTHING = "nothing"
    EACH = "each"
    POOLED = "pooled"


@dataclass(frozen=True, slots=True)
class Poolability:
    """The studies that count, every obstacle, and what may be shown."""

    candidates: tuple[Candidate, ...]
    obstacles: tuple[Obstacle, ...]
    show: Show


Rule = Callable[[Sequence[Candidate]], bool]


def _one(name: str) -> Rule:
    return lambda found: len({getattr(candidate, name) for candidate in found}) > 1


# Each obstacle with the test that finds it.
OBSTACLES: tuple[tuple[Obstacle, Rule], ...] = (
    (Obstacle.TOO_FEW_STUDIES, lambda found: len({one.study for one in found}) < ENOUGH_STUDIES),
    (Obstacle.TOO_FEW_INITIATIVES, lambda found: len({one.initiative for one in found}) < ENOUGH_INITIATIVES),
    (Obstacle.DIFFERENT_OUTCOMES, _one("family")),
    (Obstacle.DIFFERENT_METRICS, _one("metric")),
    (Obstacle.DIFFERENT_LEVELS, _one("level")),
    (Obstacle.SHARED_PARTICIPANTS, lambda found: len({one.sample for one in found}) < len(found)),
)


def judge(candidates: Sequence[Candidate]) -> Poolability:
    """Weak studies and weaker designs are left out first; they can be shown elsewhere, never pooled."""
    counted = tuple(one for one in candidates if one.grade.attributes and one.design.rank >= LOWEST_RANK)
    if not counted:
        return Poolability((), (Obstacle.TOO_FEW_STUDIES,), Show.NOTHING)
    obstacles = tuple(obstacle for obstacle, found in OBSTACLES if found(counted))
    return Poolability(counted, obstacles, Show.EACH if obstacles else Show.POOLED)
