"""The map of evidence: every number is that of the search it leads to, the same in each door."""

import csv
import re
from io import StringIO
from urllib.parse import parse_qs

import pytest


def rows(client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(client.get(f"/wat-werkt.csv{query}").text)))


def cells(client, query: str = "") -> list[dict]:
    return client.get(f"/api/v1/wat-werkt{query}").get_json()["cellen"]


def found(client, query: str) -> int:
    return client.get(f"/api/v1/initiatieven?{query}").get_json()["totaal"]


def test_there_is_a_cell_for_each_recommendation_at_each_level(client):
    levels = ("po", "vo", "mbo", "hbo", "wo", "llo")
    assert [(row["aanbeveling"], row["niveau"]) for row in rows(client)] == [
        (str(number), level) for number in range(1, 8) for level in levels
    ]


@pytest.mark.parametrize("more", ["", "regio=PV26", "sector=ict", "jaar=2024", "regio=PV26&jaar=2024"])
def test_every_cell_counts_what_the_search_behind_it_finds(client, more):
    for cell in cells(client, f"?{more}"):
        query = f"aanbeveling={cell['aanbeveling']}&niveau={cell['niveau']}&{more}"
        assert cell["initiatieven"] == found(client, query), query


def test_the_table_and_the_document_hold_the_same_numbers(client):
    names = ("initiatieven", "aanpakken", "beloofd", "gemeten", "vergeleken", "ouder")
    table = [tuple(int(row[name]) for name in names) for row in rows(client)]
    assert table == [tuple(cell[name] for name in names) for cell in cells(client)]


def test_nobody_measures_or_compares_more_than_there_is(client):
    for cell in cells(client):
        assert cell["gemeten"] <= cell["initiatieven"]
        assert cell["vergeleken"] <= cell["initiatieven"]


@pytest.mark.parametrize("more", ["regio=PV26", "jaar=2022", "ouder=ja"])
def test_every_number_on_the_page_leads_to_the_search_that_finds_as_many(client, more):
    page = client.get(f"/wat-werkt?{more}").text
    links = re.findall(r'href="(/zoeken\?[^"]*aanbeveling=\d[^"]*)">(?:<b>|[^<]*: )?(\d+)<', page)
    counted = [(address, number) for address, number in links if "aanpak=" not in address]
    assert len(counted) > 10
    for address, number in counted:
        query = address.partition("?")[2].replace("&amp;", "&")
        assert int(number) == found(client, query), query


def test_a_number_of_approaches_leads_to_who_carries_them_out(client):
    links = re.findall(r'href="/zoeken\?([^"]*aanpak=[^"]*)">(\d+)<', client.get("/wat-werkt").text)
    assert links
    for query, number in links[:10]:
        slugs = parse_qs(query.replace("&amp;", "&"))["aanpak"]
        assert (len(slugs), found(client, query.replace("&amp;", "&")) > 0) == (int(number), True)


@pytest.mark.parametrize("path", ["/api/v1/wat-werkt", "/api/v1/wat-werkt/4/mbo"])
def test_machines_say_ja_or_nee_about_older_research(client, path):
    assert client.get(f"{path}?ouder=ja").status_code == 200
    answer = client.get(f"{path}?ouder=misschien")
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (400, "ouder")


def test_a_choice_that_makes_no_sense_is_told_to_machines_and_left_out_on_the_page(client):
    assert client.get("/api/v1/wat-werkt?regio=Atlantis").status_code == 400
    assert client.get("/wat-werkt?regio=Atlantis&jaar=niks").status_code == 200


def test_a_cell_that_does_not_exist_is_not_found(client):
    assert client.get("/wat-werkt/9/mbo").status_code == 404
    assert client.get("/wat-werkt/4/nergens").status_code == 404


def test_a_cell_without_studies_says_where_to_begin(client):
    page = client.get("/wat-werkt/1/po").text
    assert "Nog niemand" in page
    assert "/meten?" in page
