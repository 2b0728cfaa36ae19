"""Regions, recommendations, education levels and indicators: the vocabularies with what is known of each."""

from flask import Blueprint, Response

from kb.api.addresses import link, page_address
from kb.api.answers import Document, in_order, part_of, show, show_part
from kb.api.parsing import asked_of, keys_of
from kb.domain.terms import Scheme, Term, region_kind
from kb.runtime import running
from kb.schemas.collections import INDICATORS, LEVELS, RECOMMENDATIONS, REGIONS
from kb.schemas.resources.places import KINDS_OF_REGION, RegionResource
from kb.services import collecting, places
from kb.services.overview import Line, Place

terms = Blueprint("api_terms", __name__, url_prefix="/api/v1")

_region_line, _region = REGIONS.member(), RegionResource()
_recommendation, _level, _indicator = RECOMMENDATIONS.member(), LEVELS.member(), INDICATORS.member()

REGION_ORDERS = {
    "code": lambda place: place.term.code,
    "naam": lambda place: place.term.label.casefold(),
    "initiatieven": lambda place: place.number,
}
LINE_ORDERS = {
    "code": lambda line: line.term.code,
    "nummer": lambda line: line.term.code,
    "naam": lambda line: line.term.label.casefold(),
    "initiatieven": lambda line: line.standing.initiatives,
}
TERM_ORDERS = {"code": lambda term: term.code, "naam": lambda term: term.label.casefold()}


@terms.get("/regios")
def regions() -> Response:
    with running().work(origin="api") as work:
        asked = asked_of(REGIONS, work.vocabulary)
        found = collecting.regions(work)
    kinds = asked["kinds"]
    kept = [each for each in found if not kinds or KINDS_OF_REGION[region_kind(each.term.code)] in kinds]
    return show_part(
        REGIONS.path, part_of(in_order(kept, asked["sort"], REGION_ORDERS), asked, _written_place)
    )


@terms.get("/regios/<code>")
def region(code: str) -> Response:
    keys = keys_of(RegionResource)
    with running().work(origin="api") as work:
        page = places.region_page(work, code)
    return show({**_region.dump(page), **_way(REGIONS.path, page.term.code, page=True)}, keys=keys)


@terms.get("/aanbevelingen")
def recommendations() -> Response:
    with running().work(origin="api") as work:
        asked = asked_of(RECOMMENDATIONS, work.vocabulary)
        found = collecting.lines(work, Scheme.RECOMMENDATION)
    part = part_of(in_order(found, asked["sort"], LINE_ORDERS), asked, _written_recommendation)
    return show_part(RECOMMENDATIONS.path, part)


@terms.get("/aanbevelingen/<number>")
def recommendation(number: str) -> Response:
    keys = keys_of(RECOMMENDATIONS.member)
    with running().work(origin="api") as work:
        line = collecting.line(work, Scheme.RECOMMENDATION, number)
    return show(_written_recommendation(line), keys=keys)


@terms.get("/onderwijsniveaus")
def levels() -> Response:
    with running().work(origin="api") as work:
        asked = asked_of(LEVELS, work.vocabulary)
        found = collecting.lines(work, Scheme.LEVEL)
    return show_part(LEVELS.path, part_of(in_order(found, asked["sort"], LINE_ORDERS), asked, _written_level))


@terms.get("/onderwijsniveaus/<code>")
def level(code: str) -> Response:
    keys = keys_of(LEVELS.member)
    with running().work(origin="api") as work:
        line = collecting.line(work, Scheme.LEVEL, code)
    return show(_written_level(line), keys=keys)


@terms.get("/indicatoren")
def indicators() -> Response:
    with running().work(origin="api") as work:
        asked = asked_of(INDICATORS, work.vocabulary)
        found = work.vocabulary.all(Scheme.INDICATOR)
    part = part_of(in_order(found, asked["sort"], TERM_ORDERS), asked, _written_indicator)
    return show_part(INDICATORS.path, part)


@terms.get("/indicatoren/<code>")
def indicator(code: str) -> Response:
    keys = keys_of(INDICATORS.member)
    with running().work(origin="api") as work:
        term = collecting.term_of(work, Scheme.INDICATOR, code)
    return show(_written_indicator(term), keys=keys)


def _written_place(place: Place) -> Document:
    return {**_region_line.dump(place), **_way(REGIONS.path, place.term.code, page=True)}


def _written_recommendation(line: Line) -> Document:
    return {**_recommendation.dump(line), **_way(RECOMMENDATIONS.path, line.term.code, page=True)}


def _written_level(line: Line) -> Document:
    return {**_level.dump(line), **_way(LEVELS.path, line.term.code)}


def _written_indicator(term: Term) -> Document:
    return {**_indicator.dump(term), **_way(INDICATORS.path, term.code)}


def _way(path: str, code: str, *, page: bool = False) -> Document:
    """The address here, and that of the page for people where there is one."""
    address = f"{path}/{code}"
    links = {"self": link(address), **({"pagina": {"href": page_address(address)}} if page else {})}
    return {"_links": links}
