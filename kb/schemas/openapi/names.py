"""What the description calls each part of the document of an initiative."""

from marshmallow import Schema

from kb.schemas.approaches import ApproachSchema
from kb.schemas.content import ContentSchema
from kb.schemas.parts import (
    ConditionSchema,
    CostSchema,
    DeliverySchema,
    FreeWordSchema,
    FundingSchema,
    ParticipationSchema,
    PlannedMeasureSchema,
    SourceSchema,
    TheorySchema,
)
from kb.schemas.studies import EffectSchema, MeasurementSchema, StudySchema

NAMES: dict[type[Schema], str] = {
    ApproachSchema: "AanpakDocument",
    ContentSchema: "Inhoud",
    ConditionSchema: "VoorwaardeOverdracht",
    CostSchema: "Kosten",
    DeliverySchema: "Uitvoering",
    FreeWordSchema: "VrijWoord",
    FundingSchema: "Financiering",
    ParticipationSchema: "OrganisatieMetRol",
    PlannedMeasureSchema: "Belofte",
    SourceSchema: "Bron",
    TheorySchema: "Onderbouwing",
    EffectSchema: "Effect",
    MeasurementSchema: "Meting",
    StudySchema: "StudieDocument",
}
