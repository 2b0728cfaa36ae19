"""What can go wrong with a request to the API: for each kind its status, its name and what to do about it.

The address of a problem leads to a page that says the same.
"""

from dataclasses import dataclass

from kb.language.texts import mark as _


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """`name` is the last part of the address; `title` and `advice` are message ids."""

    name: str
    status: int
    title: str
    advice: str


KINDS: tuple[ProblemKind, ...] = (
    ProblemKind(
        "ongeldig",
        400,
        _("The request does not fit"),
        _("Each error names the field and what is wrong with it. Mend them all and send the request again."),
    ),
    ProblemKind(
        "geen-sleutel",
        401,
        _("A key is needed"),
        _("Send a valid API key in the header Authorization. You make one at your own desk."),
    ),
    ProblemKind(
        "geen-toegang",
        403,
        _("Not allowed"),
        _("The key, or the person it belongs to, may not do this. The detail says why."),
    ),
    ProblemKind(
        "niet-gevonden",
        404,
        _("Not found"),
        _("There is nothing at this address, or it is not public. An address never ends with a slash."),
    ),
    ProblemKind(
        "methode",
        405,
        _("This method does not work here"),
        _("The header Allow lists the methods that do."),
    ),
    ProblemKind(
        "niet-leverbaar",
        406,
        _("Not in this format"),
        _("Ask for a format that the documentation names, in the header Accept."),
    ),
    ProblemKind(
        "conflict",
        409,
        _("Changed in the meantime"),
        _("Somebody else was first. Read it again, make your change in the newest version, and send that."),
    ),
    ProblemKind(
        "verouderd",
        412,
        _("Not the newest version"),
        _("The ETag in the header If-Match is not that of the newest version. Read it again first."),
    ),
    ProblemKind(
        "te-groot",
        413,
        _("Too large"),
        _("Send less at a time."),
    ),
    ProblemKind(
        "verkeerde-soort",
        415,
        _("Not in this kind of text"),
        _("Send JSON, with the header Content-Type: application/json."),
    ),
    ProblemKind(
        "voorwaarde-nodig",
        428,
        _("Say which version you change"),
        _("Send the header If-Match with the ETag of the version that you read."),
    ),
    ProblemKind(
        "te-vaak",
        429,
        _("Too many requests"),
        _("Wait the number of seconds in the header Retry-After."),
    ),
    ProblemKind(
        "storing",
        500,
        _("Something went wrong here"),
        _("It is not your fault. Try again in a minute; if it stays, tell us the number in the detail."),
    ),
    ProblemKind(
        "bezet",
        503,
        _("The site is busy or being worked on"),
        _("Try again in a minute."),
    ),
)
BY_STATUS = {kind.status: kind for kind in KINDS}
BY_NAME = {kind.name: kind for kind in KINDS}


def kind_of(status: int) -> ProblemKind:
    """The kind with this status, else the nearest that says whose fault it is."""
    return BY_STATUS.get(status) or BY_STATUS[400 if status < 500 else 500]
