"""The page of an approach: its places, what came out together or why not, costs, and where it is not."""

import html
import re

import pytest
from sqlalchemy import text

from kb.runtime import EXTENSION
from kb.services.approaches import whole_approach

# The places of each approach in each labour-market region, through whatever lies in it.
COUNTED = """
    SELECT approach.slug AS aanpak, region.code AS regio, count(DISTINCT used.initiative_id) AS aantal
    FROM published_approach AS used
    JOIN approach ON approach.id = used.approach_id
    JOIN published_term AS tagged ON tagged.initiative_id = used.initiative_id
    JOIN term_closure AS above ON above.descendant_id = tagged.term_id
    JOIN term AS region ON region.id = above.ancestor_id
    WHERE region.scheme = 'regio' AND region.code LIKE 'AM%'
    GROUP BY approach.slug, region.code
"""
SOME = ("techlab", "sto-regio", "publiek-private-samenwerking", "make-it-work")


@pytest.mark.parametrize("slug", SOME)
def test_the_regions_with_and_without_are_those_of_plain_sql(seeded_app, slug):
    with seeded_app.extensions[EXTENSION].work() as work:
        counted = {
            row.regio: row.aantal for row in work.session.execute(text(COUNTED)).all() if row.aanpak == slug
        }
        page = whole_approach(work, slug)
    assert {place.term.code: place.number for place in page.regions if place.number} == counted
    assert len(page.regions) == 35
    assert len(page.without) == 35 - len(counted)


@pytest.mark.parametrize("slug", SOME)
def test_every_number_on_the_map_is_what_its_link_finds(seeded_app, slug):
    client = seeded_app.test_client()
    page = html.unescape(client.get(f"/aanpakken/{slug}").text)
    found = re.findall(rf'<td class="number"><a href="/zoeken\?aanpak={slug}&regio=(\w+)">(\d+)</a>', page)
    assert len(found) == 35
    for code, number in [each for each in found if each[1] != "0"][:5]:
        answer = client.get(f"/api/v1/initiatieven?aanpak={slug}&regio={code}").get_json()
        assert answer["totaal"] == int(number), code


def test_a_region_without_leads_the_public_to_taking_it_over_there(seeded_app):
    client = seeded_app.test_client()
    page = client.get("/aanpakken/make-it-work").text
    address = re.search(r'href="(/mijn/overnemen/aanpak/make-it-work\?regio=AM\d\d)"', page)[1]
    assert client.get(address).location.startswith(
        "/inloggen?next=%2Fmijn%2Fovernemen%2Faanpak%2Fmake-it-work"
    )


def test_what_nobody_told_is_said_to_be_unknown(seeded_app):
    page = seeded_app.test_client().get("/aanpakken/techlab").text
    assert "Nog niemand heeft opgeschreven wat er altijd bij hoort." in page
    assert "Nog geen plek heeft verteld wat een deelnemer kost." in page


def test_studies_that_may_be_added_up_are_one_figure(example_app):
    with example_app.extensions[EXTENSION].work() as work:
        found = whole_approach(work, "voorbeeld-wisselt").studies
    page = example_app.test_client().get("/aanpakken/voorbeeld-wisselt").text
    assert found.pooled.k == 5
    assert "5 onderzoeken samen:" in page
    assert "Wij tellen deze onderzoeken niet op" not in page


def test_studies_that_may_not_be_added_up_stand_apart_with_the_reason(example_app):
    page = example_app.test_client().get("/aanpakken/voorbeeld-leerwerkplaats").text
    assert "De onderzoeken gaan over verschillende onderwijsniveaus." in page
    assert "onderzoeken samen:" not in page


def test_core_elements_stand_on_the_page(example_app):
    page = example_app.test_client().get("/aanpakken/voorbeeld-leerwerkplaats").text
    for element in ("Leren in een werkplaats", "Een vaste begeleider", "Een baan daarna"):
        assert element in page
