"""What everybody can read: the front page, search, and one initiative."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.search import Search, Sort
from kb.language.notices import notice_text
from kb.language.texts import gettext as _
from kb.language.texts import language
from kb.runtime import running
from kb.schemas.search import pairs_of, read_query, write_query
from kb.services import overview, reading, searching
from kb.services.missed import worth_noting
from kb.services.neighbours import neighbours
from kb.web.comb import comb_of
from kb.web.evidence_view import evidence_view
from kb.web.exports import feed_address, file_links
from kb.web.facets import chips_of, groups_of, national_option
from kb.web.guesses import guesses_of, taken_away
from kb.web.initiative_view import InitiativeView, view_of
from kb.web.maps import region_map
from kb.web.speech import base
from kb.web.structured import project_data

public = Blueprint("public", __name__)


@public.get("/")
def front() -> str:
    with running().work(origin="web") as work:
        page = overview.front_page(work)
    return render_template(
        "public/front.html",
        page=page,
        comb=comb_of(page.recommendations),
        map=region_map(page.regions, "arbeidsmarktregio"),
    )


@public.get("/zoeken")
def search() -> str:
    with running().work(origin="web") as work:
        asked = read_query(pairs_of(request.query_string), work.vocabulary)
        page = searching.search(work, asked, language())
        vocabulary, names = work.vocabulary, searching.names_on(work, page)
    if worth_noting(asked, page.total):
        running().note_missed(asked)
    return render_template(
        "public/search.html",
        page=page,
        groups=groups_of(page, vocabulary),
        chips=chips_of(asked, vocabulary, names),
        guesses=guesses_of(page, vocabulary, names),
        taken_away=list(taken_away(asked, vocabulary, names)),
        notices=[notice_text(notice.kind.value, notice.words) for notice in page.notices],
        address=search_address,
        national=national_option(page),
        notice_links=[_notice_link(asked, notice.kind.value, notice.words) for notice in page.notices],
        sorts=tuple(Sort),
        cleared=Search(words=asked.words, sort=asked.sort),
        page_numbers=page_numbers,
        api_address=f"/api/v1/initiatieven?{urlencode(list(write_query(asked)))}",
        files=file_links(asked),
        follow=search_address(replace(asked, page=1)).replace("/zoeken", "/mijn/volgen/nieuw", 1),
        briefing=search_address(replace(asked, page=1)).replace("/zoeken", "/briefing", 1),
        feed=feed_address(asked),
    )


@public.get("/initiatieven/<slug>")
def initiative(slug: str) -> str:
    with running().work(origin="web") as work:
        page = reading.initiative_page(work, slug)
        view = view_of(page, work.vocabulary)
        elsewhere = neighbours(work, page)
        data = project_data(work, page)
    words = {name: getattr(view, name) for name in InitiativeView.__slots__}
    return render_template(
        "public/initiative.html",
        page=page,
        content=page.content,
        known=evidence_view(page),
        elsewhere=elsewhere,
        data=data,
        **words,
    )


@public.get("/initiatieven")
def initiatives() -> Response:
    return redirect(f"{base()}/zoeken", 301)


def page_numbers(now: int, last: int) -> list[int]:
    """The pages to link: the first, the last and those around this one; 0 stands for a gap."""
    wanted = sorted({1, last, *range(max(1, now - 2), min(last, now + 2) + 1)} & set(range(1, last + 1)))
    numbers: list[int] = []
    for number in wanted:
        if numbers and number - numbers[-1] > 1:
            numbers.append(0)
        numbers.append(number)
    return numbers


def _notice_link(asked: Search, kind: str, words: tuple[str, ...]) -> tuple[str, str] | None:
    """What a notice offers: to search for the very word that was corrected."""
    if kind != "corrected":
        return None
    exact = replace(asked, words=f'"{words[0]}"', page=1)
    return search_address(exact), _("Search for %(words)s after all", words=words[0])


def search_address(asked: Search) -> str:
    """The address of this search in the reader's language."""
    query = urlencode(list(write_query(asked)))
    return f"{base()}/zoeken?{query}" if query else f"{base()}/zoeken"
