"""What a visitor writes about an initiative."""

from dataclasses import dataclass
from enum import StrEnum


class MessageKind(StrEnum):
    """The value is the last part of the address of its page."""

    WRONG = "klopt-niet"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Message:
    """`reply_to` is where an answer goes; `trap` holds what only a robot fills in."""

    words: str
    reply_to: str = ""
    trap: str = ""
    kind: MessageKind = MessageKind.WRONG
