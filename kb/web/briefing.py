"""Briefings: what a ministry prints, opens in Word or points at in a letter."""

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kb.domain.briefing import Briefing, changes
from kb.domain.policies import policy
from kb.domain.rights import Right, holds
from kb.domain.search import MAX_QUERY_LENGTH, Search
from kb.domain.terms import Scheme
from kb.exchange.edition import Edition
from kb.exchange.map_picture import map_png
from kb.language import briefing as sentences
from kb.language.texts import gettext as _
from kb.language.texts import language
from kb.runtime import running
from kb.schemas.search import pairs_of, read_query, write_query
from kb.services import briefing as briefings
from kb.services.overview import Place
from kb.services.work import Work
from kb.web import login
from kb.web.facets import chips_of
from kb.web.maps import RegionMap, region_map
from kb.web.speech import base

if TYPE_CHECKING:
    from kb.exchange.briefing_out import MapPicture

briefing_pages = Blueprint("briefing", __name__)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"docx": WORD, "csv": "text/csv; charset=utf-8"}


@briefing_pages.get("/briefing")
def show() -> str:
    with running().work(origin="web") as work:
        found = _of_address(work)
    return page_of(found, f"{base()}/briefing?{found.query}")


@briefing_pages.get("/briefing.<any(docx, csv):ending>")
def download(ending: str) -> Response:
    with running().work(origin="web") as work:
        found = _of_address(work)
    return file_of(found, ending, f"{base()}/briefing?{found.query}")


@briefing_pages.post("/briefing/vastleggen")
@policy(Right.SAVED_SEARCHES)
def freeze() -> AnyResponse:
    with running().work(writing=True, origin=login.origin()) as work:
        key = briefings.freeze(work, login.visitor(), _of_query(work, request.form.get("zoekopdracht", "")))
    return redirect(f"{base()}/stand/{key}", 303)


@briefing_pages.get("/stand/<key>")
def frozen(key: str) -> str:
    with running().work(origin="web") as work:
        found = briefings.frozen(work, key)
    return page_of(found.briefing, f"{base()}/stand/{key}", key=key)


@briefing_pages.get("/stand/<key>.<any(docx, csv):ending>")
def frozen_file(key: str, ending: str) -> Response:
    with running().work(origin="web") as work:
        found = briefings.frozen(work, key)
    return file_of(found.briefing, ending, f"{base()}/stand/{key}")


@briefing_pages.get("/stand/<key>/sindsdien")
def since(key: str) -> str:
    with running().work(origin="web") as work:
        then = briefings.frozen(work, key)
        query = then.briefing.query
        asked = read_query(parse_qsl(query), work.vocabulary) if query else None
        now = briefings.of_the_same(work, then, asked, language())
    return render_template(
        "insight/since.html",
        then=then.briefing,
        now=now,
        key=key,
        changes=[(each, sentences.changed(each)) for each in changes(then.briefing, now)],
        sentences=sentences,
    )


def _of_address(work: Work) -> Briefing:
    return _of_search(work, read_query(pairs_of(request.query_string), work.vocabulary))


def _of_query(work: Work, query: str) -> Briefing:
    return _of_search(work, read_query(parse_qsl(query), work.vocabulary))


def _of_search(work: Work, asked: Search) -> Briefing:
    """Pages mean nothing here: a briefing holds everything."""
    whole = Search(asked.words, asked.filters, asked.include_national, asked.sort)
    query = urlencode(list(write_query(whole)))
    title = _title(whole, work)
    return briefings.of_search(work, whole, title=title, query=query, language=language())


def _title(asked: Search, work: Work) -> str:
    words = [f"“{asked.words[:MAX_QUERY_LENGTH]}”"] if asked.words else []
    chosen = [chip.text for chip in chips_of(asked, work.vocabulary)]
    about = ", ".join([*words, *chosen])
    return _("Briefing: %(about)s", about=about) if about else _("Briefing: all initiatives")


def page_of(found: Briefing, address: str, *, key: str = "", list_key: str = "") -> str:
    """A briefing as a page to read and to print; with a key it is a frozen one.

    What stands on a list is found by no search, so its numbers lead nowhere."""
    of_address = f"/stand/{key}" if key else f"/mijn/lijsten/{list_key}/briefing" if list_key else "/briefing"
    return render_template(
        "insight/briefing.html",
        briefing=found,
        sentences=sentences,
        vocabulary=running().vocabulary,
        map=_map(found),
        key=key,
        address=f"{running().settings.base_url}{address}",
        list_key=list_key,
        is_list=bool(list_key) or bool(key and not found.query),
        file_base=f"{base()}{of_address}",
        may_freeze=not key and holds(login.visitor(), Right.SAVED_SEARCHES),
    )


def _map(found: Briefing) -> RegionMap:
    vocabulary = running().vocabulary
    places = [Place(vocabulary.term(Scheme.REGION, code), number) for code, number in found.by_region]
    return region_map(places, "arbeidsmarktregio")


def _picture(found: Briefing) -> "MapPicture":
    from kb.exchange.briefing_out import MapPicture  # noqa: PLC0415 - as above

    drawn = _map(found)
    shapes = [(shape.path, shape.step) for shape in drawn.shapes]
    return MapPicture(map_png(drawn.view_box, shapes), drawn.legend)


def file_of(found: Briefing, ending: str, address: str) -> Response:
    """The same for Word, or as a table."""
    from kb.exchange.briefing_out import write_csv, write_docx  # noqa: PLC0415 - 5 MB, for one download

    settings = running().settings
    edition = Edition(
        vocabulary=running().vocabulary,
        now=running().clock(),
        site_name=settings.name,
        site_url=settings.base_url,
        language=language(),
        page=f"{settings.base_url}{address}",
        title=found.title,
    )
    body = write_docx(found, edition, _picture(found)) if ending == "docx" else write_csv(found, edition)
    answer = Response(body, content_type=TYPES[ending])
    answer.headers["Content-Disposition"] = f'attachment; filename="briefing-{found.made_on}.{ending}"'
    return answer
