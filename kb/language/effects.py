"""A difference in words: how many of every 100, or how far on the scale that was used."""

from math import exp

from kb.domain.content import Metric
from kb.domain.evidence import Interval
from kb.domain.telling import ToldEffect
from kb.language.formats import number
from kb.language.texts import gettext as _
from kb.language.texts import mark

# How each scale is told where people cannot be counted: the estimate, then where it probably lies.
SCALES = {
    Metric.RD: mark("%(x)s percentage points (probably between %(lo)s and %(hi)s)"),
    Metric.RR: mark("%(x)s times as often (probably between %(lo)s and %(hi)s)"),
    Metric.OR: mark("an odds ratio of %(x)s (probably between %(lo)s and %(hi)s)"),
    Metric.MD: mark("%(x)s on the scale of the study (probably between %(lo)s and %(hi)s)"),
    Metric.SMD: mark("%(x)s standard deviations (probably between %(lo)s and %(hi)s)"),
}
RATIOS = (Metric.RR, Metric.OR)


def effect_sentence(effect: ToldEffect) -> str:
    """More is better, whatever was measured."""
    if effect.per_100 is not None and effect.per_100_interval is not None:
        values = _numbers(effect.per_100, effect.per_100_interval, digits=0)
        return _("%(x)s of every 100 (probably between %(lo)s and %(hi)s)", **values)
    if effect.metric in RATIOS:
        low, high = (exp(end) for end in effect.interval)
        values = {"x": _ratio(exp(effect.estimate)), "lo": _ratio(low), "hi": _ratio(high)}
    else:
        values = _numbers(effect.estimate, effect.interval, digits=2)
    return _(SCALES[effect.metric], **values)


def signed(value: float, digits: int) -> str:
    """With its sign, and a minus that is as wide as a plus."""
    rounded = round(value, digits)
    text = number(abs(rounded), digits=digits)
    return f"+{text}" if rounded > 0 else f"\N{MINUS SIGN}{text}" if rounded < 0 else text


def _numbers(value: float, interval: Interval, *, digits: int) -> dict[str, str]:
    ends = {"lo": signed(interval.lo, digits), "hi": signed(interval.hi, digits)}
    return {"x": signed(value, digits), **ends}


def _ratio(value: float) -> str:
    return number(value, digits=2)
