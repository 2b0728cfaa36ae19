"""Every initiative has a page that states its sources and figures exactly as the research does."""

import html
import re

import pytest

from tools.converting.rules import FILES, read

RECORDS = {record["slug"]: record for name in FILES for record in read(name)}
NOT_MEASURED = "Nog niemand heeft gemeten of het helpt"


@pytest.fixture(scope="module")
def pages(seeded_app):
    client = seeded_app.test_client()
    answers = {slug: client.get(f"/initiatieven/{slug}") for slug in RECORDS}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {slug: answer.text for slug, answer in answers.items()}


def test_all_422_have_a_page_with_their_title_and_summary(pages):
    assert len(pages) == 422
    for slug, page in pages.items():
        assert RECORDS[slug]["title"] in _text(page)
        assert _one_line(RECORDS[slug]["summary_nl"]) in _text(page)


def test_every_source_stands_on_the_page_in_its_order(pages):
    for slug, page in pages.items():
        listed = re.findall(r'<li id="bron-\d+"><a href="([^"]*)"', page)
        assert [html.unescape(url) for url in listed] == [s["url"] for s in RECORDS[slug]["sources"]]


def test_every_figure_stands_in_one_row_with_its_words_and_its_source(pages):
    for slug, page in pages.items():
        rows = [_row(row) for row in re.findall(r"<tr\b.*?</tr>", page, re.DOTALL)]
        urls = [source["url"] for source in RECORDS[slug]["sources"]]
        for figure in RECORDS[slug]["evidence"]:
            wanted = (_one_line(figure["indicator"]), _words(figure), _source(figure["source"], urls))
            assert wanted in [row[:3] for row in rows], (slug, wanted)


def test_conflicting_figures_stand_side_by_side(pages):
    """As many rows as there are figures: nothing is merged, nothing chosen."""
    for slug, page in pages.items():
        rows = re.findall(r'class="table figures-table".*?</table>', page, re.DOTALL)
        shown = sum(table.count('<th scope="row"') for table in rows)
        assert shown == len(RECORDS[slug]["evidence"]), slug


def test_where_no_outcome_was_measured_the_page_says_so(pages):
    without = {slug for slug, record in RECORDS.items() if not record["evidence"]}
    assert len(without) > 200
    assert all("Niet gemeten" in pages[slug] and NOT_MEASURED in pages[slug] for slug in without)


def test_a_source_text_on_an_english_page_is_marked_as_dutch(seeded_app):
    page = seeded_app.test_client().get("/en/initiatieven/mkb-idee").text
    assert re.search(r'<th scope="row" lang="nl">', page)
    assert "<h2>What is it?</h2>" in page
    assert "Hoe en door wie" not in page


def _row(row: str) -> tuple[str, str, str]:
    """Label, figure with its unit, and the address or anchor of the source."""
    label = re.search(r'<th scope="row"[^>]*>(.*?)(?:<br>|</th>)', row, re.DOTALL)
    cells = re.findall(r"<td\b[^>]*>(.*?)</td>", row, re.DOTALL)
    if not label or len(cells) != 4:
        return ("", "", "")
    link = re.search(r'href="([^"]*)"', cells[3])
    figure = _text(cells[0].partition("<br>")[0])
    return _text(label[1]), figure, html.unescape(link[1]) if link else ""


def _source(url: str, urls: list[str]) -> str:
    return f"#bron-{urls.index(url) + 1}" if url in urls else url


def _words(figure: dict) -> str:
    value = figure["value"]
    words = str(value).replace(".", ",") if isinstance(value, float) else str(value)
    return _one_line(f"{words} {figure['unit']}")


def _text(markup: str) -> str:
    return _one_line(html.unescape(re.sub(r"<[^>]+>", "", markup)))


def _one_line(text: str) -> str:
    return " ".join(text.split())
