"""Figures and examples for the pages that explain the catalogue and its evidence rules."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.domain.catalogue import Listed, Standing
from kb.domain.evidence import Level
from kb.domain.verdict import RULE_VERSION
from kb.services.work import Work
from kb.storage.counting import count_by_direction, count_by_trede, standing
from kb.storage.lists import best_ids, listed

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """The distribution over the whole catalogue and the initiatives that stand highest."""

    total: Standing
    by_trede: Mapping[Level, int]
    by_direction: Mapping[str, int]
    examples: tuple[Listed, ...]
    rule_version: str


def catalogue_figures(work: Work) -> Standing:
    return standing(work.session)


def evidence_page(work: Work) -> EvidencePage:
    found = count_by_trede(work.session)
    return EvidencePage(
        total=standing(work.session),
        by_trede={level: found.get(int(level), 0) for level in reversed(Level)},
        by_direction=count_by_direction(work.session),
        examples=listed(work.session, best_ids(work.session, EXAMPLES)),
        rule_version=RULE_VERSION,
    )
