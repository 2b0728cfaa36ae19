"""The measure planner: from what somebody has to what they can find out."""

from kb.domain.plan import Plan, PlanQuestion, make_plan
from kb.domain.terms import Scheme, Term
from kb.services.work import Work


def indicators(work: Work, kind: str) -> tuple[Term, ...]:
    """The outcomes that are told in this way: "binary", a yes or no for each person, or "mean", a score."""
    return tuple(
        term
        for term in work.vocabulary.all(Scheme.INDICATOR)
        if term.details.get("soort") == "outcome" and term.details.get("type") == kind
    )


def proposal(work: Work, recommendation: str) -> Term | None:
    """The first outcome of the list that says something about this recommendation."""
    outcomes = (t for t in work.vocabulary.all(Scheme.INDICATOR) if t.details.get("soort") == "outcome")
    return next((t for t in outcomes if recommendation in _numbers(t.details.get("aanbevelingen"))), None)


def _numbers(listed: object) -> tuple[str, ...]:
    return tuple(str(each) for each in listed) if isinstance(listed, list | tuple) else ()


def plan(question: PlanQuestion) -> Plan:
    return make_plan(question)
