"""What an initiative needs before it can be submitted: few things, each with what to do about it."""

import re
from collections.abc import Callable, Iterator

from kb.domain.content import Content
from kb.domain.problems import FieldError

# The texts of a person may not tell how to reach one: there is a relayed form for that.
TEXTS = ("summary", "goal", "audience", "activities", "requirements", "lessons")
MAIL = re.compile(r"[^\s@<>()]+@[\w-]+\.[\w.-]+")
PHONE = re.compile(r"(?<![\d.,])(?:\+31|0031|0)[\s-]?(?:\d[\s-]?){8}\d(?!\d)")

# Field of `Content`, what it needs, and what to say where it is missing.
NEEDED: tuple[tuple[str, Callable[[Content], bool], FieldError], ...] = (
    (
        "summary",
        lambda content: len(content.summary) >= 20,
        FieldError("summary", "Say in one or two sentences what people do."),
    ),
    (
        "organisations",
        lambda content: bool(content.lead),
        FieldError("organisations", "Name the organisation in the lead."),
    ),
    (
        "regions",
        lambda content: bool(content.regions),
        FieldError("regions", "Choose at least one region."),
    ),
    (
        "recommendations",
        lambda content: bool(content.recommendations),
        FieldError("recommendations", "Choose at least one recommendation."),
    ),
    (
        "levels",
        lambda content: bool(content.levels or content.target_groups),
        FieldError("levels", "Choose an education level or a target group."),
    ),
    (
        "sources",
        lambda content: bool(content.sources or content.url),
        FieldError("sources", "Give a source, or the website of the initiative."),
    ),
)


def missing_for_submission(content: Content) -> tuple[FieldError, ...]:
    """Everything that keeps it from being submitted, by field of `Content`."""
    missing = tuple(error for _, is_there, error in NEEDED if not is_there(content))
    return (*missing, *_personal(content))


def _personal(content: Content) -> Iterator[FieldError]:
    for name in TEXTS:
        text = getattr(content, name)
        if MAIL.search(text):
            yield FieldError(name, "Take the e-mail address out of this text: everybody can read it.")
        elif PHONE.search(text):
            yield FieldError(name, "Take the telephone number out of this text: everybody can read it.")
