"""The three documents of the evidence rules: assess, effect and pool, as they come in and go out."""

from enum import Enum
from typing import Any

from kb.domain.content import Metric
from kb.domain.evidence import (
    Answer,
    Answers,
    Baseline,
    Design,
    Interval,
    PooledResult,
    Step,
    StudyAnswers,
)
from kb.domain.problems import FieldError
from kb.domain.statistics.effects import OF_MEANS, Comparison, Counts, EffectSize, Means
from kb.domain.statistics.pooling import Estimates, Method, Pooled
from kb.domain.verdict import Verdict
from kb.language.texts import mark as _
from kb.schemas.exact import (
    Record,
    Refused,
    choice,
    interval,
    name,
    number,
    read_document,
    several,
    whole,
    wrong,
    yes_or_no,
)

MOST_STUDIES = 1_000
LONGEST_MONTHS = 1_200
YEAR = whole(1900, 2100)

STUDY = Record(
    needed={"design": choice(Design)},
    optional={
        "n_t": whole(),
        "n_c": whole(),
        "events_min": whole(),
        "baseline": choice(Baseline),
        "multi_cluster": yes_or_no,
        "attrition_low": yes_or_no,
        "validity_tests": yes_or_no,
        "points_before": whole(),
        "same_instrument": yes_or_no,
        "response": number(0, 1),
        "independent": yes_or_no,
        "report_public": yes_or_no,
        "followup_months": whole(high=LONGEST_MONTHS),
        "implementer": name,
        "region": name,
        "end_year": YEAR,
        "ci": interval,
        "sesoi": number(low=0),
    },
)
POOL = Record(needed={"ci": interval, "sesoi": number(low=0)}, optional={"pi": interval})


NAMED = {"measure": choice(Metric)}
PEOPLE, SPREAD = whole(low=2), number(low=0)
OF_MEANS_RECORD = Record(
    {**NAMED, "m1": number(), "sd1": SPREAD, "n1": PEOPLE, "m2": number(), "sd2": SPREAD, "n2": PEOPLE}
)
OF_COUNTS_RECORD = Record({**NAMED, "a": whole(), "n1": whole(low=1), "c": whole(), "n2": whole(low=1)})


def _variance(value: object) -> float:
    found = number(high=1e18)(value)
    if found < 1e-15:
        raise wrong(_("A variance must be more than zero."))
    return found


ESTIMATES = Record(
    {
        "yi": several(number(-1e9, 1e9), least=2, most=MOST_STUDIES),
        "vi": several(_variance, least=2, most=MOST_STUDIES),
        "method": choice(Method),
    }
)


def read_answers(document: object) -> Answers:
    """The answers that one verdict reads; raises Invalid."""
    return read_document(lambda value: Answers(**ASSESSMENT.read(value)), document)


def read_comparison(document: object) -> Comparison:
    """The two groups and how to compare them; raises Invalid."""
    return read_document(_comparison, document)


def read_estimates(document: object) -> Estimates:
    """The studies to pool and the way to do it; raises Invalid."""
    return read_document(_estimates, document)


def write_verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "trede": int(verdict.level),
        "richting": verdict.direction.value if verdict.direction else None,
        "toe_te_schrijven": verdict.attributable,
        "grades": [grade.value for grade in verdict.grades],
        "vlaggen": [flag.value for flag in verdict.flags],
        "trace": [_step(step) for step in verdict.trace],
        "rule_version": verdict.rule_version,
        "input_hash": verdict.input_hash,
    }


def write_effect(effect: EffectSize) -> dict[str, Any]:
    return {"yi": effect.yi, "vi": effect.vi, "ci": list(effect.ci), "metric": effect.metric}


def write_pooled(pooled: Pooled) -> dict[str, Any]:
    return {
        "k": pooled.k,
        "estimate": pooled.estimate,
        "se": pooled.se,
        "ci": list(pooled.ci),
        "tau2": pooled.tau2,
        "tau2_ci": _ends(pooled.tau2_ci),
        "i2": pooled.i2,
        "q": pooled.q,
        "q_df": pooled.q_df,
        "q_p": pooled.q_p,
        "pi": _ends(pooled.pi),
    }


def _study(value: object) -> StudyAnswers:
    found = STUDY.read(value)
    events = found.get("events_min")
    for arm in ("n_t", "n_c"):
        if events is not None and arm in found and events > found[arm]:
            raise _more("events_min", arm)
    return StudyAnswers(**found)


def _pool(value: object) -> PooledResult:
    found = PooledResult(**POOL.read(value))
    middle = (found.ci.lo + found.ci.hi) / 2
    if found.pi is not None and not found.pi.lo <= middle <= found.pi.hi:
        raise Refused(FieldError("pi", _("This interval does not hold the estimate, the middle of ci.")))
    return found


ASSESSMENT = Record(
    needed={
        "described": yes_or_no,
        "theory": yes_or_no,
        "today_year": YEAR,
        "studies": several(_study, most=MOST_STUDIES),
    },
    optional={"overdue_promise_months": whole(high=LONGEST_MONTHS), "pool": _pool},
)


def _comparison(value: object) -> Comparison:
    # The other keys depend on the measure, so without one they are not looked at.
    known = (
        {key: item for key, item in value.items() if key == "measure"} if isinstance(value, dict) else value
    )
    metric = Record(NAMED).read(known)["measure"]
    return Comparison(metric.value, _means(value) if metric in OF_MEANS else _counts(value))


def _means(value: object) -> Means:
    found = OF_MEANS_RECORD.read(value)
    means = Means(**{key: given for key, given in found.items() if key != "measure"})
    if not means.can_be_compared:
        raise Refused(FieldError("sd1", _("Without any spread in either group nothing can be computed.")))
    return means


def _counts(value: object) -> Counts:
    found = OF_COUNTS_RECORD.read(value)
    for events, people in (("a", "n1"), ("c", "n2")):
        if found[events] > found[people]:
            raise _more(events, people)
    return Counts(**{key: given for key, given in found.items() if key != "measure"})


def _estimates(value: object) -> Estimates:
    found = ESTIMATES.read(value)
    if len(found["yi"]) != len(found["vi"]):
        message = _("There are %(n)s numbers here and %(others)s in yi.")
        raise Refused(FieldError("vi", message, {"n": len(found["vi"]), "others": len(found["yi"])}))
    return Estimates(**found)


def _more(first: str, second: str) -> Refused:
    message = _("%(first)s may not be more than %(second)s.")
    return Refused(FieldError(first, message, {"first": first, "second": second}))


def _step(step: Step) -> dict[str, Any]:
    return {
        "rule": step.rule,
        "held": step.held,
        "because": {key: _plain(value) for key, value in step.because},
    }


def _plain(value: Answer) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.value if isinstance(value, Enum) else value


def _ends(found: Interval | None) -> list[float] | None:
    return None if found is None else list(found)
