"""Verdicts on the data: derived when something is published, kept with the whole derivation."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from kb.domain.answers import Yardsticks, answers_of, effect_size, study_answers, yardstick_of
from kb.domain.candidates import Together, Widest, candidates_of, together
from kb.domain.content import Approach, Content, Effect, Study
from kb.domain.evidence import Answers, Level
from kb.domain.grading import grade
from kb.domain.terms import Scheme
from kb.domain.verdict import Verdict, assess
from kb.services.work import Work
from kb.storage.approaches import approach_by_slug, approaches_by_initiative, approaches_of
from kb.storage.drafts import lowered
from kb.storage.initiatives import published_by_ids
from kb.storage.lists import APPROACH, HERE
from kb.storage.projection import WeighedEffect, WeighedStudy
from kb.storage.verdicts import forget_verdict, save_verdict


@dataclass(frozen=True, slots=True)
class ApproachVerdict:
    """The verdict over all places of an approach together, and how many places there are."""

    verdict: Verdict
    places: int


def yardsticks_of(work: Work) -> Yardsticks:
    """How each indicator is read, from the vocabulary."""
    return {term.code: yardstick_of(term.details) for term in work.vocabulary.all(Scheme.INDICATOR)}


def weigh_studies(content: Content, yardsticks: Yardsticks) -> tuple[WeighedStudy, ...]:
    """Every study with its grade and the computed size of its effects."""
    return tuple(
        WeighedStudy(
            study=study,
            grade=grade(study_answers(study, content, yardsticks)).value,
            effects=tuple(_weighed(effect, study) for effect in study.effects),
        )
        for study in content.studies
    )


def widest_level(work: Work) -> Widest:
    """From an education level to the group it lies in."""
    vocabulary = work.vocabulary
    top = {
        code: term.code
        for term in vocabulary.top(Scheme.LEVEL)
        for code in vocabulary.descendants(Scheme.LEVEL, term.code)
    }
    return lambda code: top.get(code, code)


def judge(work: Work, initiative_id: int, content: Content) -> None:
    """Keeps the verdict for this place; the theory of its approach counts here too."""
    verdict = verdict_here(work, initiative_id, content)
    save_verdict(work.session, initiative_id, HERE, verdict, now=work.now)


def verdict_here(work: Work, initiative_id: int, content: Content) -> Verdict:
    """What the rules say of this place, kept down where a reviewer did so."""
    found = assess(answers_here(work, content, approaches_of(work.session, initiative_id)))
    return _kept_down(work, initiative_id, found)


def answers_here(work: Work, content: Content, approaches: Iterable[Approach]) -> Answers:
    """What the verdict for this place reads."""
    theory = any(approach.theory.is_complete for approach in approaches)
    return answers_of(content, yardsticks_of(work), today=work.now.date(), theory=theory)


def judge_approaches(work: Work, approaches: Iterable[Approach]) -> None:
    """Keeps the verdict of each approach, after initiatives that carry it out were published."""
    judged = approach_verdicts(work, {approach.slug for approach in approaches})
    for key, found in judged.items():
        keep_approach_verdict(work, key, found)


def keep_approach_verdict(work: Work, initiative_id: int, found: ApproachVerdict | None) -> None:
    if found is None:
        forget_verdict(work.session, initiative_id, APPROACH)
        return
    save_verdict(work.session, initiative_id, APPROACH, found.verdict, now=work.now, places=found.places)


def approach_verdicts(work: Work, slugs: Container[str] | None = None) -> dict[int, ApproachVerdict | None]:
    """The verdict over all places of each initiative with one of these approaches, or with any.

    Who carries out several approaches shows the one with the strongest evidence.
    """
    by_initiative = approaches_by_initiative(work.session)
    asked = {
        key: names
        for key, names in by_initiative.items()
        if slugs is None or any(name in slugs for name in names)
    }
    members: dict[str, list[int]] = {name: [] for names in asked.values() for name in names}
    for key, names in by_initiative.items():
        for name in names:
            if name in members:
                members[name].append(key)
    judged = {name: _approach_verdict(work, name, ids) for name, ids in members.items()}
    return {key: _strongest(judged[name] for name in names) for key, names in asked.items()}


def places_together(work: Work, slug: str) -> Together:
    """What the studies of all places of an approach say together, or why they are not added up."""
    ids = [key for key, names in approaches_by_initiative(work.session).items() if slug in names]
    contents = {each.slug: each.content for each in published_by_ids(work.session, ids).values()}
    return _together(work, contents)


def _kept_down(work: Work, initiative_id: int, verdict: Verdict) -> Verdict:
    """A reviewer may keep a level down, never lift it; the derivation stays as the rules made it."""
    at_most = lowered(work.session, initiative_id)
    if at_most is None or verdict.level <= at_most[0]:
        return verdict
    return replace(verdict, level=Level(at_most[0]))


def _strongest(found: Iterable[ApproachVerdict | None]) -> ApproachVerdict | None:
    known = [each for each in found if each is not None]
    return max(known, key=lambda each: each.verdict.level, default=None)


def _approach_verdict(work: Work, slug: str, ids: list[int]) -> ApproachVerdict | None:
    """The verdict over all places together; None where no place has a study."""
    kept = published_by_ids(work.session, ids)
    named = approach_by_slug(work.session, slug)
    if named is None or not any(each.content.studies for each in kept.values()):
        return None
    contents = {each.slug: each.content for each in kept.values()}
    return ApproachVerdict(assess(_approach_answers(work, named[1], contents)), len(contents))


def _together(work: Work, contents: Mapping[str, Content]) -> Together:
    yardsticks, widest = yardsticks_of(work), widest_level(work)
    candidates = [
        one for slug, content in contents.items() for one in candidates_of(slug, content, yardsticks, widest)
    ]
    return together(candidates, yardsticks)


def _approach_answers(work: Work, approach: Approach, contents: Mapping[str, Content]) -> Answers:
    yardsticks = yardsticks_of(work)
    return Answers(
        described=any(content.is_described for content in contents.values()),
        theory=approach.theory.is_complete,
        today_year=work.this_year,
        studies=tuple(
            study_answers(study, content, yardsticks)
            for content in contents.values()
            for study in content.studies
        ),
        pool=_together(work, contents).result,
    )


def _weighed(effect: Effect, study: Study) -> WeighedEffect:
    size = effect_size(effect, study)
    if size is None:
        return WeighedEffect(effect, None, None, None, None)
    return WeighedEffect(effect, size.yi, size.vi, size.ci.lo, size.ci.hi)
