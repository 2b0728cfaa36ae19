"""When studies may be pooled, and the reasons when they may not."""

from dataclasses import replace

import pytest

from kb.domain.evidence import Design, Grade
from kb.domain.poolability import Candidate, Obstacle, Show, judge


def _candidates(count: int) -> list[Candidate]:
    return [
        Candidate(
            study=f"study-{i}",
            initiative=f"initiative-{i}",
            design=Design.DID,
            grade=Grade.M,
            family="werk",
            metric="rd",
            level="mbo",
            sample=f"people-{i}",
            yi=0.05,
            vi=0.001,
        )
        for i in range(count)
    ]


def test_three_studies_of_three_initiatives_are_pooled():
    found = judge(_candidates(3))
    assert (found.obstacles, found.show) == ((), Show.POOLED)


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        ({"initiative": "initiative-1"}, Obstacle.TOO_FEW_INITIATIVES),
        ({"study": "study-1"}, Obstacle.TOO_FEW_STUDIES),
        ({"family": "profielkeuze"}, Obstacle.DIFFERENT_OUTCOMES),
        ({"metric": "or"}, Obstacle.DIFFERENT_METRICS),
        ({"level": "vmbo"}, Obstacle.DIFFERENT_LEVELS),
        ({"sample": "people-1"}, Obstacle.SHARED_PARTICIPANTS),
    ],
)
def test_each_obstacle_stands_alone(change, obstacle):
    first, *rest = _candidates(3)
    found = judge([replace(first, **change), *rest])
    assert (found.obstacles, found.show) == ((obstacle,), Show.EACH)


@pytest.mark.parametrize("change", [{"grade": Grade.W}, {"grade": Grade.N}, {"design": Design.CROSSSECTION}])
def test_weak_studies_are_left_out_before_counting(change):
    found = judge([*_candidates(2), replace(_candidates(3)[2], **change)])
    assert found.candidates == tuple(_candidates(2))
    assert found.obstacles == (Obstacle.TOO_FEW_STUDIES, Obstacle.TOO_FEW_INITIATIVES)
    assert found.show is Show.EACH


def test_without_studies_there_is_nothing_to_show():
    assert judge([]).show is Show.NOTHING
