"""The studies of initiatives as candidates for pooling, and what they say together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kb.domain.answers import Yardstick, Yardsticks, effect_size, main_effect, study_answers, turned
from kb.domain.content import Content, Effect, Metric, Study
from kb.domain.evidence import PooledResult
from kb.domain.grading import grade
from kb.domain.poolability import Candidate, Poolability, Show
from kb.domain.poolability import judge as judge_pool
from kb.domain.statistics.effects import EffectSize, combined_outcomes
from kb.domain.statistics.pooling import Pooled, pool

# Gives the education level of a study its widest group: vo-vmbo is vo.
Widest = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Together:
    """Studies side by side: what counts, why they are not pooled if they are not, and what they say."""

    poolability: Poolability
    yardstick: Yardstick
    pooled: Pooled | None

    @property
    def result(self) -> PooledResult | None:
        """The pooled interval with its signs turned so that positive is better."""
        if self.pooled is None:
            return None
        return PooledResult(
            ci=turned(self.pooled.ci, self.yardstick),
            sesoi=self.sesoi or 0.0,
            pi=turned(self.pooled.pi, self.yardstick) if self.pooled.pi else None,
        )

    @property
    def sesoi(self) -> float | None:
        """The smallest difference that matters, where it is on the scale of these studies."""
        return self.yardstick.sesoi_of(self.metric) if self.metric else None

    @property
    def metric(self) -> Metric | None:
        first = next(iter(self.poolability.candidates), None)
        return Metric(first.metric) if first else None


def candidates_of(
    slug: str, content: Content, yardsticks: Yardsticks, widest: Widest
) -> tuple[Candidate, ...]:
    """One candidate for each study with an effect of which the size and its variance are known."""
    found = (_candidate(slug, content, study, yardsticks, widest) for study in content.studies)
    return tuple(one for one in found if one is not None)


def together(candidates: Iterable[Candidate], yardsticks: Yardsticks) -> Together:
    """Pools only where every rule of poolability allows it."""
    judged = judge_pool(tuple(candidates))
    first = next(iter(judged.candidates), None)
    yardstick = yardsticks.get(first.family, Yardstick()) if first else Yardstick()
    if judged.show is not Show.POOLED:
        return Together(judged, yardstick, None)
    return Together(judged, yardstick, pooled_of(judged.candidates))


def pooled_of(candidates: Sequence[Candidate]) -> Pooled:
    return pool([one.yi for one in candidates], [one.vi for one in candidates])


def level_of(study: Study, content: Content, widest: Widest) -> str:
    """The education group of a study; nothing where it spans several or nobody said."""
    groups = {widest(code) for code in ((study.level,) if study.level else content.levels)}
    return groups.pop() if len(groups) == 1 else ""


def aggregated(study: Study, main: Effect) -> EffectSize | None:
    """All outcomes of the study in the family of the main one, on its scale, as one."""
    alike = (each for each in study.effects if (each.indicator, each.metric) == (main.indicator, main.metric))
    sizes = [size for each in alike if (size := effect_size(each, study)) is not None]
    return combined_outcomes(sizes) if len(sizes) > 1 else next(iter(sizes), None)


def _candidate(
    slug: str, content: Content, study: Study, yardsticks: Yardsticks, widest: Widest
) -> Candidate | None:
    effect = main_effect(study, content.promises)
    size = aggregated(study, effect) if effect else None
    if effect is None or size is None or size.vi <= 0:
        return None
    return Candidate(
        study=f"{slug}:{study.key}",
        initiative=slug,
        design=study.design,
        grade=grade(study_answers(study, content, yardsticks)),
        family=effect.indicator,
        metric=size.metric,
        level=level_of(study, content, widest),
        # One report in two records is about the same people.
        sample=study.doi or study.report_url or f"{slug}:{study.key}",
        yi=size.yi,
        vi=size.vi,
    )
