"""Initiatives in lists, whole, with their verdicts and versions, and as they are worked on."""

from typing import Any

from marshmallow import fields

from kb.domain.content import Activity
from kb.domain.evidence import Direction, Flag, Grade, Level
from kb.domain.search import Facet
from kb.domain.suggestions import SuggestionKind
from kb.domain.workflow import Status
from kb.schemas.content import ContentSchema
from kb.schemas.resources.base import Day, Moment, Resource, codes, count, one_of, words

NOT_MEASURED = "niet_gemeten"
DIRECTIONS = (NOT_MEASURED, *Direction)


class BadgeResource(Resource):
    called = "Oordeel"

    trede = fields.Integer(metadata={"enum": [int(level) for level in Level]})
    direction = one_of(DIRECTIONS, data_key="richting")
    attributable = fields.Boolean(allow_none=True, data_key="toeTeSchrijven")
    places = count("plekken")


class ListedResource(Resource):
    """An initiative in a list."""

    called = "InitiatiefRegel"

    slug = fields.String(attribute="card.slug")
    title = fields.String(attribute="card.title", data_key="titel")
    title_en = words(attribute="card.title_en", data_key="titelEn")
    summary = words(attribute="card.summary", data_key="samenvatting")
    summary_en = words(attribute="card.summary_en", data_key="samenvattingEn")
    lead = words(attribute="card.lead", data_key="trekker")
    area = words(attribute="card.area", data_key="gebied")
    regions = codes("regios", attribute="card.regions")
    levels = codes("niveaus", attribute="card.levels")
    routes = codes("leerwegen", attribute="card.routes")
    recommendations = codes("aanbevelingen", attribute="card.recommendations")
    activity = one_of(Activity, attribute="card.activity", data_key="actief")
    start_year = fields.Integer(attribute="card.start_year", data_key="beginjaar", allow_none=True)
    end_year = fields.Integer(attribute="card.end_year", data_key="eindjaar", allow_none=True)
    here = fields.Nested(BadgeResource, data_key="hierGemeten")
    approach = fields.Nested(BadgeResource, data_key="dezeAanpak", allow_none=True)
    confirmed = Day(data_key="laatstBevestigd", allow_none=True)


class HitResource(ListedResource):
    """An initiative that was found; a higher score fits the words better."""

    called = "Treffer"

    score = fields.Float()


class SuggestionResource(Resource):
    """What somebody may be typing: an initiative, or a choice with how many results it has."""

    called = "Suggestie"

    kind = one_of(SuggestionKind, data_key="soort")
    label = fields.String(data_key="naam")
    slug = fields.String()
    facet = one_of(Facet)
    code = fields.String()
    count = count("aantal")


class BadgesResource(Resource):
    called = "Oordelen"

    here = fields.Nested(BadgeResource, attribute="hier", data_key="hier")
    approach = fields.Nested(BadgeResource, attribute="aanpak", data_key="aanpak")


class InitiativeResource(Resource):
    """Everything the public knows of an initiative: its whole document, with the verdicts that follow."""

    called = "Initiatief"
    embeds = ContentSchema
    embedded = "content"

    slug = fields.String()
    badges = fields.Nested(BadgesResource, data_key="oordelen")
    revision_number = fields.Integer(data_key="versie")
    published_at = Moment(data_key="gepubliceerd")
    confirmed_at = Moment(data_key="laatstBevestigd", allow_none=True)


class StepResource(Resource):
    called = "Stap"

    rule = fields.String(data_key="regel")
    held = fields.Boolean(data_key="klopt")
    because = fields.Function(
        lambda step: {key: _plain(value) for key, value in step.because},
        data_key="omdat",
        metadata={"type": "object", "additionalProperties": True},
    )


class VerdictResource(Resource):
    """A verdict with its whole derivation."""

    called = "OordeelMetAfleiding"

    axis = one_of(("hier", "aanpak"), data_key="over")
    level = fields.Function(
        lambda found: int(found.level),
        data_key="trede",
        metadata={"type": "integer", "enum": [int(level) for level in Level]},
    )
    direction = one_of(DIRECTIONS, data_key="richting")
    attributable = fields.Boolean(allow_none=True, data_key="toeTeSchrijven")
    places = count("plekken")
    flags = fields.List(one_of(Flag), data_key="vlaggen")
    grades = fields.List(one_of(Grade), data_key="klassen")
    rule_version = fields.String(data_key="regelversie")
    input_hash = fields.String(data_key="invoerHash")
    computed_at = Moment(data_key="berekend")
    trace = fields.List(fields.Nested(StepResource), data_key="afleiding")


class VersionResource(Resource):
    called = "Versie"

    number = fields.Integer(data_key="versie")
    at = Moment(data_key="bewaard")
    note = words(data_key="toelichting")


class RemarkResource(Resource):
    called = "Opmerking"

    field = words(data_key="veld")
    words_ = fields.String(attribute="words", data_key="tekst")
    at = Moment(data_key="gemaakt")


class WorkingResource(Resource):
    """The newest version of an initiative, public or not, with what the reviewers remarked."""

    called = "Werkversie"

    slug = fields.String()
    status = one_of(Status, attribute="standing.status")
    is_public = fields.Boolean(attribute="standing.is_public", data_key="openbaar")
    number = fields.Integer(data_key="versie")
    saved_at = Moment(data_key="bewaard")
    remarks = fields.List(fields.Nested(RemarkResource), data_key="opmerkingen")
    content = fields.Nested(ContentSchema, data_key="inhoud")


def _plain(value: Any) -> Any:
    return [_plain(each) for each in value] if isinstance(value, tuple) else value
