"""Every search as a file, in each format: whole, in order, and readable by the programs of others."""

import csv
import json
import re
from io import BytesIO, StringIO

import feedparser
import pytest
from python_calamine import CalamineWorkbook
from rdflib import Graph, URIRef

from kb.domain.search import Facet, Search
from kb.exchange.csv_out import guarded, unguarded
from kb.exchange.formats import KINDS
from kb.schemas.content import read_content
from kb.schemas.documents import parse_yaml
from kb.services import exporting, searching
from kb.web.exports import FILES
from tests.accounts import runtime_of

SEARCH = "?q=omscholing&regio=PV26"
RDF_TYPE = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def file(client, ending: str, query: str = "") -> bytes:
    answer = client.get(f"/zoeken.{ending}{query}")
    assert answer.status_code == 200
    return answer.data


@pytest.fixture
def slugs(seeded_app) -> list[str]:
    """The hits of the search, in the order of its page."""
    asked = Search("omscholing", {Facet.REGION: ("PV26",)}, per_page=100)
    with runtime_of(seeded_app).work() as work:
        page = searching.search(work, asked)
    assert page.total == len(page.hits) > 10
    return [hit.listed.card.slug for hit in page.hits]


def rows_of(book: CalamineWorkbook, name: str) -> list[dict[str, object]]:
    headings, *rows = book.get_sheet_by_name(name).to_python()
    return [dict(zip(headings, row, strict=True)) for row in rows]


@pytest.mark.parametrize("wanted", FILES)
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_format_says_what_it_is(client, wanted, language):
    answer = client.get(f"{language}/zoeken.{wanted}?regio=PV26&aanbeveling=4")
    assert answer.status_code == 200
    assert answer.mimetype == KINDS[wanted].media_type
    assert answer.data


def test_csv_holds_all_hits_in_order_by_the_rules_of_the_format(client, slugs):
    text = file(client, "csv", SEARCH).decode()
    rows = list(csv.DictReader(StringIO(text, newline="")))
    assert [row["slug"] for row in rows] == slugs
    assert all(None not in row for row in rows)
    assert text.endswith("\r\n")
    assert re.search(r"[^\r]\n", re.sub(r'"[^"]*"', "", text)) is None


def test_the_excel_variant_has_a_mark_and_semicolons(client, slugs):
    data = file(client, "excel.csv", SEARCH)
    assert data.startswith(b"\xef\xbb\xbfslug;bronsleutel;titel;")
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row["slug"] for row in rows] == slugs


@pytest.mark.parametrize("words", ["=1+1", "+31 6", "-5", "@sum", "\tx", "\uff1d1", "'=1", "''=1"])
def test_c20_words_that_look_like_a_formula_are_made_safe_and_come_back(words):
    safe = guarded(words)
    assert safe.startswith("'")
    assert unguarded(safe) == words


@pytest.mark.parametrize("words", ["gewoon", "", "'s morgens", "a=b", "'t Hof"])
def test_other_words_stay_as_they_are(words):
    assert guarded(words) == words == unguarded(words)


def test_a_workbook_has_a_sheet_for_each_list_and_an_explanation(client):
    book = CalamineWorkbook.from_filelike(BytesIO(file(client, "xlsx")))
    assert book.sheet_names[:5] == [
        "Initiatieven",
        "Cijfers",
        "Onderzoeken",
        "Gevonden verschillen",
        "Organisaties",
    ]
    assert book.sheet_names[-1] == "Uitleg"
    documents = json.loads(file(client, "json"))
    assert [row["Adres op deze site"] for row in rows_of(book, "Initiatieven")] == [
        d["slug"] for d in documents
    ]
    for name, key in (("Cijfers", "metingen"), ("Onderzoeken", "studies"), ("Organisaties", "organisaties")):
        assert len(rows_of(book, name)) == sum(len(document.get(key, [])) for document in documents) > 20


def test_a_workbook_speaks_to_people(client):
    book = CalamineWorkbook.from_filelike(BytesIO(file(client, "xlsx", "?q=mkb-idee")))
    row = next(row for row in rows_of(book, "Initiatieven") if row["Adres op deze site"] == "mkb-idee")
    assert "Nederland" in row["Regio's"]
    assert row["Onderwijsniveaus"] != ""
    english = CalamineWorkbook.from_filelike(BytesIO(client.get("/en/zoeken.xlsx?q=mkb-idee").data))
    assert english.sheet_names[0] == "Initiatives"


def test_json_is_the_import_format_with_the_verdicts(client, slugs, vocabulary):
    documents = json.loads(file(client, "json", SEARCH))
    assert [document["slug"] for document in documents] == slugs
    computed = ("oordelen", "versie", "gepubliceerd", "laatstBevestigd", "pagina")
    for document in documents:
        assert document["oordelen"]["hier"]["trede"] in range(6)
        own = {key: value for key, value in document.items() if key not in computed}
        assert read_content(own, vocabulary).title == document["titel"]


# The library warns about itself.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_json_ld_is_a_graph_of_projects(client, slugs):
    graph = Graph()
    # The words of schema.org stand for themselves: a test asks nobody for the context.
    text = (
        file(client, "jsonld", SEARCH)
        .decode()
        .replace('"@context": "https://schema.org"', '"@context": {"@vocab": "https://schema.org/"}', 1)
    )
    graph.parse(data=text, format="json-ld")
    projects = set(graph.subjects(RDF_TYPE, URIRef("https://schema.org/Project")))
    assert {str(project).rpartition("/")[2] for project in projects} == {
        f"{slug}#initiatief" for slug in slugs
    }


def test_yaml_reads_back(client, slugs):
    documents = parse_yaml(file(client, "yaml", SEARCH).decode())
    assert [document["slug"] for document in documents] == slugs
    assert file(client, "yaml", "?q=xyzzyqq") == b"[]\n"


def test_ris_and_bibtex_cite_every_hit(client, slugs):
    ris = file(client, "ris", SEARCH).decode()
    assert re.findall(r"^ID  - (.+)\r$", ris, re.MULTILINE) == slugs
    assert ris.count("TY  - ELEC\r\n") == ris.count("ER  - \r\n") == len(slugs)
    bibtex = file(client, "bib", SEARCH).decode()
    assert re.findall(r"^@online\{(.+),$", bibtex, re.MULTILINE) == slugs
    assert bibtex.count("{") == bibtex.count("}")


def test_a_feed_of_any_search_is_read_by_programs(client, slugs):
    feed = feedparser.parse(client.get(f"/feed.atom{SEARCH}").data)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert {entry.link.rpartition("/")[2] for entry in feed.entries} == set(slugs)
    assert all(entry.id and entry.updated and entry.title for entry in feed.entries)
    assert len(feedparser.parse(client.get("/feed.atom").data).entries) == 100


def test_the_search_page_links_all_of_them(client):
    page = client.get(f"/zoeken{SEARCH}&pagina=2&sorteer=nieuw").text.replace("&amp;", "&")
    for wanted in FILES:
        assert f'<a href="/zoeken.{wanted}?q=omscholing&regio=PV26&sorteer=nieuw"' in page
    assert 'rel="alternate" type="application/atom+xml" href="/feed.atom?q=omscholing' in page


@pytest.mark.parametrize("query", ["?regio=XX99", "?onzin=1", "?q=%ff"])
def test_an_address_that_makes_no_sense_gives_no_file(client, query):
    assert client.get(f"/zoeken.csv{query}").status_code == 400


def test_large_files_wait_their_turn(client, monkeypatch):
    monkeypatch.setattr(exporting, "LARGE", 10)
    held = [client.get("/zoeken.csv") for _ in range(exporting.LARGE_AT_ONCE)]
    refused = client.get("/zoeken.csv")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "30")
    for answer in held:
        answer.close()
    assert client.get("/zoeken.csv").data.count(b"\r\n") == 423
