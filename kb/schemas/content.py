"""The document of an initiative, one for seed, import, form and API: Dutch keys outside, Content inside."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from marshmallow import ValidationError, validates_schema

from kb.domain.content import Activity, Content, Measurement
from kb.domain.problems import FieldError, Invalid
from kb.domain.terms import Scheme, Vocabulary
from kb.language.texts import mark as _
from kb.schemas.choices import Choice, Code, checking_against
from kb.schemas.complaints import Complaint, field_errors, shown
from kb.schemas.exactness import taking_types_exactly
from kb.schemas.fields import Address, Email, Slug, Text
from kb.schemas.numbers import Year
from kb.schemas.parts import (
    ConditionSchema,
    CostSchema,
    DeliverySchema,
    FreeWordSchema,
    FundingSchema,
    Part,
    ParticipationSchema,
    PlannedMeasureSchema,
    Several,
    SourceSchema,
    TheorySchema,
    nested,
)
from kb.schemas.studies import MeasurementSchema, StudySchema

MOST_MEASUREMENTS = 500
NO_STUDY = _("There is no study with the key %(key)s.")
# Keys of a document that name the record and say nothing about the initiative.
RECORD_KEYS = ("slug", "bronsleutel")


class ContentSchema(Part):
    builds = Content
    at_most = (("start_year", "end_year"),)

    title = Text(200, shortest=3, required=True, data_key="titel")
    title_en = Text(200, data_key="titelEn")
    summary = Text(3000, lines=True, load_default="", data_key="samenvatting")
    summary_en = Text(3000, lines=True, data_key="samenvattingEn")
    goal = Text(3000, lines=True, data_key="doel")
    goal_en = Text(3000, lines=True, data_key="doelEn")
    audience = Text(3000, lines=True, data_key="voorWie")
    audience_en = Text(3000, lines=True, data_key="voorWieEn")
    activities = Text(5000, lines=True, data_key="activiteiten")
    activities_en = Text(5000, lines=True, data_key="activiteitenEn")
    requirements = Text(3000, lines=True, data_key="voorwaarden")
    requirements_en = Text(3000, lines=True, data_key="voorwaardenEn")
    lessons = Text(3000, lines=True, data_key="geleerd")
    lessons_en = Text(3000, lines=True, data_key="geleerdEn")
    url = Address(data_key="website")
    contact_email = Email(data_key="contactEmail")
    contact_url = Address(data_key="contactAdres")
    activity = Choice(Activity, data_key="actief")
    phase = Code(Scheme.PHASE, data_key="fase")
    start_year = Year(data_key="beginjaar")
    end_year = Year(data_key="eindjaar")
    regions = Several(Code(Scheme.REGION), most=400, once=True, data_key="regios")
    area = Text(200, data_key="gebied")
    recommendations = Several(Code(Scheme.RECOMMENDATION), once=True, data_key="aanbevelingen")
    levels = Several(Code(Scheme.LEVEL), once=True, data_key="niveaus")
    routes = Several(Code(Scheme.ROUTE), once=True, data_key="leerwegen")
    instruments = Several(Code(Scheme.INSTRUMENT), once=True, data_key="instrumenten")
    sectors = Several(Code(Scheme.SECTOR), once=True, data_key="sectoren")
    target_groups = Several(Code(Scheme.TARGET_GROUP), once=True, data_key="doelgroepen")
    programmes = Several(Code(Scheme.PROGRAMME), once=True, data_key="programmas")
    free_words = Several(FreeWordSchema, once=True, data_key="vrijeWoorden")
    organisations = Several(ParticipationSchema, once=True, data_key="organisaties")
    funding = Several(FundingSchema, data_key="financiering")
    approaches = Several(Slug(), most=20, once=True, data_key="aanpakken")
    parent = Slug(data_key="onderdeelVan")
    successor = Slug(data_key="opgevolgdDoor")
    adopted_from = Several(Slug(), most=20, once=True, data_key="overgenomenVan")
    sources = Several(SourceSchema, most=200, once=True, data_key="bronnen")
    theory = nested(TheorySchema, data_key="onderbouwing")
    measurements = Several(MeasurementSchema, most=MOST_MEASUREMENTS, data_key="metingen")
    studies = Several(StudySchema, data_key="studies")
    promises = Several(PlannedMeasureSchema, data_key="beloften")
    costs = Several(CostSchema, data_key="kosten")
    conditions = Several(ConditionSchema, data_key="voorwaardenOverdracht")
    delivery = Several(DeliverySchema, data_key="uitvoering")

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def keep_studies_apart(self, _data: Any, original: Any, **_kwargs: Any) -> None:
        """No two studies under one key, and no measurement of a study that is not there."""
        keys = Counter(key for _position, key in _named(original, "studies", "sleutel"))
        errors: dict[str, Any] = {}
        if twice := [key for key, count in keys.items() if count > 1]:
            message = _("Two studies have the key %(key)s.")
            errors["studies"] = [Complaint(message, {"key": shown(twice[0])})]
        for position, key in _named(original, "metingen", "studie"):
            if key not in keys:
                complaint = Complaint(NO_STUDY, {"key": shown(key)})
                errors.setdefault("metingen", {})[position] = {"studie": [complaint]}
        if errors:
            raise ValidationError(errors)


_schema, _measurement = ContentSchema(), MeasurementSchema()


def read_content(document: object, vocabulary: Vocabulary) -> Content:
    """The initiative in the document; raises Invalid with every error. Its slug is another's concern."""
    if isinstance(document, Mapping):
        document = {key: value for key, value in document.items() if key not in RECORD_KEYS}
    with checking_against(vocabulary):
        try:
            content: Content = _schema.load(document)  # type: ignore[arg-type]
        except ValidationError as error:
            raise Invalid(tuple(field_errors(error.messages))) from None
    return content


def read_content_exactly(document: object, vocabulary: Vocabulary) -> Content:
    """As a program sends it: every type as described, and no key that says nothing of the initiative."""
    with checking_against(vocabulary), taking_types_exactly():
        try:
            content: Content = _schema.load(document)  # type: ignore[arg-type]
        except ValidationError as error:
            raise Invalid(tuple(field_errors(error.messages))) from None
    return content


def with_measurement(content: Content, document: object, vocabulary: Vocabulary) -> Content:
    """The initiative with one measurement more, as a program sends it; raises Invalid with every error."""
    with checking_against(vocabulary), taking_types_exactly():
        try:
            measured: Measurement = _measurement.load(document)  # type: ignore[arg-type]
        except ValidationError as error:
            raise Invalid(tuple(field_errors(error.messages))) from None
    if measured.study and measured.study not in {study.key for study in content.studies}:
        raise Invalid((FieldError("studie", NO_STUDY, {"key": shown(measured.study)}),))
    if len(content.measurements) >= MOST_MEASUREMENTS:
        raise Invalid((FieldError("", _("There can be at most %(n)s."), {"n": MOST_MEASUREMENTS}),))
    return replace(content, measurements=(*content.measurements, measured))


def write_content(content: Content) -> dict[str, Any]:
    """The document of the initiative, keys always in the same order, what is empty or usual left out."""
    written: dict[str, Any] = _schema.dump(content)
    return written


def _named(document: object, group: str, key: str) -> Iterator[tuple[int, str]]:
    """The words under the key in each item of the group, as they came in: other fields may be wrong."""
    items = document.get(group) if isinstance(document, Mapping) else None
    for position, item in enumerate(items if isinstance(items, list) else ()):
        value = item.get(key) if isinstance(item, Mapping) else None
        if isinstance(value, str) and value.strip():
            yield position, value.strip()
