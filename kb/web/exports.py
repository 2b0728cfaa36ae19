"""Every search as a file, and as a feed of what is new."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from kb.domain.search import Search, Sort
from kb.exchange.atom import MOST
from kb.exchange.edition import Edition
from kb.exchange.formats import KINDS, Format, write
from kb.language.texts import gettext as _
from kb.language.texts import language
from kb.runtime import running
from kb.schemas.search import read_query, refuse_broken, write_query
from kb.services import exporting
from kb.web.speech import base

exports = Blueprint("exports", __name__)

FILES = tuple(each for each in Format if each is not Format.ATOM)
ENDINGS = ", ".join(f'"{each}"' for each in FILES)
# What a browser shows well by itself; the rest is saved.
SHOWN = frozenset({Format.JSON, Format.JSON_LD, Format.ATOM})


@dataclass(frozen=True, slots=True)
class FileLink:
    """A search as a file."""

    address: str
    name: str
    media_type: str


@exports.get(f"/zoeken.<any({ENDINGS}):ending>")
def download(ending: str) -> Response:
    wanted, asked = Format(ending), _asked()
    answer = _answer(wanted, asked, exporting.export(running().work, asked, language=language()))
    if wanted not in SHOWN:
        name = f"initiatieven-{running().clock():%Y-%m-%d}.{ending}"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@exports.get("/feed.atom")
def feed() -> Response:
    asked = _asked()
    newest = replace(asked, sort=Sort.NEWEST)
    outgoing = exporting.export(running().work, newest, language=language(), most=MOST)
    return _answer(Format.ATOM, asked, outgoing)


def file_links(asked: Search) -> list[FileLink]:
    """The whole of a search in every format."""
    return [
        FileLink(f"{base()}/zoeken.{each}{_query(asked)}", KINDS[each].name, KINDS[each].media_type)
        for each in FILES
    ]


def feed_address(asked: Search) -> str:
    return f"{base()}/feed.atom{_query(asked)}"


def _asked() -> Search:
    """A file has no place for a notice, so an address that makes no sense is refused."""
    refuse_broken(request.query_string)
    with running().work(origin="web") as work:
        return read_query(request.args.items(multi=True), work.vocabulary, strict=True)


def _answer(wanted: Format, asked: Search, outgoing: exporting.Outgoing) -> Response:
    site, here = running().settings.base_url, f"{request.path}{_query(asked)}"
    edition = Edition(
        vocabulary=outgoing.work.vocabulary,
        now=outgoing.work.now,
        site_name=running().settings.name,
        site_url=site,
        language=language(),
        address=f"{site}{here}",
        page=f"{site}{base()}/zoeken{_query(asked)}",
        title=_title(asked),
        approaches=exporting.approach_names(outgoing.work),
    )
    answer = Response(write(wanted, outgoing, edition), content_type=KINDS[wanted].content_type)
    answer.call_on_close(outgoing.close)
    return answer


def _title(asked: Search) -> str:
    name = running().settings.name
    if asked.words:
        return _("%(site)s: “%(words)s”", site=name, words=asked.words)
    return _("%(site)s: a choice", site=name) if asked.filters else name


def _query(asked: Search) -> str:
    """Without pages: a file holds everything."""
    query = urlencode(list(write_query(asked.whole)))
    return f"?{query}" if query else ""
