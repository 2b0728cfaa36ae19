"""The life of an initiative: its states, the moves between them and who is acting."""

from enum import StrEnum


class Status(StrEnum):
    DRAFT = "concept"
    SUBMITTED = "ingediend"
    RETURNED = "teruggestuurd"
    PUBLISHED = "gepubliceerd"
    WITHDRAWN = "ingetrokken"


class Action(StrEnum):
    """What a person can do with an initiative; the value is what the audit trail says."""

    CREATE = "aanmaken"
    EDIT = "wijzigen"
    SUBMIT = "indienen"
    RETURN = "terugsturen"
    PUBLISH = "publiceren"
    WITHDRAW = "intrekken"
    CONFIRM = "bevestigen"
    READ = "lezen"


MOVES: dict[tuple[Status, Action], Status] = {
    (Status.DRAFT, Action.SUBMIT): Status.SUBMITTED,
    (Status.RETURNED, Action.SUBMIT): Status.SUBMITTED,
    (Status.SUBMITTED, Action.RETURN): Status.RETURNED,
    (Status.SUBMITTED, Action.PUBLISH): Status.PUBLISHED,
    (Status.PUBLISHED, Action.WITHDRAW): Status.WITHDRAWN,
}


class Role(StrEnum):
    PUBLIC = "publiek"
    COORDINATOR = "coordinator"
    REVIEWER = "redactie"
    MINISTRY = "ministerie"
    ADMINISTRATOR = "beheerder"
    SYSTEM = "systeem"
