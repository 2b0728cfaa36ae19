"""Each of the 422 pages answers, links its sources and states its figures exactly as the research does."""

import html
import re

import pytest

from kb.domain.content import MeasureKind, Qualifier
from kb.language.labels import label
from kb.runtime import EXTENSION
from kb.storage.initiatives import published_by_slug
from tools.converting.rules import FILES, read

RECORDS = {record["slug"]: record for name in FILES for record in read(name)}
# What each figure is about was decided by eye, in a list of its own.
KINDS = {slug: [each["soort"] for each in figures] for slug, figures in read("figures").items()}
KIND_NAMES = {kind.value: label(kind) for kind in MeasureKind}
INDEPENDENCE = {True: "onafhankelijk", False: "niet onafhankelijk"}
UNKNOWN_INDEPENDENCE = "niet bekend of het onafhankelijk is"
# A count of fewer than ten of these gives people away.
PEOPLE = ("personen", "leerlingen", "monteurs", "deelnemers")
NOT_MEASURED = "Nog niemand heeft gemeten of het helpt"


@pytest.fixture(scope="module")
def pages(seeded_app):
    client = seeded_app.test_client()
    answers = {slug: client.get(f"/initiatieven/{slug}") for slug in RECORDS}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {slug: answer.text for slug, answer in answers.items()}


@pytest.fixture(scope="module")
def rows(pages):
    """The rows of figures on each page: results and targets."""
    row = re.compile(r'<tr role="row"><th scope="row".*?</tr>', re.DOTALL)
    return {slug: row.findall(page) for slug, page in pages.items()}


def test_all_422_have_a_page_with_their_title_and_summary(pages):
    assert len(pages) == 422
    for slug, page in pages.items():
        assert RECORDS[slug]["title"] in _text(page)
        assert _one_line(RECORDS[slug]["summary_nl"]) in _text(page)


def test_every_source_stands_on_the_page_in_its_order(pages):
    for slug, page in pages.items():
        listed = re.findall(r'<li id="bron-\d+"><a href="([^"]*)"[^>]*>(.*?)</a>', page)
        wanted = [(source["url"], _one_line(source["title"])) for source in RECORDS[slug]["sources"]]
        assert [(html.unescape(url), _text(title)) for url, title in listed] == wanted, slug


def test_every_figure_has_a_row_of_its_own_and_no_row_is_added(rows):
    """Conflicting figures stand side by side: nothing is merged, nothing chosen."""
    for slug, found in rows.items():
        assert len(found) == len(RECORDS[slug]["evidence"]), slug


def test_every_row_states_its_figure_as_the_source_does(rows):
    for slug, found in rows.items():
        urls = [source["url"] for source in RECORDS[slug]["sources"]]
        shown = sorted(_shown(row) for row in found)
        said = zip(RECORDS[slug]["evidence"], KINDS.get(slug, ()), strict=True)
        assert shown == sorted(_wanted(figure, kind, urls) for figure, kind in said), slug


def test_seven_counts_of_people_are_too_small_to_show(pages):
    small = [
        (slug, figure)
        for slug, record in RECORDS.items()
        for figure in record["evidence"]
        if figure["unit"] in PEOPLE and isinstance(figure["value"], int) and figure["value"] < 10
    ]
    assert len(small) == 7
    assert all("minder dan 10" in pages[slug] for slug, _figure in small)


def test_a_rough_figure_says_how_rough_it_is(rows, seeded_app):
    with seeded_app.extensions[EXTENSION].work() as work:
        contents = {slug: published_by_slug(work.session, slug).content for slug in RECORDS}
    rough = [
        (slug, measured.label, label(measured.qualifier))
        for slug, content in contents.items()
        for measured in content.measurements
        if measured.qualifier is not Qualifier.EXACT
    ]
    assert len(rough) > 20
    for slug, about, words in rough:
        assert any(_one_line(about) in _text(row) and words in row for row in rows[slug]), (slug, about)


def test_where_no_outcome_was_measured_the_page_says_so(pages):
    without = {slug for slug, record in RECORDS.items() if not record["evidence"]}
    assert len(without) > 200
    assert all("Niet gemeten" in pages[slug] and NOT_MEASURED in pages[slug] for slug in without)


def test_a_source_text_on_an_english_page_is_marked_as_dutch(seeded_app):
    page = seeded_app.test_client().get("/en/initiatieven/mkb-idee").text
    assert re.search(r'<th scope="row"[^>]* lang="nl">', page)
    assert "<h2>What is it?</h2>" in page
    assert "Hoe en door wie" not in page


def _shown(row: str) -> tuple[str, ...]:
    """What, kind, figure, baseline, when, by whom, independent or not, and the address of the source."""
    about, kind = re.search(r'<th\b[^>]*>(.*?)<br><span class="tag">(.*?)</span>', row).groups()
    figure, when, how, source = re.findall(r"<td\b[^>]*>(.*?)</td>", row, re.DOTALL)
    start = re.search(r"Ter vergelijking:(.*?)</span>", figure)
    by, independence = how.split("<br>")[1:-1], how.split("<br>")[-1]
    link = re.search(r'href="([^"]*)"', source)
    parts = (
        about,
        kind,
        figure.partition("<br>")[0],
        start[1] if start else "",
        when,
        "".join(by),
        independence,
    )
    return (*map(_text, parts), html.unescape(link[1]))


def _wanted(figure: dict, kind: str, urls: list[str]) -> tuple[str, ...]:
    value = figure["value"]
    words = str(value).replace(".", ",") if isinstance(value, float) else str(value)
    if figure["unit"] in PEOPLE and isinstance(value, int) and value < 10:
        words = "minder dan 10"
    url = figure["source"]
    parts = (
        figure["indicator"],
        KIND_NAMES[kind],
        f"{words} {figure['unit']}",
        str(figure.get("baseline", "")),
        str(figure.get("period", "")) or "niet bekend",
        figure["evaluator"],
        INDEPENDENCE.get(figure["independent"], UNKNOWN_INDEPENDENCE),
    )
    return (*map(_one_line, parts), f"#bron-{urls.index(url) + 1}" if url in urls else url)


def _text(markup: str) -> str:
    return _one_line(html.unescape(re.sub(r"<[^>]+>", "", markup)))


def _one_line(text: str) -> str:
    return " ".join(text.split())
