"""One initiative as a file: to cite it, to take it in elsewhere, or as linked data."""

from flask import Blueprint, Response

from kb.exchange.edition import Edition
from kb.exchange.formats import KINDS, Format, write
from kb.language.texts import language
from kb.runtime import running
from kb.services import exporting, reading
from kb.web.other_formats import OF_ONE

one_initiative = Blueprint("one_initiative", __name__)

ENDINGS = ", ".join(f'"{each}"' for each in OF_ONE)


@one_initiative.get(f"/initiatieven/<slug>.<any({ENDINGS}):ending>")
def download(slug: str, ending: str) -> Response:
    """What is not public raises NotFound, and an old address leads to the page."""
    wanted, site = Format(ending), running().settings.base_url
    with running().work(origin="web") as work:
        page = reading.initiative_page(work, slug)
        edition = Edition(
            vocabulary=work.vocabulary,
            now=work.now,
            site_name=running().settings.name,
            site_url=site,
            language=language(),
            address=f"{site}/initiatieven/{page.slug}.{ending}",
            page=f"{site}/initiatieven/{page.slug}",
            title=page.content.title,
            approaches=exporting.approach_names(work),
        )
        records = exporting.records_of(work, [page.id])
        body = b"".join(write(wanted, records.values(), edition))
    answer = Response(body, content_type=KINDS[wanted].content_type)
    if wanted is not Format.JSON_LD:
        answer.headers["Content-Disposition"] = f'attachment; filename="{page.slug}.{ending}"'
    return answer
