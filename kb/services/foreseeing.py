"""The verdict as it would become when a version is published, and what the next level takes."""

from dataclasses import dataclass

from kb.domain.content import Content
from kb.domain.next_step import NextStep, next_step
from kb.domain.verdict import Verdict, assess
from kb.services.judging import answers_here
from kb.services.work import Work
from kb.storage.approaches import approach_by_slug


@dataclass(frozen=True, slots=True)
class Outlook:
    verdict: Verdict
    next_step: NextStep | None


def foresee(work: Work, content: Content) -> Outlook:
    found = [approach_by_slug(work.session, slug) for slug in content.approaches]
    answers = answers_here(work, content, [approach for _, approach in filter(None, found)])
    return Outlook(assess(answers), next_step(answers))
