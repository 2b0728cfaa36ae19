"""Figures and examples for the pages that explain the catalogue and its evidence rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.domain.catalogue import Listed, Standing
from kb.domain.evidence import Flag, Grade, Level
from kb.domain.verdict import RULE_VERSION
from kb.services.work import Work
from kb.storage.counting import (
    count_by_direction,
    count_by_flag,
    count_by_grade,
    count_by_trede,
    standing,
)
from kb.storage.lists import HERE, best_ids, listed
from kb.storage.verdicts import KeptVerdict, verdicts_of

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """The distribution over the whole catalogue and the initiatives that stand highest.

    `derived` is the verdict of the first of them, with its derivation.
    """

    total: Standing
    by_trede: Mapping[Level, int]
    by_direction: Mapping[str, int]
    by_grade: Mapping[Grade, int]
    by_flag: Mapping[Flag, int]
    examples: tuple[Listed, ...]
    derived: KeptVerdict | None
    rule_version: str


def catalogue_figures(work: Work) -> Standing:
    return standing(work.session)


def evidence_page(work: Work) -> EvidencePage:
    found, grades, flags = (
        count_by_trede(work.session),
        count_by_grade(work.session),
        count_by_flag(work.session),
    )
    best = best_ids(work.session, EXAMPLES)
    return EvidencePage(
        total=standing(work.session),
        by_trede={level: found.get(int(level), 0) for level in reversed(Level)},
        by_direction=count_by_direction(work.session),
        by_grade={grade: grades.get(grade.value, 0) for grade in Grade},
        by_flag={flag: flags.get(flag.value, 0) for flag in Flag},
        examples=listed(work.session, best),
        derived=verdicts_of(work.session, best[0]).get(HERE) if best else None,
        rule_version=RULE_VERSION,
    )
