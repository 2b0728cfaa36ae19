"""Verdicts on the data: derived when something is published, kept with the whole derivation."""

from collections.abc import Iterable
from dataclasses import replace

from kb.domain.answers import Yardsticks, answers_of, effect_size, study_answers, yardstick_of
from kb.domain.content import Approach, Content, Effect
from kb.domain.evidence import Answers, Level
from kb.domain.grading import grade
from kb.domain.terms import Scheme
from kb.domain.verdict import Verdict, assess
from kb.services.work import Work
from kb.storage.approaches import approach_members, approaches_of
from kb.storage.drafts import lowered
from kb.storage.initiatives import published_by_ids
from kb.storage.lists import APPROACH, HERE
from kb.storage.projection import WeighedEffect, WeighedStudy
from kb.storage.verdicts import forget_verdict, save_verdict


def yardsticks_of(work: Work) -> Yardsticks:
    """How each indicator is read, from the vocabulary."""
    return {term.code: yardstick_of(term.details) for term in work.vocabulary.all(Scheme.INDICATOR)}


def weigh_studies(content: Content, yardsticks: Yardsticks) -> tuple[WeighedStudy, ...]:
    """Every study with its grade and the computed size of its effects."""
    return tuple(
        WeighedStudy(
            study=study,
            grade=grade(study_answers(study, content, yardsticks)).value,
            effects=tuple(_weighed(effect) for effect in study.effects),
        )
        for study in content.studies
    )


def judge(work: Work, initiative_id: int, content: Content) -> None:
    """Keeps the verdict for this place; the theory of its approach counts here too."""
    here = assess(answers_here(work, content, approaches_of(work.session, initiative_id)))
    save_verdict(work.session, initiative_id, HERE, _kept_down(work, initiative_id, here), now=work.now)


def answers_here(work: Work, content: Content, approaches: Iterable[Approach]) -> Answers:
    """What the verdict for this place reads."""
    theory = any(approach.theory.is_complete for approach in approaches)
    return answers_of(content, yardsticks_of(work), today=work.now.date(), theory=theory)


def judge_approaches(work: Work, approaches: Iterable[Approach]) -> None:
    """Keeps the verdict of each approach, after initiatives that carry it out were published."""
    for approach in approaches:
        _judge_approach(work, approach)


def _kept_down(work: Work, initiative_id: int, verdict: Verdict) -> Verdict:
    """A reviewer may keep a level down, never lift it; the derivation stays as the rules made it."""
    at_most = lowered(work.session, initiative_id)
    if at_most is None or verdict.level <= at_most[0]:
        return verdict
    return replace(verdict, level=Level(at_most[0]))


def _judge_approach(work: Work, approach: Approach) -> None:
    """The verdict over all places together, kept with each initiative that carries the approach out."""
    ids = approach_members(work.session, approach.slug)
    contents = [kept.content for kept in published_by_ids(work.session, ids).values()]
    if not any(content.studies for content in contents):
        for key in ids:
            forget_verdict(work.session, key, APPROACH)
        return
    verdict = assess(_approach_answers(work, approach, contents))
    for key in ids:
        save_verdict(work.session, key, APPROACH, verdict, now=work.now, places=len(contents))


def _approach_answers(work: Work, approach: Approach, contents: Iterable[Content]) -> Answers:
    yardsticks, contents = yardsticks_of(work), list(contents)
    return Answers(
        described=any(content.is_described for content in contents),
        theory=approach.theory.is_complete,
        today_year=work.this_year,
        studies=tuple(
            study_answers(study, content, yardsticks) for content in contents for study in content.studies
        ),
    )


def _weighed(effect: Effect) -> WeighedEffect:
    size = effect_size(effect)
    if size is None:
        return WeighedEffect(effect, None, None, None, None)
    return WeighedEffect(effect, size.yi, size.vi, size.ci.lo, size.ci.hi)
