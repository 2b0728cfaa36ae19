"""Studies, and the map of what works with its cells."""

from marshmallow import fields

from kb.domain.evidence import Design, Grade
from kb.domain.poolability import Obstacle, Show
from kb.schemas.resources.base import Resource, count, number, one_of, words
from kb.schemas.studies import StudySchema


class StudyResource(Resource):
    """A study with the grade that the rules give it."""

    called = "Studie"
    embeds = StudySchema
    embedded = "study"

    slug = fields.String(data_key="initiatief")
    initiative_title = fields.String(data_key="initiatiefTitel")
    grade = one_of(Grade, data_key="klasse")


class CellResource(Resource):
    called = "Cel"

    recommendation = fields.String(data_key="aanbeveling")
    level = fields.String(data_key="niveau")
    initiatives = count("initiatieven")
    approaches = count("aanpakken")
    promised = count("beloofd")
    measured = count("gemeten")
    compared = count("vergeleken")
    older = count("ouder")
    directions = fields.Function(
        lambda cell: dict(cell.directions),
        data_key="richtingen",
        metadata={"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
    )


class StudyLineResource(Resource):
    """A study in a cell; positive is better, whatever the indicator."""

    called = "StudieInCel"

    slug = fields.String(data_key="initiatief")
    initiative_title = fields.String(attribute="title", data_key="initiatiefTitel")
    key = fields.String(attribute="study.key", data_key="sleutel")
    title = fields.String(attribute="study.title", data_key="titel")
    design = one_of(Design, attribute="study.design", data_key="ontwerp")
    end_year = fields.Integer(attribute="study.end_year", data_key="eindjaar", allow_none=True)
    grade = one_of(Grade, data_key="klasse")
    indicator = words()
    metric = words(data_key="maat")
    estimate = number(data_key="schatting")
    low = number(attribute="interval.lo", data_key="ondergrens")
    high = number(attribute="interval.hi", data_key="bovengrens")
    direction = words(data_key="richting")


class PooledResource(Resource):
    called = "Samengevoegd"

    k = count("studies")
    estimate = fields.Float(data_key="schatting")
    low = fields.Float(attribute="ci.lo", data_key="ondergrens")
    high = fields.Float(attribute="ci.hi", data_key="bovengrens")
    i2 = fields.Float()
    tau2 = fields.Float()
    prediction_low = number(attribute="pi.lo", data_key="voorspellingOndergrens")
    prediction_high = number(attribute="pi.hi", data_key="voorspellingBovengrens")


class CellPageResource(Resource):
    called = "CelMetStudies"

    recommendation = fields.String(attribute="recommendation.code", data_key="aanbeveling")
    level = fields.String(attribute="level.code", data_key="niveau")
    initiatives = count("initiatieven")
    show = one_of(Show, data_key="tonen")
    obstacles = fields.List(one_of(Obstacle), data_key="belemmeringen")
    lines = fields.List(fields.Nested(StudyLineResource), data_key="studies")
    older = fields.List(fields.Nested(StudyLineResource), data_key="ouder")
    pooled = fields.Nested(PooledResource, data_key="samengevoegd", allow_none=True)
