"""`kb search`: the same search as the page, for people at a terminal and for measuring."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click

from kb.cli.running import running
from kb.domain.reasons import Explanation, Reason
from kb.domain.search import MAX_PER_PAGE, Search
from kb.language.notices import notice_text
from kb.language.reasons import reason_text, share_text
from kb.language.texts import LANGUAGES, ngettext, speaking
from kb.services import searching
from kb.services.searching import Hit, Page

Explanations = Mapping[int, Explanation]


@click.command()
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, MAX_PER_PAGE))
@click.option("--language", default="nl", show_default=True, type=click.Choice(LANGUAGES))
@click.option("--explain", is_flag=True, help="Tell of each hit why it was found.")
def search(words: tuple[str, ...], as_json: bool, limit: int, language: str, explain: bool) -> None:
    """Search the catalogue for WORDS."""
    asked = Search(words=" ".join(words), per_page=limit)
    with running() as runtime, speaking(language):
        runtime.open_index()
        with runtime.work() as work:
            page = searching.search(work, asked, language)
            found = searching.explain(work, page, language) if explain else {}
        if as_json:
            click.echo(_document(page, found))
            return
        for notice in page.notices:
            click.echo(notice_text(notice.kind.value, notice.words), err=True)
        click.echo("\n".join(_lines(page, found, language)))


def _document(page: Page, found: Explanations) -> str:
    items = [_item(hit, found.get(hit.listed.id)) for hit in page.hits]
    return json.dumps({"totaal": page.total, "items": items}, ensure_ascii=False)


def _item(hit: Hit, explanation: Explanation | None) -> dict[str, Any]:
    card = hit.listed.card
    item = {"slug": card.slug, "titel": card.title, "score": round(hit.score, 4)}
    if explanation is None:
        return item
    return {**item, "redenen": [_reason(each) for each in explanation.reasons], "aandeel": explanation.share}


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "woord": reason.word,
        "hoe": reason.how.value,
        "gevonden": reason.met,
        "in": reason.parts,
        "punten": round(reason.score, 4),
    }


def _lines(page: Page, found: Explanations, language: str) -> Iterator[str]:
    yield ngettext("%(n)s initiative found", "%(n)s initiatives found", page.total)
    for hit in page.hits:
        yield f"{hit.score:7.2f}  {hit.listed.card.title_in(language)}"
        explanation = found.get(hit.listed.id, Explanation())
        for each in explanation.reasons:
            yield f"{each.score:15.2f}  {reason_text(each)}"
        if round(explanation.share, 2) < 1:
            yield f"{'':15}  {share_text(explanation.share)}"
