"""A promise as somebody makes it: what will be measured, and by which day."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, post_load

from kb.domain.content import PlannedMeasure
from kb.domain.problems import Invalid
from kb.domain.terms import Vocabulary
from kb.schemas.choices import checking_against
from kb.schemas.complaints import field_errors
from kb.schemas.fields import Day, Slug
from kb.schemas.parts import PlannedMeasureSchema


class PromiseSchema(PlannedMeasureSchema):
    """Without a day nobody could ever see that it was not kept, so here the day is needed."""

    initiative = Slug(required=True, data_key="bij")
    due_date = Day(required=True, data_key="klaarOp")

    class Meta(PlannedMeasureSchema.Meta):
        # Nobody dates a promise himself: it is fixed when it becomes public.
        exclude = ("locked_at",)

    @post_load
    def build(self, data: Mapping[str, Any], **_kwargs: Any) -> tuple[str, PlannedMeasure]:
        fields = dict(data)
        return fields.pop("initiative"), PlannedMeasure(**fields)


_schema = PromiseSchema()


def read_promise(document: Mapping[str, Any], vocabulary: Vocabulary) -> tuple[str, PlannedMeasure]:
    """The slug of the initiative and what will be measured there; raises Invalid with every error."""
    with checking_against(vocabulary):
        try:
            found: tuple[str, PlannedMeasure] = _schema.load(document)
        except ValidationError as error:
            raise Invalid(tuple(field_errors(error.messages))) from None
    return found
