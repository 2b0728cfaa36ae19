"""The same initiatives in another format, by the header Accept: every hit, unpaged and streamed."""

from flask import Response, request

from kb.api.addresses import api_address, page_address
from kb.domain.search import Search
from kb.exchange.edition import Edition
from kb.exchange.formats import KINDS, Format, write
from kb.language.texts import language
from kb.runtime import running
from kb.schemas.search import write_query
from kb.services import exporting

JSON = "application/json"
# JSON is the answer of the API itself, in pages; the CSV for Excel is for people.
FORMATS = {KINDS[each].media_type: each for each in Format if each not in (Format.JSON, Format.EXCEL_CSV)}
MEDIA_TYPES = (JSON, *FORMATS)


def wanted_format() -> Format | None:
    """What the client would rather have than JSON."""
    return FORMATS.get(request.accept_mimetypes.best_match(MEDIA_TYPES) or JSON)


def stream(wanted: Format, asked: Search) -> Response:
    """Every hit, whatever page was asked for."""
    everything = asked.whole
    query = tuple(write_query(everything))
    outgoing = exporting.export(running().work, everything, language=language())
    edition = Edition(
        vocabulary=outgoing.work.vocabulary,
        now=outgoing.work.now,
        site_name=running().settings.name,
        site_url=running().settings.base_url,
        address=api_address("/initiatieven", query),
        page=page_address("/zoeken", query),
        title=running().settings.name,
        approaches=exporting.approach_names(outgoing.work),
    )
    answer = Response(write(wanted, outgoing, edition), content_type=KINDS[wanted].content_type)
    answer.call_on_close(outgoing.close)
    return answer
