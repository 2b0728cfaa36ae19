"""The effects of a study as readers see them: positive is better, and per 100 people where people count."""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.domain.answers import Yardstick, Yardsticks, effect_size, main_effect, turned
from kb.domain.content import Content, Effect, Metric, Study
from kb.domain.direction import classify
from kb.domain.evidence import Direction, Interval, Step
from kb.domain.statistics.effects import more_of_every_100


@dataclass(frozen=True, slots=True)
class ToldEffect:
    """One difference with its direction.

    `per_100` is how many more of every 100 people, with its 95% interval; None where the outcome is no yes or
    no, or where nobody knows how many get there without. Both are on the side of better. `compared` says that
    it is a difference with others; else it is a change since before, which may have any cause.
    """

    indicator: str
    label: str
    contrast: str
    metric: Metric
    direction: Direction
    estimate: float
    interval: Interval
    per_100: float | None
    per_100_interval: Interval | None
    compared: bool


def told_effects(study: Study, yardsticks: Yardsticks) -> tuple[ToldEffect | None, ...]:
    """In the order of the study; None where size or uncertainty is not known."""
    return tuple(told_effect(study, effect, yardsticks) for effect in study.effects)


def told_effect(study: Study, effect: Effect, yardsticks: Yardsticks) -> ToldEffect | None:
    size, yardstick = effect_size(effect, study), yardsticks.get(effect.indicator, Yardstick())
    if size is None:
        return None
    sign = 1 if yardstick.higher_is_better else -1
    interval = turned(size.ci, yardstick)
    per_100 = [_per_100(effect, value) for value in (size.yi, *size.ci)]
    known = None not in per_100
    return ToldEffect(
        indicator=effect.indicator,
        label=effect.label,
        contrast=effect.contrast,
        metric=effect.metric,
        direction=classify(interval, yardstick.sesoi_of(effect.metric)),
        estimate=sign * size.yi,
        interval=interval,
        per_100=sign * (per_100[0] or 0.0) if known else None,
        per_100_interval=turned(Interval(per_100[1] or 0.0, per_100[2] or 0.0), yardstick) if known else None,
        compared=study.design.compares,
    )


def _per_100(effect: Effect, value: float) -> float | None:
    """From the risk without the initiative, which a ratio needs and a difference does not."""
    if effect.metric is Metric.RD:
        return more_of_every_100(value, effect.metric, 0.0)
    if effect.metric not in (Metric.RR, Metric.OR) or effect.events_c is None or not effect.n_c:
        return None
    risk = effect.events_c / effect.n_c
    return more_of_every_100(value, effect.metric, risk) if 0 < risk < 1 else None


def only_voice(content: Content, yardsticks: Yardsticks, trace: Iterable[Step]) -> ToldEffect | None:
    """The effect behind the direction where one study speaks; several tell their own at their own place."""
    speaking = [step.because[0][0] for step in trace if step.rule.startswith("direction.study.")]
    if len(speaking) != 1:
        return None
    position = int(speaking[0].split(".")[1])
    study = content.studies[position] if position < len(content.studies) else None
    effect = main_effect(study, content.promises) if study else None
    return told_effect(study, effect, yardsticks) if study and effect else None
