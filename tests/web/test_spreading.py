"""Coverage and fragmentation: every number is what plain SQL gives, and what its link finds."""

import csv
import re
from io import StringIO

import pytest
from sqlalchemy import text

from kb.runtime import EXTENSION

COUNTED = """
    SELECT region.code AS regio, recommendation.code AS aanbeveling,
           count(DISTINCT one.initiative_id) AS aantal, count(DISTINCT used.approach_id) AS aanpakken
    FROM published_term AS one
    JOIN term AS recommendation ON recommendation.id = one.term_id AND recommendation.scheme = 'aanbeveling'
    JOIN published_term AS two ON two.initiative_id = one.initiative_id
    JOIN term_closure AS above ON above.descendant_id = two.term_id
    JOIN term AS region ON region.id = above.ancestor_id AND region.scheme = 'regio'
    LEFT JOIN published_approach AS used ON used.initiative_id = one.initiative_id
    GROUP BY region.code, recommendation.code
"""


def rows(client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(client.get(f"/spreiding.csv{query}").text)))


@pytest.fixture
def counted(seeded_app) -> dict[tuple[str, str], tuple[int, int]]:
    with seeded_app.extensions[EXTENSION].work() as work:
        found = work.session.execute(text(COUNTED)).all()
    return {(each.regio, each.aanbeveling): (each.aantal, each.aanpakken) for each in found}


@pytest.mark.parametrize(("layer", "regions"), [("arbeidsmarktregio", 35), ("provincie", 12)])
def test_every_cell_counts_what_plain_sql_counts(client, counted, layer, regions):
    table = rows(client, f"?laag={layer}")
    assert len(table) == regions * 7
    for row in table:
        expected = counted.get((row["regiocode"], row["aanbeveling"]), (0, 0))
        assert (int(row["initiatieven"]), int(row["aanpakken"])) == expected, row


@pytest.mark.parametrize("more", ["niveau=mbo", "sector=ict&laag=provincie", "trede=0&niveau=po"])
def test_a_filtered_cell_counts_what_the_search_behind_it_finds(client, more):
    table = [row for row in rows(client, f"?{more}") if int(row["initiatieven"])]
    assert table
    for row in table[::9]:
        query = re.sub("&?laag=[a-z]+", "", more)
        address = f"/api/v1/initiatieven?{query}&regio={row['regiocode']}&aanbeveling={row['aanbeveling']}"
        assert client.get(address).get_json()["totaal"] == int(row["initiatieven"]), row


def test_a_white_spot_has_nothing_and_a_crowded_one_much_that_nobody_measured(client):
    table = rows(client)
    for row in table:
        number, approaches, measured = (int(row[name]) for name in ("initiatieven", "aanpakken", "gemeten"))
        expected = "wit" if not number else ""
        if number >= 3 and approaches >= 3 and not measured:
            expected = "druk"
        assert row["plek"] == expected
    assert {"wit", "druk"} <= {row["plek"] for row in table}


def test_the_page_of_one_recommendation_names_the_regions_without_any(client):
    page = client.get("/spreiding?aanbeveling=6&laag=provincie").text
    white = [
        row["regio"]
        for row in rows(client, "?laag=provincie")
        if (row["aanbeveling"], row["plek"]) == ("6", "wit")
    ]
    assert white
    assert f"In {len(white)} van de 12" in page
    for name in white:
        assert f">{name}</a></li>" in page


def test_the_link_of_a_number_keeps_the_other_filters(client):
    page = client.get("/spreiding?niveau=mbo").text
    links = re.findall(r'href="(/zoeken\?[^"]*aanbeveling=4[^"]*)">(\d+)<', page)
    assert links
    address, number = links[0]
    query = address.partition("?")[2].replace("&amp;", "&")
    assert "niveau=mbo" in query
    assert client.get(f"/api/v1/initiatieven?{query}").get_json()["totaal"] == int(number)


@pytest.mark.parametrize("query", ["laag=maan", "niveau=geen", "aanbeveling=99", "laag=%00", "regio=%ff"])
def test_a_choice_that_makes_no_sense_is_left_out(client, query):
    assert client.get(f"/spreiding?{query}").status_code == 200
    assert client.get(f"/spreiding/versnippering?{query}").status_code == 200


def test_fragmentation_counts_as_plain_sql_does(seeded_app, client):
    with seeded_app.extensions[EXTENSION].work() as work:
        sizes = work.session.scalars(
            text("SELECT count(*) FROM published_approach GROUP BY approach_id")
        ).all()
        known = work.session.scalar(text("SELECT count(DISTINCT initiative_id) FROM published_approach"))
    total = sum(sizes)
    chance = 1 - sum(n * (n - 1) for n in sizes) / (total * (total - 1))
    page = client.get("/spreiding/versnippering").text
    assert f"in {round(100 * chance)} van de 100 gevallen" in page
    assert f"Van {422 - known} van de 422" in page


def test_the_last_column_counts_what_its_link_finds_whatever_recommendation_is_chosen(client):
    page = client.get("/spreiding?aanbeveling=4&laag=provincie").text
    found = re.findall(r'<td class="sum"><a href="/zoeken\?([^"]*)">(\d+)</a>', page)
    assert len(found) == 12
    for query, number in found[:3]:
        assert client.get(f"/api/v1/initiatieven?{query.replace('&amp;', '&')}").get_json()["totaal"] == int(
            number
        )
