"""Briefings: the figures of the search behind them, as a page, in Word and frozen at one moment."""

import csv
import re
from html import unescape
from io import BytesIO, StringIO

import pytest
from docx import Document
from sqlalchemy import text

from kb.domain.briefing import Briefing, BriefLine, What, changes
from kb.domain.catalogue import Standing
from kb.domain.people import Person
from kb.domain.workflow import Role
from kb.services import reviewing
from tests.accounts import an_account, runtime_of

SIX = "aanbeveling=6"


def a_briefing(*lines: BriefLine) -> Briefing:
    return Briefing("Proef", "", "2026-03-02", Standing(len(lines)), lines, (), (), (), ())


def a_line(slug: str, **more: object) -> BriefLine:
    return BriefLine(slug, f"Titel {slug}", "Wat het is.", ("AM05",), **more)


def test_what_changed_between_two_briefings():
    before = a_briefing(a_line("a", trede=1), a_line("b"), a_line("c", finding="12 mensen"))
    after = a_briefing(a_line("a", trede=3), a_line("c", finding="14 mensen"), a_line("d"))
    told = [(each.what, each.line.slug, each.old, each.new) for each in changes(before, after)]
    assert told == [
        (What.CAME, "d", "", ""),
        (What.WENT, "b", "", ""),
        (What.TREDE, "a", "1", "3"),
        (What.FINDING, "c", "12 mensen", "14 mensen"),
    ]
    assert changes(before, before) == ()


def test_the_page_has_the_figures_of_the_search(seeded_app):
    client = seeded_app.test_client()
    total = client.get(f"/api/v1/initiatieven?{SIX}").get_json()["totaal"]
    page = client.get(f"/briefing?{SIX}").text
    assert f"We kennen {total} initiatieven." in page
    assert page.count('<li class="panel stack stack-tight"><h3') == total
    assert "Stand 2 maart 2026" in page


def test_every_number_on_the_map_is_what_its_link_finds(seeded_app):
    client = seeded_app.test_client()
    page = unescape(client.get(f"/briefing?{SIX}").text)
    found = re.findall(rf'<td class="number"><a href="/zoeken\?({SIX}&regio=\w+)">(\d+)</a>', page)
    assert len(found) == 35
    for query, number in found[::4]:
        assert client.get(f"/api/v1/initiatieven?{query}").get_json()["totaal"] == int(number), query


def test_word_and_the_table_hold_the_same_initiatives_with_their_sources(seeded_app):
    client = seeded_app.test_client()
    rows = list(csv.DictReader(StringIO(client.get(f"/briefing.csv?{SIX}").text)))
    document = Document(BytesIO(client.get(f"/briefing.docx?{SIX}").data))
    titles = [each.text for each in document.paragraphs if each.style.name == "Heading 2"]
    assert titles == [row["titel"] for row in rows]
    links = {rel.target_ref for rel in document.part.rels.values() if rel.is_external}
    for row in rows:
        assert row["bronnen"]
        assert set(row["bronnen"].split()) <= links
    assert document.tables[0].rows[6].cells[1].text == str(len(rows))
    told = client.get(f"/api/v1/initiatieven/{rows[0]['slug']}").get_json()["bronnen"]
    assert rows[0]["bronnen"].split() == [source["adres"] for source in told]


def test_word_has_the_map_as_a_picture_with_its_words(seeded_app):
    client = seeded_app.test_client()
    document = Document(BytesIO(client.get(f"/briefing.docx?{SIX}").data))
    [shape] = document.inline_shapes
    told = shape._inline.docPr.get("descr")
    rows = {row.cells[0].text: row.cells[1].text for row in document.tables[1].rows[1:]}
    most = max(rows, key=lambda name: int(rows[name]))
    assert f"De meeste: {most} ({rows[most]})" in told
    assert f"Regio's zonder: {35 - len(rows)}." in told
    assert document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed].blob[
        :4
    ] == (b"\x89PNG")


def test_a_longer_search_counts_all_and_says_what_is_left_out(seeded_app):
    page = seeded_app.test_client().get("/briefing").text
    assert "We kennen 422 initiatieven." in page
    assert "Er zijn nog 222 initiatieven die hier niet staan" in page


def test_frozen_figures_stay_and_tell_what_changed_since(app, ministry, ticking):
    answer = ministry.send("/briefing/vastleggen", {"zoekopdracht": SIX}, page=f"/briefing?{SIX}")
    address = answer.location
    assert re.fullmatch(r"/stand/[\w-]{8,}", address)
    then = ministry.get(address).text
    slug = re.search(r'href="/initiatieven/([^"]+)"', then)[1]
    assert "Er is niets veranderd." in ministry.get(f"{address}/sindsdien").text
    reviewer = Person(an_account(runtime_of(app), Role.REVIEWER), Role.REVIEWER)
    with runtime_of(app).work(writing=True) as work:
        reviewing.withdraw(work, reviewer, slug, reason="Gestopt.")
    ticking.forward(days=1)
    visitor = app.test_client()
    assert f"/initiatieven/{slug}" in visitor.get(address).text
    assert "Stand 2 maart 2026" in visitor.get(address).text
    since = visitor.get(f"{address}/sindsdien").text
    assert "Staat er niet meer bij." in since
    assert f"/initiatieven/{slug}" in since
    assert (
        Document(BytesIO(visitor.get(f"{address}.docx").data)).paragraphs[0].text.startswith("Briefing: 6.")
    )


def test_a_visitor_cannot_freeze(app):
    client = app.test_client()
    page = client.get(f"/briefing?{SIX}").text
    assert "Log in om deze cijfers vast te leggen" in page
    client.post("/briefing/vastleggen", data={"zoekopdracht": SIX})
    with runtime_of(app).work() as work:
        assert work.session.scalar(text("SELECT count(*) FROM snapshot")) == 0


@pytest.mark.parametrize(
    "query", ["q=%00%01&aanbeveling=99", "pagina=9&perPagina=1", "q=" + "x" * 3000, "regio=%ff"]
)
def test_nonsense_gives_a_page_and_a_document(seeded_app, query):
    client = seeded_app.test_client()
    for address in ("/briefing", "/briefing.docx", "/briefing.csv", "/en/briefing"):
        assert client.get(f"{address}?{query}").status_code == 200
