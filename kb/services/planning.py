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


def plan(question: PlanQuestion) -> Plan:
    return make_plan(question)
