"""From what an initiative says about its studies to the answers that the evidence rules read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kb.domain.content import Content, Effect, Metric, PlannedMeasure, Study
from kb.domain.evidence import Answers, Design, Interval, StudyAnswers
from kb.domain.promises import months_late
from kb.domain.statistics.effects import OF_COUNTS, OF_MEANS, Counts, EffectSize, Means, for_clusters

# In percent, and in percentage points between the arms.
MAX_LOST = 30
MAX_LOST_APART = 4
Z_OF_95 = 1.959963984540054
# How much people of one class or company resemble each other where nobody measured it: the value that the
# What Works Clearinghouse takes for outcomes other than test scores.
ICC = 0.10
# Where the indicator has none of its own: 3 percentage points, or a tenth of a standard deviation.
USUAL_SESOI = {Metric.RD: 0.03, Metric.SMD: 0.10}


@dataclass(frozen=True, slots=True)
class Yardstick:
    """How an indicator is read: which way is better, and the smallest difference that matters.

    `sesoi` is a share for percentage points and Hedges g for scales, told apart by `metric`.
    """

    higher_is_better: bool = True
    sesoi: float | None = None
    metric: Metric | None = None

    def sesoi_of(self, metric: Metric) -> float | None:
        """On this scale: the indicator's own, else the usual one; None on a scale that has none."""
        return self.sesoi if self.sesoi is not None and metric is self.metric else USUAL_SESOI.get(metric)


Yardsticks = Mapping[str, Yardstick]


def yardstick_of(details: Mapping[str, object]) -> Yardstick:
    """The yardstick in the details of an indicator term."""
    raw, scale = details.get("sesoi"), details.get("sesoi_maat")
    points = scale == "pp"
    sesoi = float(raw) / (100 if points else 1) if isinstance(raw, int | float) else None
    metric = {"pp": Metric.RD, "g": Metric.SMD}.get(str(scale))
    return Yardstick(details.get("goed") != "neer", sesoi, metric)


def answers_of(content: Content, yardsticks: Yardsticks, *, today: date, theory: bool = False) -> Answers:
    """The answers for "measured here"; `theory` says that an approach of it has one."""
    return Answers(
        described=content.is_described,
        theory=theory or content.theory.is_complete,
        today_year=today.year,
        studies=tuple(study_answers(study, content, yardsticks) for study in content.studies),
        overdue_promise_months=overdue_months(content, today),
    )


def study_answers(study: Study, content: Content, yardsticks: Yardsticks) -> StudyAnswers:
    effect = main_effect(study, content.promises)
    size = effect_size(effect, study) if effect else None
    yardstick = yardsticks.get(effect.indicator, Yardstick()) if effect else Yardstick()
    return StudyAnswers(
        design=study.design,
        n_t=_first(study.analysed_t, effect.n_t if effect else None),
        n_c=_first(study.analysed_c, effect.n_c if effect else None),
        events_min=_fewest_events(effect),
        baseline=study.baseline,
        multi_cluster=_several_units(study),
        attrition_low=attrition_low(study),
        validity_tests=study.validity_tests,
        points_before=study.points_before,
        same_instrument=study.same_instrument,
        response=study.response,
        independent=study.independent,
        report_public=study.report_public,
        followup_months=_first(effect.follow_up_months if effect else None, study.follow_up_months),
        implementer=study.implementer or content.lead or None,
        region=study.region or next(iter(content.regions), None),
        end_year=study.end_year,
        ci=turned(size.ci, yardstick) if size else None,
        sesoi=yardstick.sesoi_of(Metric(size.metric)) if size else None,
    )


def main_effect(study: Study, promises: Iterable[PlannedMeasure] = ()) -> Effect | None:
    """The effect that was promised, else the one called primary, else the first."""
    promised = {promise.indicator for promise in promises}
    ranked = sorted(study.effects, key=lambda e: (e.indicator not in promised, not e.primary))
    return ranked[0] if ranked else None


def effect_size(effect: Effect, study: Study) -> EffectSize | None:
    """Estimate and 95% interval from the raw cells, else as reported.

    None where neither is whole, or where the figures are too large for anything to be computed.

    Cells count people as if they were drawn one by one; where whole classes or companies were drawn, the
    interval grows with what people of one class have in common. A reported interval should have that in it.
    """
    try:
        size = _from_cells(effect)
    except ArithmeticError:
        return None
    if size is None:
        return _reported(effect)
    together = people_per_unit(study)
    return for_clusters(size, size=together, icc=ICC) if together else size


def people_per_unit(study: Study) -> float | None:
    """How many people were drawn together, on average; None where they were not, or nobody knows."""
    counts = (study.units_t, study.units_c, study.analysed_t, study.analysed_c)
    if study.design is not Design.CLUSTER_RCT or None in counts:
        return None
    units = (study.units_t or 0) + (study.units_c or 0)
    people = (study.analysed_t or 0) + (study.analysed_c or 0)
    return people / units if units and people > units else None


def _from_cells(effect: Effect) -> EffectSize | None:
    metric = effect.metric.value
    if effect.metric in (Metric.RD, Metric.RR, Metric.OR):
        cells = (effect.events_t, effect.n_t, effect.events_c, effect.n_c)
        if None not in cells and effect.n_t and effect.n_c:
            return OF_COUNTS[metric](Counts(*cells))  # type: ignore[arg-type]
    else:
        means = (effect.mean_t, effect.sd_t, effect.n_t, effect.mean_c, effect.sd_c, effect.n_c)
        if None not in means and (groups := Means(*means)).can_be_compared:  # type: ignore[arg-type]
            return OF_MEANS[metric](groups)
    return None


def _reported(effect: Effect) -> EffectSize | None:
    if effect.estimate is None or effect.ci_low is None or effect.ci_high is None:
        return None
    error = (effect.ci_high - effect.ci_low) / (2 * Z_OF_95)
    return EffectSize(effect.estimate, error**2, Interval(effect.ci_low, effect.ci_high), effect.metric.value)


def turned(interval: Interval, yardstick: Yardstick) -> Interval:
    """The interval with its signs turned so that positive is better."""
    if yardstick.higher_is_better:
        return interval
    return Interval(-interval.hi, -interval.lo)


def attrition_low(study: Study) -> bool | None:
    """At most 30% lost in total and at most 4 percentage points between the arms; None when unknown."""
    counts = (study.assigned_t, study.assigned_c, study.analysed_t, study.analysed_c)
    if None in counts or not study.assigned_t or not study.assigned_c:
        return None
    of_t, of_c, kept_t, kept_c = (count or 0 for count in counts)
    # In whole numbers: 1 - 0.70 is more than 0.30 to a computer.
    lost = 100 * (of_t + of_c - kept_t - kept_c) <= MAX_LOST * (of_t + of_c)
    return lost and 100 * abs(kept_t * of_c - kept_c * of_t) <= MAX_LOST_APART * of_t * of_c


def overdue_months(content: Content, today: date) -> int | None:
    """Months since the oldest promised measurement should have been there; None when none is late."""
    late = (months_late(promise, content, today) for promise in content.promises)
    return max((months for months in late if months is not None), default=None)


def _several_units(study: Study) -> bool | None:
    if study.units_t is None or study.units_c is None:
        return None
    return study.units_t >= 2 and study.units_c >= 2


def _fewest_events(effect: Effect | None) -> int | None:
    if effect is None or effect.events_t is None or effect.events_c is None:
        return None
    return min(effect.events_t, effect.events_c)


def _first(*values: int | None) -> int | None:
    return next((value for value in values if value is not None), None)
