"""Who may do what that is not about one initiative: a table of roles for each right, and its refusal."""

from enum import StrEnum

from kb.domain.people import Person
from kb.domain.permissions import LOG_IN, YES, Answer, refusal
from kb.domain.problems import Denied
from kb.domain.workflow import Role


class Right(StrEnum):
    """The value is what the audit trail says."""

    OWN_ACCOUNT = "eigen account"
    DESK = "eigen werkplek"
    SAVED_SEARCHES = "bewaarde zoekopdrachten"
    IMPORT = "importeren"
    KEYS = "API-sleutels"
    REVIEW = "beoordelen"
    PEOPLE = "mensen beheren"
    AUDIT = "logboek inzien"
    HEALTH = "gezondheid inzien"
    VOCABULARIES = "lijsten beheren"


EVERYONE_KNOWN = frozenset({Role.COORDINATOR, Role.REVIEWER, Role.MINISTRY, Role.ADMINISTRATOR})
EDITORS = frozenset({Role.COORDINATOR, Role.REVIEWER})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

HOLDERS: dict[Right, frozenset[Role]] = {
    Right.OWN_ACCOUNT: EVERYONE_KNOWN,
    Right.DESK: EDITORS | {Role.MINISTRY},
    Right.SAVED_SEARCHES: EVERYONE_KNOWN,
    Right.IMPORT: EDITORS | {Role.SYSTEM},
    Right.KEYS: EDITORS,
    Right.REVIEW: frozenset({Role.REVIEWER}),
    Right.PEOPLE: ADMINISTRATORS | {Role.SYSTEM},
    Right.AUDIT: ADMINISTRATORS | {Role.SYSTEM},
    Right.HEALTH: ADMINISTRATORS | {Role.SYSTEM},
    Right.VOCABULARIES: ADMINISTRATORS | {Role.SYSTEM},
}
REFUSALS: dict[Right, Answer] = {
    Right.OWN_ACCOUNT: LOG_IN,
    Right.DESK: refusal("This page is for coordinators, reviewers and ministries."),
    Right.SAVED_SEARCHES: LOG_IN,
    Right.IMPORT: refusal("Only coordinators and reviewers can import initiatives."),
    Right.KEYS: refusal("Only coordinators and reviewers can make API keys."),
    Right.REVIEW: refusal("This page is for reviewers."),
    Right.PEOPLE: refusal("Only administrators can manage people."),
    Right.AUDIT: refusal("Only administrators can see the audit trail."),
    Right.HEALTH: refusal("Only administrators can see how the portal is doing."),
    Right.VOCABULARIES: refusal("Only administrators can change the lists."),
}


def holds(person: Person, right: Right) -> Answer:
    if person.role in HOLDERS[right]:
        return YES
    return REFUSALS[right] if person.is_known else LOG_IN


def require_right(person: Person, right: Right) -> None:
    """The first line of a deed: raises Denied with the reason."""
    answer = holds(person, right)
    if not answer:
        raise Denied(answer.reason)
