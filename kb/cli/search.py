"""`kb search`: the same search as the page, for people at a terminal and for measuring."""

import json

import click

from kb.cli.running import running
from kb.domain.search import MAX_PER_PAGE, Search
from kb.language.texts import LANGUAGES, ngettext, speaking
from kb.services import searching


@click.command()
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, MAX_PER_PAGE))
@click.option("--language", default="nl", show_default=True, type=click.Choice(LANGUAGES))
def search(words: tuple[str, ...], as_json: bool, limit: int, language: str) -> None:
    """Search the catalogue for WORDS."""
    asked = Search(words=" ".join(words), per_page=limit)
    with running() as runtime, speaking(language):
        runtime.open_index()
        with runtime.work() as work:
            page = searching.search(work, asked, language)
        click.echo(_document(page) if as_json else _lines(page, language))


def _document(page: searching.Page) -> str:
    items = [
        {"slug": hit.listed.card.slug, "titel": hit.listed.card.title, "score": round(hit.score, 4)}
        for hit in page.hits
    ]
    return json.dumps({"totaal": page.total, "items": items}, ensure_ascii=False)


def _lines(page: searching.Page, language: str) -> str:
    total = ngettext("%(n)s initiative found", "%(n)s initiatives found", page.total)
    titles = (f"{hit.score:7.2f}  {hit.listed.card.title_in(language)}" for hit in page.hits)
    return "\n".join((total, *titles))
