"""The document of an approach: a method that initiatives carry out in one place or many."""

from typing import Any

from marshmallow import ValidationError

from kb.domain.content import Approach
from kb.domain.problems import Invalid
from kb.schemas.complaints import field_errors
from kb.schemas.fields import Address, Slug, Text
from kb.schemas.parts import Part, Several, TheorySchema, nested


class ApproachSchema(Part):
    builds = Approach

    slug = Slug(required=True, data_key="slug")
    name = Text(200, required=True, data_key="naam")
    name_en = Text(200, data_key="naamEn")
    summary = Text(3000, lines=True, data_key="samenvatting")
    summary_en = Text(3000, lines=True, data_key="samenvattingEn")
    aliases = Several(Text(100), once=True, data_key="ookWel")
    core_elements = Several(Text(500), data_key="kern")
    adaptable_elements = Several(Text(500), data_key="aanTePassen")
    theory = nested(TheorySchema, data_key="onderbouwing")
    manual_url = Address(data_key="handleiding")
    owner = Text(200, data_key="eigenaar")


_schema = ApproachSchema()


def read_approach(document: object) -> Approach:
    """The approach in the document; raises Invalid with every error."""
    try:
        approach: Approach = _schema.load(document)  # type: ignore[arg-type]
    except ValidationError as error:
        raise Invalid(tuple(field_errors(error.messages))) from None
    return approach


def write_approach(approach: Approach) -> dict[str, Any]:
    """The document of the approach, what is empty left out."""
    written: dict[str, Any] = _schema.dump(approach)
    return written
