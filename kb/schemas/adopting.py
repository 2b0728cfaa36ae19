"""What somebody fills in to take an approach over; the deed itself says what is missing."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, post_load

from kb.domain.adopting import Adoption, Fit
from kb.domain.problems import Invalid
from kb.domain.terms import Scheme, Vocabulary
from kb.schemas.choices import Code, checking_against
from kb.schemas.complaints import field_errors
from kb.schemas.fields import Day, Text
from kb.schemas.parts import Part, Several

# The answer to each check stands in the form under this name and its key.
ANSWER = "past."


class AdoptionSchema(Part):
    builds = Adoption

    title = Text(200, load_default="", data_key="titel")
    lead = Text(200, load_default="", data_key="trekker")
    regions = Several(Code(Scheme.REGION), once=True, data_key="regios")
    approach_name = Text(200, data_key="aanpak")
    indicators = Several(Code(Scheme.INDICATOR), once=True, data_key="indicatoren")
    due_date = Day(data_key="klaarOp")
    fits = fields.Dict(data_key="past")

    @post_load
    def build(self, data: Mapping[str, Any], **_kwargs: Any) -> Adoption:
        answers = {key: Fit(words) for key, words in data.get("fits", {}).items() if words in set(Fit)}
        return Adoption(**{**data, "fits": answers})


_schema = AdoptionSchema()


def read_adoption(form: Mapping[str, Any], vocabulary: Vocabulary) -> Adoption:
    """Raises Invalid with every error; an answer that is none of the three is no answer."""
    document = {name: words for name, words in form.items() if not name.startswith(ANSWER)}
    answers = {name.removeprefix(ANSWER): words for name, words in form.items() if name.startswith(ANSWER)}
    with checking_against(vocabulary):
        try:
            found: Adoption = _schema.load({**document, "past": answers})
        except ValidationError as error:
            raise Invalid(tuple(field_errors(error.messages))) from None
    return found
