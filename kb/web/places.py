"""Pages of organisations, regions, recommendations and approaches."""

from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from kb.language.evidence import obstacle_sentences
from kb.language.measuring_together import reach_sentences, sight_sentences
from kb.language.measuring_together import reading as how_to_read
from kb.runtime import running
from kb.services import overview
from kb.services import places as reading
from kb.services.approaches import WholeApproach, whole_approach
from kb.services.programmes import programme_lines
from kb.web.firmness import firmness_of
from kb.web.forest import forest_of
from kb.web.maps import region_map
from kb.web.speech import base
from kb.web.words import outcome_is_measured

places = Blueprint("places", __name__)


@places.get("/organisaties/<slug>")
def organisation(slug: str) -> str:
    with running().work(origin="web") as work:
        page = reading.organisation_page(work, slug)
    return render_template("public/organisation.html", page=page)


@places.get("/regios")
def regions() -> str:
    with running().work(origin="web") as work:
        labour_market, provinces = overview.places(work)
    return render_template(
        "public/regions.html",
        regions=labour_market,
        provinces=provinces,
        region_map=region_map(labour_market, "arbeidsmarktregio"),
        province_map=region_map(provinces, "provincie"),
    )


@places.get("/regios/<code>")
def region(code: str) -> str | Response:
    with running().work(origin="web") as work:
        page = reading.region_page(work, code.upper())
    if code != page.term.code:
        return redirect(f"{base()}/regios/{page.term.code}", 301)
    return render_template("public/region.html", page=page)


@places.get("/aanbevelingen")
def recommendations() -> str:
    with running().work(origin="web") as work:
        lines = overview.recommendation_lines(work)
    return render_template("public/recommendations.html", lines=lines)


@places.get("/aanbevelingen/<number>")
def recommendation(number: str) -> str:
    with running().work(origin="web") as work:
        page = reading.recommendation_page(work, number)
    return render_template(
        "public/recommendation.html", page=page, map=region_map(page.regions, "arbeidsmarktregio")
    )


@places.get("/programmas")
def programmes() -> str:
    with running().work(origin="web") as work:
        lines = programme_lines(work)
    return render_template("public/programmes.html", lines=lines)


@places.get("/aanpakken")
def approaches() -> str:
    with running().work(origin="web") as work:
        lines = reading.approaches(work)
    return render_template("public/approaches.html", lines=lines)


@places.get("/aanpakken/<slug>")
def approach(slug: str) -> str:
    with running().work(origin="web") as work:
        page = whole_approach(work, slug)
    forest = forest_of(page.studies) if page.studies.drawn else None
    return render_template(
        "public/approach.html",
        page=page,
        approach=page.approach,
        measured=any(outcome_is_measured(listed.card) for listed in page.initiatives),
        map=region_map(page.regions, "arbeidsmarktregio"),
        forest=forest,
        firmness=firmness_of(page.studies, forest.scale) if forest else None,
        reasons=obstacle_sentences(page.studies.obstacles),
        together=[*reach_sentences(page.shared), *sight_sentences(page.shared)],
        reading=how_to_read(page.shared),
        promise=_promise(page),
    )


def _promise(page: WholeApproach) -> str:
    """The form of a promise, with the outcome that the places share filled in."""
    asked = {"indicator": page.indicator.code} if page.indicator else {}
    return f"{base()}/mijn/beloften/nieuw?{urlencode(asked)}"
