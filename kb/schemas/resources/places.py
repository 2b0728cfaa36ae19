"""The other sides: organisations, approaches, regions, recommendations, levels and indicators."""

from marshmallow import fields

from kb.domain.content import PartnerRole
from kb.domain.terms import RegionKind, region_kind
from kb.schemas.approaches import ApproachSchema
from kb.schemas.resources.base import Resource, codes, count, number, one_of, words
from kb.schemas.resources.initiatives import ListedResource

KINDS_OF_REGION: dict[RegionKind, str] = {
    RegionKind.COUNTRY: "land",
    RegionKind.PART: "landsdeel",
    RegionKind.PROVINCE: "provincie",
    RegionKind.LABOUR_MARKET_REGION: "arbeidsmarktregio",
    RegionKind.MUNICIPALITY: "gemeente",
}


class ApproachLineResource(Resource):
    called = "AanpakRegel"
    embeds = ApproachSchema
    embedded = "approach"

    initiatives = count("initiatieven")


class ApproachResource(Resource):
    called = "Aanpak"
    embeds = ApproachSchema
    embedded = "approach"

    initiatives = fields.List(fields.Nested(ListedResource), data_key="initiatieven")


class OrganisationLineResource(Resource):
    called = "OrganisatieRegel"

    slug = fields.String()
    organisation = fields.String(attribute="name", data_key="naam")
    actor_type = words(data_key="soort")
    initiatives = count("initiatieven")


class PartResource(Resource):
    called = "Deelname"

    role = one_of(PartnerRole, data_key="rol")
    slug = fields.String(data_key="initiatief")
    title = fields.String(data_key="titel")


class OrganisationResource(Resource):
    called = "Organisatie"

    slug = fields.String()
    organisation = fields.String(attribute="name", data_key="naam")
    actor_type = words(data_key="soort")
    total = count("initiatieven")
    parts = fields.List(fields.Nested(PartResource), data_key="deelnames")


class RegionLineResource(Resource):
    called = "RegioRegel"

    code = fields.String(attribute="term.code")
    label = fields.String(attribute="term.label", data_key="naam")
    label_en = fields.String(attribute="term.label_en", data_key="naamEn")
    kind = fields.Function(
        lambda place: KINDS_OF_REGION[region_kind(place.term.code)],
        data_key="soort",
        metadata={"type": "string", "enum": list(KINDS_OF_REGION.values())},
    )
    parents = codes("boven", attribute="term.parents")
    number = count("initiatieven")


class StandingResource(Resource):
    """How far it is: how many initiatives, how many measured an outcome, how many compared it."""

    called = "Stand"

    initiatives = count("initiatieven", attribute="standing.initiatives")
    measured = count("gemeten", attribute="standing.measured")
    compared = count("vergeleken", attribute="standing.compared")


class RegionRecommendationResource(StandingResource):
    called = "AanbevelingInRegio"

    number = fields.String(attribute="term.code", data_key="aanbeveling")


class RegionResource(RegionLineResource):
    called = "Regio"

    number = count("initiatieven", attribute="total")
    below = fields.Function(
        lambda page: [place.term.code for place in page.below],
        data_key="onder",
        metadata={"type": "array", "items": {"type": "string"}},
    )
    recommendations = fields.List(fields.Nested(RegionRecommendationResource), data_key="aanbevelingen")


class RecommendationResource(StandingResource):
    called = "Aanbeveling"

    number = fields.String(attribute="term.code", data_key="nummer")
    label = fields.String(attribute="term.label", data_key="naam")
    label_en = fields.String(attribute="term.label_en", data_key="naamEn")
    short = words(attribute="term.details.kort_nl", data_key="kort")
    text = words(attribute="term.details.uitleg_nl", data_key="uitleg")
    text_en = words(attribute="term.details.uitleg_en", data_key="uitlegEn")


class LevelResource(StandingResource):
    called = "Onderwijsniveau"

    code = fields.String(attribute="term.code")
    label = fields.String(attribute="term.label", data_key="naam")
    label_en = fields.String(attribute="term.label_en", data_key="naamEn")
    parents = codes("boven", attribute="term.parents")


class IndicatorResource(Resource):
    called = "Indicator"

    code = fields.String()
    label = fields.String(data_key="naam")
    label_en = fields.String(data_key="naamEn")
    kind = words(attribute="details.soort", data_key="soort")
    unit = words(attribute="details.eenheid", data_key="eenheid")
    better = words(attribute="details.goed", data_key="goed")
    smallest = number(attribute="details.sesoi", data_key="kleinsteVerschil")
    scale = words(attribute="details.sesoi_maat", data_key="maatKleinsteVerschil")
    definition = words(attribute="details.definitie_nl", data_key="definitie")
    definition_en = words(attribute="details.definitie_en", data_key="definitieEn")
