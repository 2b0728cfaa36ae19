"""The open data: a page that says what there is, the catalogue, the lists of terms, and plain tables."""

from flask import Blueprint, Response, redirect, render_template
from werkzeug.wrappers import Response as BaseResponse

from kb.domain.problems import NotFound
from kb.domain.terms import Scheme, Term
from kb.exchange import dcat, skos
from kb.exchange.datapackage import datapackage_text
from kb.exchange.datasets import DATASETS, About
from kb.exchange.edition import Edition, encoded
from kb.exchange.rdf import MEDIA_TYPES, Graph, Notation, written
from kb.exchange.tables_out import file_name, table_text
from kb.language.texts import DEFAULT_LANGUAGE
from kb.runtime import running
from kb.schemas.columns import Table, tables
from kb.services import exporting, harvesting
from kb.services.work import Work
from kb.web.speech import base
from kb.web.structured import catalogue_data

open_data = Blueprint("open_data", __name__)

NOTATIONS = ", ".join(f'"{each}"' for each in Notation)
TABLES: dict[str, Table] = {file_name(each): each for each in tables()}


@open_data.get("/open-data")
def home() -> str:
    with running().work(origin="web") as work:
        about = about_of(work)
    return render_template(
        "machines/open_data.html",
        datasets=DATASETS,
        tables=TABLES,
        modified=about.modified,
        data=catalogue_data(about),
    )


@open_data.get(f"/open-data/catalogus.<any({NOTATIONS}):notation>")
def catalogue(notation: str) -> Response:
    with running().work(origin="web") as work:
        about = about_of(work)
    return _linked(dcat.catalogue(about), notation)


@open_data.get("/open-data/datapackage.json")
def package() -> Response:
    with running().work(origin="web") as work:
        document = datapackage_text(_edition(work, "datapackage.json"))
    return Response(document, mimetype="application/json")


@open_data.get("/open-data/<name>.csv")
def plain_table(name: str) -> Response:
    table = TABLES.get(f"{name}.csv")
    if table is None:
        raise NotFound("tabel", name)
    outgoing = exporting.export(running().work)
    edition = _edition(outgoing.work, f"{name}.csv")
    pieces = encoded(table_text(table, outgoing, edition), edition.language)
    answer = Response(pieces, content_type="text/csv; charset=utf-8")
    answer.call_on_close(outgoing.close)
    return answer


@open_data.get("/begrippen")
def lists() -> str:
    with running().work(origin="web") as work:
        counted = [(scheme, skos.NAMES[scheme], len(work.vocabulary.all(scheme))) for scheme in Scheme]
    return render_template("machines/lists.html", lists=counted, rights=skos.REGIONS_FROM)


@open_data.get(f"/begrippen.<any({NOTATIONS}):notation>")
def all_terms(notation: str) -> Response:
    with running().work(origin="web") as work:
        linked = skos.schemes(work.vocabulary, running().settings.base_url)
    return _linked(linked, notation)


@open_data.get("/begrippen/<name>")
def terms(name: str) -> str:
    with running().work(origin="web") as work:
        scheme = _scheme(name)
        found = work.vocabulary.all(scheme)
    return render_template(
        "machines/terms.html",
        scheme=scheme,
        name=skos.NAMES[scheme],
        terms=found,
        rights=skos.REGIONS_FROM if scheme is Scheme.REGION else "",
    )


@open_data.get(f"/begrippen/<name>.<any({NOTATIONS}):notation>")
def terms_linked(name: str, notation: str) -> Response:
    with running().work(origin="web") as work:
        linked = skos.schemes(work.vocabulary, running().settings.base_url, [_scheme(name)])
    return _linked(linked, notation)


@open_data.get("/begrippen/<name>/<code>")
def term(name: str, code: str) -> BaseResponse:
    """The name of a term leads to its line in the list."""
    with running().work(origin="web") as work:
        found = _term(work, name, code)
    return redirect(f"{base()}/begrippen/{found.scheme.value}#{found.code}", 303)


@open_data.get(f"/begrippen/<name>/<code>.<any({NOTATIONS}):notation>")
def term_linked(name: str, code: str, notation: str) -> Response:
    with running().work(origin="web") as work:
        linked = skos.one(work.vocabulary, running().settings.base_url, _term(work, name, code))
    return _linked(linked, notation)


def about_of(work: Work) -> About:
    lifetime = harvesting.lifetime(work)
    return About.of(running().settings, issued=lifetime.first, modified=lifetime.last)


def _scheme(name: str) -> Scheme:
    if name not in set(Scheme):
        raise NotFound("begrip", name)
    return Scheme(name)


def _term(work: Work, name: str, code: str) -> Term:
    found = work.vocabulary.get(_scheme(name), code)
    if found is None:
        raise NotFound("begrip", code)
    return found


def _edition(work: Work, name: str) -> Edition:
    site = running().settings.base_url
    return Edition(
        vocabulary=work.vocabulary,
        now=work.now,
        site_name=running().settings.name,
        site_url=site,
        language=DEFAULT_LANGUAGE,
        address=f"{site}/open-data/{name}",
        page=f"{site}/open-data",
        approaches=exporting.approach_names(work),
    )


def _linked(linked: Graph, notation: str) -> Response:
    kind = Notation(notation)
    answer = Response(written(linked, kind), content_type=f"{MEDIA_TYPES[kind]}; charset=utf-8")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
