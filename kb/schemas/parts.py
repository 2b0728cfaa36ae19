"""What every group of fields in a document shares, and the small groups of an initiative."""

import dataclasses
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, ClassVar

from marshmallow import (
    EXCLUDE,
    Schema,
    ValidationError,
    fields,
    post_dump,
    post_load,
    pre_load,
    validates_schema,
)

from kb.domain.content import (
    Condition,
    ConditionKind,
    Cost,
    Delivery,
    FreeWord,
    Funding,
    Participation,
    PartnerRole,
    PlannedMeasure,
    Source,
    Theory,
)
from kb.domain.terms import Scheme
from kb.language.texts import mark as _
from kb.schemas.choices import Choice, Code, Flag
from kb.schemas.complaints import Complaint, shown
from kb.schemas.exactness import types_are_exact
from kb.schemas.fields import BASIC, Address, Day, Text
from kb.schemas.numbers import Whole, Year


class Part(Schema):
    """A group of fields that becomes one frozen value of the domain.

    Fields carry the name of the domain in code and the Dutch key in the document. What is empty or as it
    is by default is left out when written.
    """

    builds: ClassVar[type]
    # Pairs of fields of which the first may not be more than the second.
    at_most: ClassVar[tuple[tuple[str, str], ...]] = ()
    error_messages = {"type": _("This must be a group of named fields.")}  # noqa: RUF012

    class Meta:
        # refuse_unknown_keys does it, with the key that was probably meant.
        unknown = EXCLUDE

    @pre_load
    def leave_out_empty(self, document: Any, **_kwargs: Any) -> Any:
        if not isinstance(document, Mapping):
            return document
        return {key: value for key, value in document.items() if not _is_nothing(value)}

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def refuse_unknown_keys(self, _data: Any, original: Any, **_kwargs: Any) -> None:
        if not isinstance(original, Mapping):
            return
        known = [str(field.data_key) for field in self.fields.values()]
        unknown = {shown(key): [_unknown(key, known)] for key in original if key not in known}
        if unknown:
            raise ValidationError(unknown)

    @validates_schema(skip_on_field_errors=False)
    def keep_order(self, data: Mapping[str, Any], **_kwargs: Any) -> None:
        errors = {}
        for first, second in self.at_most:
            low, high = data.get(first), data.get(second)
            if low is not None and high is not None and low > high:
                names = {"first": self.key(first), "second": self.key(second)}
                errors[self.key(first)] = [Complaint(self._order_message(first), names)]
        if errors:
            raise ValidationError(errors)

    def _order_message(self, name: str) -> str:
        if isinstance(self.fields[name], Day | Year):
            return _("%(first)s may not be later than %(second)s.")
        return _("%(first)s may not be more than %(second)s.")

    @post_load
    def build(self, data: Mapping[str, Any], **_kwargs: Any) -> Any:
        return self.builds(**data)

    @post_dump(pass_original=True)
    def leave_out_defaults(self, written: dict[str, Any], original: Any, **_kwargs: Any) -> dict[str, Any]:
        for field in dataclasses.fields(self.builds):
            if field.name in self.fields and getattr(original, field.name) == field.default:
                written.pop(self.key(field.name), None)
        return written

    def key(self, name: str) -> str:
        """The Dutch key of a field."""
        return self.fields[name].data_key or name


class Several(fields.List[Any]):
    """A list that becomes a tuple; with `once` what occurs twice is kept once."""

    default_error_messages = BASIC

    def __init__(self, inner: Any, *, most: int = 100, once: bool = False, **options: Any) -> None:
        super().__init__(nested(inner) if isinstance(inner, type) else inner, **options)
        self.most = most
        self.once = once

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, list) and len(value) > self.most:
            message = _("At most %(most)s; these are %(n)s.")
            raise ValidationError([Complaint(message, {"most": self.most, "n": len(value)})])
        try:
            items = super()._deserialize(value, attr, data, **kwargs)
        except ValidationError as error:
            # Half a list is no list: nobody should build on it.
            raise ValidationError(error.messages) from None
        return tuple(dict.fromkeys(items) if self.once else items)


def nested(inner: type[Part], **options: Any) -> fields.Nested:
    """One group of fields inside another."""
    return fields.Nested(inner, error_messages=BASIC, **options)


def _unknown(key: object, known: list[str]) -> Complaint:
    near = get_close_matches(str(key)[:100], known, 1)
    if not near:
        return Complaint(_("This field does not exist."), {})
    return Complaint(_("This field does not exist; did you mean %(near)s?"), {"near": near[0]})


def _is_nothing(value: object) -> bool:
    return value is None or (value == "" and not types_are_exact())


class SourceSchema(Part):
    builds = Source

    title = Text(300, required=True, data_key="titel")
    url = Address(required=True, data_key="adres")
    publisher = Text(200, data_key="uitgever")
    date = Text(40, data_key="datum")
    collected = Day(data_key="opgehaald")


class FreeWordSchema(Part):
    builds = FreeWord

    scheme = Choice(Scheme, required=True, data_key="soort")
    word = Text(100, required=True, data_key="woord")


class ParticipationSchema(Part):
    builds = Participation

    name = Text(200, required=True, data_key="naam")
    role = Choice(PartnerRole, required=True, data_key="rol")
    actor_type = Code(Scheme.ACTOR_TYPE, data_key="soort")


class FundingSchema(Part):
    builds = Funding

    source = Text(200, required=True, data_key="bron")
    amount = Whole(data_key="bedrag")
    period = Text(100, data_key="periode")
    source_url = Address(data_key="bronadres")


class TheorySchema(Part):
    builds = Theory

    problem = Text(2000, lines=True, data_key="probleem")
    mechanism = Text(2000, lines=True, data_key="werking")
    outcome = Text(2000, lines=True, data_key="uitkomst")
    sources = Several(Text(2000), most=50, once=True, data_key="bronnen")


class PlannedMeasureSchema(Part):
    builds = PlannedMeasure
    at_most = (("baseline_date", "due_date"),)

    indicator = Code(Scheme.INDICATOR, required=True, data_key="indicator")
    target = Text(300, required=True, data_key="doel")
    baseline_date = Day(data_key="nulmetingOp")
    due_date = Day(data_key="klaarOp")
    planned_comparison = Text(500, data_key="vergelijking")
    locked_at = Day(moment=True, data_key="vastgelegdOp")


class CostSchema(Part):
    builds = Cost

    year = Year(data_key="jaar")
    price_level = Year(data_key="prijspeil")
    total = Whole(data_key="totaal")
    in_kind = Whole(data_key="inNatura")
    participants = Whole(data_key="deelnemers")


class ConditionSchema(Part):
    builds = Condition

    kind = Choice(ConditionKind, required=True, data_key="soort")
    text = Text(1000, required=True, lines=True, data_key="tekst")
    must = Flag(data_key="moet")


class DeliverySchema(Part):
    builds = Delivery
    at_most = (("completed", "started"),)

    target = Whole(data_key="doel")
    reached = Whole(data_key="bereikt")
    started = Whole(data_key="gestart")
    completed = Whole(data_key="afgerond")
    period = Text(100, data_key="periode")
