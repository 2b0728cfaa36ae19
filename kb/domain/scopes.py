"""What an API key may be used for. It never does more than the person it belongs to may do."""

from enum import StrEnum

from kb.domain.permissions import YES, Answer, refusal


class Scope(StrEnum):
    """The value stands in the description of the API and in the audit trail."""

    LOOK = "lezen"
    WRITE = "schrijven"
    MEASURE = "meten"
    SUBMIT = "indienen"


REFUSALS: dict[Scope, Answer] = {
    Scope.LOOK: refusal("This key may not be used to see what is not public."),
    Scope.WRITE: refusal("This key may not be used to write initiatives."),
    Scope.MEASURE: refusal("This key may not be used to add measurements."),
    Scope.SUBMIT: refusal("This key may not be used to submit initiatives."),
}


def covers(scopes: frozenset[Scope], needed: Scope) -> Answer:
    """Whether a key with these scopes may be used for this."""
    return YES if needed in scopes else REFUSALS[needed]
