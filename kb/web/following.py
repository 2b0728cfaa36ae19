"""What somebody follows: saved searches, shortlists and frozen figures."""

from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.domain.briefing import Briefing
from kb.domain.following import Rhythm
from kb.domain.policies import EVERYONE, policy
from kb.domain.problems import Invalid
from kb.domain.rights import Right
from kb.domain.search import Search
from kb.language import briefing as sentences
from kb.language.texts import language
from kb.runtime import running
from kb.schemas.search import read_query, write_query
from kb.services import briefing as briefings
from kb.services import following, reading, shortlists
from kb.web import login
from kb.web.briefing import file_of, page_of
from kb.web.forms import Told, field, told
from kb.web.policies import open_without_form
from kb.web.speech import base

following_pages = Blueprint("following", __name__)

Page = str | Response | tuple[str, int]


@following_pages.get("/mijn/volgen")
@policy(Right.SAVED_SEARCHES)
def overview() -> Page:
    with running().work(origin=login.origin()) as work:
        person = login.visitor()
        found = (
            following.own(work, person),
            shortlists.own(work, person),
            briefings.own_snapshots(work, person),
        )
    searches, lists, snapshots = found
    return render_template(
        "following/overview.html",
        searches=searches,
        lists=lists,
        snapshots=snapshots,
        rhythms=tuple(Rhythm),
        sentences=sentences,
    )


@following_pages.get("/mijn/volgen/nieuw")
@policy(Right.SAVED_SEARCHES)
def new_search() -> Page:
    return _new_page(urlencode(list(write_query(_asked(request.query_string.decode("utf-8", "replace"))))))


@following_pages.post("/mijn/volgen/nieuw")
@policy(Right.SAVED_SEARCHES)
def save_search() -> Page:
    asked = _asked(request.form.get("zoekopdracht", ""))
    query = urlencode(list(write_query(asked)))
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            following.save(
                work, login.visitor(), name=field("naam"), query=query, asked=asked, rhythm=_rhythm()
            )
    except Invalid as invalid:
        return _new_page(query, told(invalid)), 422
    return redirect(f"{base()}/mijn/volgen", 303)


@following_pages.post("/mijn/volgen/<int:key>")
@policy(Right.SAVED_SEARCHES)
def change_search(key: int) -> Page:
    with running().work(writing=True, origin=login.origin()) as work:
        if field("doe") == "weg":
            following.forget(work, login.visitor(), key)
        else:
            following.set_rhythm(work, login.visitor(), key, _rhythm())
    return redirect(f"{base()}/mijn/volgen", 303)


@following_pages.get("/volgen/<int:key>/opzeggen/<token>")
@policy(EVERYONE)
def unsubscribe(key: int, token: str) -> Page:
    with running().work(origin="web") as work:
        name = following.name_behind(work, key, token)
    return render_template("following/end.html", name=name, ended=False)


@following_pages.post("/volgen/<int:key>/opzeggen/<token>")
@open_without_form
@policy(EVERYONE)
def end_mails(key: int, token: str) -> Page:
    with running().work(writing=True, origin="web") as work:
        name = following.name_behind(work, key, token)
        following.end_mails(work, key, token)
    return render_template("following/end.html", name=name, ended=True)


@following_pages.get("/mijn/lijsten/erop")
@policy(Right.SAVED_SEARCHES)
def choose_list() -> Page:
    return _choose_page(request.args.get("i", ""))


@following_pages.post("/mijn/lijsten/erop")
@policy(Right.SAVED_SEARCHES)
def put_on_list() -> Page:
    slug, key = field("i"), field("lijst")
    try:
        with running().work(writing=True, origin=login.origin()) as work:
            key = key or shortlists.make(work, login.visitor(), field("naam"))
            shortlists.put(work, login.visitor(), key, slug, field("notitie"))
    except Invalid as invalid:
        return _choose_page(slug, told(invalid)), 422
    return redirect(f"{base()}/mijn/lijsten/{key}", 303)


@following_pages.get("/mijn/lijsten/<key>")
@policy(Right.SAVED_SEARCHES)
def show_list(key: str) -> Page:
    with running().work(origin=login.origin()) as work:
        found = shortlists.look(work, login.visitor(), key)
        page = briefings.of_list(work, found.notes, title=found.name, language=language())
    return render_template(
        "following/list.html",
        found=found,
        briefing=page,
        sentences=sentences,
        vocabulary=running().vocabulary,
        address=f"{running().settings.base_url}{base()}/mijn/lijsten/{key}",
    )


@following_pages.post("/mijn/lijsten/<key>")
@policy(Right.SAVED_SEARCHES)
def change_list(key: str) -> Page:
    person, deed, slug = login.visitor(), field("doe"), field("i")
    with running().work(writing=True, origin=login.origin()) as work:
        if deed == "notitie":
            shortlists.put(work, person, key, slug, field("notitie"))
        elif deed == "eraf":
            shortlists.take(work, person, key, slug)
        elif deed in ("delen", "niet-delen"):
            shortlists.share(work, person, key, shared=deed == "delen")
        elif deed == "vastleggen":
            found = shortlists.look(work, person, key)
            # Everybody can read what is frozen; notes are for who shares the list.
            bare = dict.fromkeys(found.notes, "")
            page = briefings.of_list(work, bare, title=found.name, language=language())
            return redirect(f"{base()}/stand/{briefings.freeze(work, person, page)}", 303)
        elif deed == "weg":
            shortlists.drop(work, person, key)
            return redirect(f"{base()}/mijn/volgen", 303)
    return redirect(f"{base()}/mijn/lijsten/{key}", 303)


@following_pages.get("/mijn/lijsten/<key>/briefing")
@policy(Right.SAVED_SEARCHES)
def list_briefing(key: str) -> Page:
    return page_of(_of_list(key), f"{base()}/mijn/lijsten/{key}/briefing", list_key=key)


@following_pages.get("/mijn/lijsten/<key>/briefing.<any(docx, csv):ending>")
@policy(Right.SAVED_SEARCHES)
def list_file(key: str, ending: str) -> Page:
    return file_of(_of_list(key), ending, f"{base()}/mijn/lijsten/{key}/briefing")


def _of_list(key: str) -> Briefing:
    with running().work(origin=login.origin()) as work:
        found = shortlists.look(work, login.visitor(), key)
        return briefings.of_list(work, found.notes, title=found.name, language=language())


def _new_page(query: str, errors: tuple[Told, ...] = ()) -> str:
    return render_template(
        "following/new.html", query=query, errors=errors, rhythms=tuple(Rhythm), chosen=_rhythm()
    )


def _choose_page(slug: str, errors: tuple[Told, ...] = ()) -> str:
    with running().work(origin=login.origin()) as work:
        lists = shortlists.own(work, login.visitor())
        title = reading.published(work, slug).content.title
    return render_template("following/choose.html", lists=lists, slug=slug, title=title, errors=errors)


def _asked(query: str) -> Search:
    """The search behind an address, whatever page somebody was on."""
    asked = read_query(parse_qsl(query), running().vocabulary)
    return Search(asked.words, asked.filters, asked.include_national, asked.sort)


def _rhythm() -> Rhythm:
    given = field("ritme")
    return Rhythm(given) if given in set(Rhythm) else Rhythm.WEEKLY
