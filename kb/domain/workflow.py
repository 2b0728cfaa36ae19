"""The life of an initiative: its states, what can be done with it and where that leads."""

from enum import StrEnum


class Status(StrEnum):
    """The state of the newest version. An older version may be public meanwhile."""

    DRAFT = "concept"
    SUBMITTED = "ingediend"
    RETURNED = "teruggestuurd"
    PUBLISHED = "gepubliceerd"
    WITHDRAWN = "ingetrokken"


class Action(StrEnum):
    """What a person can do with an initiative; the value is what the audit trail says."""

    CREATE = "aanmaken"
    READ = "lezen"
    INSPECT = "inzien"
    EDIT = "wijzigen"
    COMMENT = "opmerken"
    SUBMIT = "indienen"
    TAKE_BACK = "terugnemen"
    RETURN = "terugsturen"
    PUBLISH = "publiceren"
    CORRECT = "spoedcorrectie"
    WITHDRAW = "intrekken"
    DISCARD = "weggooien"
    CONFIRM = "bevestigen"
    ASK_TO_JOIN = "meewerken vragen"
    SHARE = "mederedacteur"
    LOWER = "oordeel verlagen"
    MERGE = "samenvoegen"
    SPLIT = "samenvoeging ongedaan maken"


class Role(StrEnum):
    PUBLIC = "publiek"
    COORDINATOR = "coordinator"
    REVIEWER = "redactie"
    MINISTRY = "ministerie"
    ADMINISTRATOR = "beheerder"
    SYSTEM = "systeem"


# What leads to another state, or starts a new version. Everything else leaves the state as it is.
MOVES: dict[tuple[Status, Action], Status] = {
    (Status.PUBLISHED, Action.EDIT): Status.DRAFT,
    (Status.WITHDRAWN, Action.EDIT): Status.DRAFT,
    (Status.DRAFT, Action.SUBMIT): Status.SUBMITTED,
    (Status.RETURNED, Action.SUBMIT): Status.SUBMITTED,
    (Status.SUBMITTED, Action.TAKE_BACK): Status.DRAFT,
    (Status.SUBMITTED, Action.RETURN): Status.RETURNED,
    (Status.SUBMITTED, Action.PUBLISH): Status.PUBLISHED,
    (Status.DRAFT, Action.CORRECT): Status.PUBLISHED,
    (Status.RETURNED, Action.CORRECT): Status.PUBLISHED,
    (Status.SUBMITTED, Action.CORRECT): Status.PUBLISHED,
    (Status.DRAFT, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.RETURNED, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.SUBMITTED, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.PUBLISHED, Action.WITHDRAW): Status.WITHDRAWN,
    (Status.PUBLISHED, Action.MERGE): Status.WITHDRAWN,
    (Status.WITHDRAWN, Action.SPLIT): Status.PUBLISHED,
}
# Throwing away a new version leads back to what the public sees, if anything.
DISCARDABLE = frozenset({Status.DRAFT, Status.RETURNED})


def leads_to(status: Status, action: Action, *, is_public: bool) -> Status:
    """The state after the deed; whether it is possible at all is for the permissions."""
    if action is Action.DISCARD and status in DISCARDABLE:
        return Status.PUBLISHED if is_public else Status.WITHDRAWN
    return MOVES.get((status, action), status)
