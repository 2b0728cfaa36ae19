"""Initiatives next to each other, for those who have to choose or to explain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from kb.domain.content import MeasureKind, Measurement
from kb.domain.search import MAX_QUERY_LENGTH
from kb.language.texts import language
from kb.runtime import running
from kb.services import side_by_side as comparing
from kb.services.reading import InitiativePage
from kb.web.initiative_view import InitiativeView, view_of
from kb.web.speech import base

side_by_side = Blueprint("side_by_side", __name__)

PAGE, SLUG, WORDS = "/vergelijk", "i", "q"
MOST_FIGURES = 4
# Never look at more parameters than a page can show, however long the address.
MOST_READ = 20


@dataclass(frozen=True, slots=True)
class Column:
    """One initiative of the table, with the address of the page without it."""

    page: InitiativePage
    view: InitiativeView
    figures: tuple[Measurement, ...]
    without: str


@side_by_side.get(PAGE)
def compare() -> str:
    asked = request.args.getlist(SLUG)[:MOST_READ]
    words = request.args.get(WORDS, "")[:MAX_QUERY_LENGTH]
    with running().work(origin="web") as work:
        page = comparing.side_by_side(work, asked, words, language())
        views = [view_of(each, work.vocabulary) for each in page.pages]
    slugs = [each.slug for each in page.pages]
    columns = [
        Column(each, view, _figures(each), _address([slug for slug in slugs if slug != each.slug]))
        for each, view in zip(page.pages, views, strict=True)
    ]
    return render_template(
        "public/side_by_side.html",
        page=page,
        columns=columns,
        described=_once(part.heading for view in views for part in view.described),
        facts=_once(heading for view in views for heading, _links in view.facts),
        words=words,
        slugs=slugs,
        with_another=lambda slug: _address([*slugs, slug]),
        most=comparing.MOST,
    )


def _figures(page: InitiativePage) -> tuple[Measurement, ...]:
    """What was measured, outcomes first; opinions stay on the page of the initiative."""
    figures = [m for group in page.results for m in group if m.kind is not MeasureKind.SATISFACTION]
    return tuple(figures[:MOST_FIGURES])


def _once(headings: Iterable[str]) -> list[str]:
    """Every heading that one of the columns has, in the order of the first."""
    return list(dict.fromkeys(headings))


def _address(slugs: Sequence[str]) -> str:
    query = urlencode([(SLUG, slug) for slug in slugs])
    return f"{base()}{PAGE}?{query}" if query else f"{base()}{PAGE}"
