"""The few words that an initiative starts with."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from kb.domain.content import Start
from kb.domain.problems import Invalid
from kb.domain.terms import Vocabulary
from kb.schemas.choices import checking_against
from kb.schemas.complaints import field_errors
from kb.schemas.fields import Address, Text
from kb.schemas.parts import Part


class StartSchema(Part):
    builds = Start

    title = Text(200, data_key="titel")
    place = Text(200, data_key="plaats")
    organisation = Text(200, data_key="organisatie")
    url = Address(data_key="website")


_schema = StartSchema()


def read_start(document: Mapping[str, Any], vocabulary: Vocabulary) -> Start:
    """Raises Invalid with every error; the place may be one that no list knows."""
    with checking_against(vocabulary):
        try:
            start: Start = _schema.load(document)
        except ValidationError as error:
            raise Invalid(tuple(field_errors(error.messages))) from None
    return start
