"""The form with which a visitor writes about an initiative."""

from collections.abc import Mapping
from dataclasses import replace

from marshmallow import ValidationError

from kb.domain.messages import Message, MessageKind
from kb.domain.problems import FieldError, Invalid
from kb.language.texts import mark as _
from kb.schemas.complaints import field_errors
from kb.schemas.fields import Email, Text
from kb.schemas.parts import Part

LONGEST = 4_000
SHORTEST = 10


class MessageSchema(Part):
    builds = Message

    words = Text(LONGEST, shortest=SHORTEST, lines=True, required=True, data_key="bericht")
    reply_to = Email(data_key="email")
    trap = Text(LONGEST, data_key="homepage")


_schema = MessageSchema()
NO_WAY_BACK = FieldError("email", _("Fill in your mail address, or nobody can answer you."))


def read_message(document: Mapping[str, str], kind: MessageKind) -> Message:
    """Raises Invalid with every error; whoever asks to get in touch must be reachable."""
    try:
        message: Message = _schema.load(
            {name: document.get(name, "") for name in ("bericht", "email", "homepage")}
        )
    except ValidationError as error:
        raise Invalid(tuple(field_errors(error.messages))) from None
    if kind is MessageKind.CONTACT and not message.reply_to:
        raise Invalid((NO_WAY_BACK,))
    return replace(message, kind=kind)
