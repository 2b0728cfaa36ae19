"""Reading with a program: pages, keys, order, what is kept, and how often one may ask."""

import csv
import io

import pytest

from kb.api.files import MEDIA_TYPES
from kb.app import create_app
from kb.domain.content import Study
from kb.domain.evidence import Design
from kb.runtime import EXTENSION
from kb.settings import Settings
from tests.accounts import Clock
from tests.builders import a_content
from tests.conftest import NOW
from tests.initiatives import publish

COLLECTIONS = ["aanpakken", "organisaties", "regios", "aanbevelingen", "onderwijsniveaus", "indicatoren"]


@pytest.mark.parametrize("name", [*COLLECTIONS, "studies"])
def test_the_pages_of_a_collection_follow_each_other_without_gap_or_repeat(client, name):
    address, seen = f"/api/v1/{name}?perPagina=50", []
    while address:
        answer = client.get(address)
        seen += [str(item) for item in answer.json["items"]]
        address = answer.json["_links"].get("next", {}).get("href")
    assert len(seen) == len(set(seen)) == answer.json["totaal"] > 0


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_member_leads_to_itself(client, name):
    for item in client.get(f"/api/v1/{name}?perPagina=7").json["items"]:
        address = item["_links"]["self"]["href"]
        found = client.get(address)
        assert found.status_code == 200
        assert found.json["_links"]["self"]["href"] == address


def test_the_header_link_leads_where_the_document_leads(client):
    answer = client.get("/api/v1/regios?perPagina=10&pagina=2")
    said = {
        part.split('rel="')[1].strip('"'): part.split(">")[0].strip(" <")
        for part in answer.headers["Link"].split(",")
    }
    assert said == {name: link["href"] for name, link in answer.json["_links"].items()}
    assert set(said) == {"self", "first", "last", "prev", "next"}


def test_the_page_after_the_last_is_empty_and_leads_back(client):
    found = client.get("/api/v1/aanbevelingen?pagina=9").json
    assert (found["items"], found["totaal"]) == ([], 7)
    assert found["_links"]["prev"]["href"].endswith("/aanbevelingen")


def test_velden_gives_only_those_keys(client):
    assert set(client.get("/api/v1/initiatieven?velden=slug,titel").json["items"][0]) == {"slug", "titel"}
    assert set(client.get("/api/v1/initiatieven/jet-net?velden=titel").json) == {"titel"}
    assert set(client.get("/api/v1/regios?velden=code").json["items"][0]) == {"code"}


def test_sorteer_turns_the_order_around_with_a_minus(client):
    up = [item["naam"] for item in client.get("/api/v1/regios?sorteer=naam&perPagina=100").json["items"]]
    down = client.get("/api/v1/regios?sorteer=-naam&perPagina=1").json["items"][0]["naam"]
    assert up == sorted(up, key=str.casefold)
    assert down == client.get("/api/v1/regios?sorteer=naam&perPagina=1&pagina=394").json["items"][0]["naam"]


def test_organisations_come_by_name_or_by_how_much_they_take_part(client):
    numbers = [
        item["initiatieven"]
        for item in client.get("/api/v1/organisaties?sorteer=-initiatieven").json["items"]
    ]
    assert numbers == sorted(numbers, reverse=True)
    kinds = client.get("/api/v1/organisaties?soort=gemeente&soort=mbo-instelling").json["items"]
    assert {item["soort"] for item in kinds} == {"gemeente", "mbo-instelling"}


def test_an_organisation_names_its_part_in_each_initiative(client):
    found = client.get("/api/v1/organisaties/roc-van-twente").json
    assert found["initiatieven"] == len({part["initiatief"] for part in found["deelnames"]})
    assert {part["rol"] for part in found["deelnames"]} <= {"trekker", "partner", "evaluator"}


def test_a_province_counts_the_initiatives_of_its_municipalities(client):
    province = client.get("/api/v1/regios/PV23").json
    found = client.get("/api/v1/initiatieven?regio=PV23&perPagina=1").json
    assert province["initiatieven"] == found["totaal"]


def test_a_study_stands_with_its_initiative_and_its_grade(client):
    found = client.get("/api/v1/studies?ontwerp=benchmark&perPagina=100").json
    assert found["items"]
    assert {item["ontwerp"] for item in found["items"]} == {"benchmark"}
    one = found["items"][0]
    studies = client.get(f"/api/v1/initiatieven/{one['initiatief']}").json["studies"]
    assert one["sleutel"] in {study["sleutel"] for study in studies}


def test_the_verdict_comes_with_every_rule_that_led_to_it(client):
    shown = client.get("/api/v1/initiatieven/jet-net").json["oordelen"]["hier"]
    verdicts = client.get("/api/v1/initiatieven/jet-net/oordelen").json["items"]
    here = next(verdict for verdict in verdicts if verdict["over"] == "hier")
    assert {key: here[key] for key in shown} == shown
    assert here["afleiding"]


def test_a_cell_of_the_map_counts_what_the_map_says(client):
    cells = client.get("/api/v1/wat-werkt").json["cellen"]
    assert len(cells) == 7 * len({cell["niveau"] for cell in cells})
    fullest = max(cells, key=lambda cell: cell["initiatieven"])
    assert client.get(fullest["_links"]["self"]["href"]).json["initiatieven"] == fullest["initiatieven"]


@pytest.mark.parametrize(
    "path", ["/initiatieven?q=bbl", "/initiatieven/jet-net", "/regios/PV23", "/openapi.json"]
)
def test_what_somebody_has_already_is_not_sent_again(client, path):
    first = client.get(f"/api/v1{path}")
    tag = first.headers["ETag"]
    assert not tag.startswith("W/")
    again = client.get(f"/api/v1{path}", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["API-Version"] == first.headers["API-Version"]
    assert client.get(f"/api/v1{path}", headers={"If-None-Match": '"anders"'}).data == first.data


def test_a_format_that_there_is_not_is_refused(client):
    answer = client.get("/api/v1/regios", headers={"Accept": "image/png"})
    assert (answer.status_code, answer.json["status"]) == (406, 406)
    assert client.get("/api/v1/regios", headers={"Accept": "text/html,*/*;q=0.1"}).status_code == 200


def test_every_hit_comes_as_a_file_unpaged_when_that_is_asked_for(client):
    found = client.get("/api/v1/initiatieven?q=omscholing&perPagina=1").json["totaal"]
    answer = client.get("/api/v1/initiatieven?q=omscholing&perPagina=1", headers={"Accept": "text/csv"})
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert "Accept" in answer.headers["Vary"]
    assert len(list(csv.reader(io.StringIO(answer.text)))) == found + 1


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_each_format_that_the_description_names_is_written(client, description, media_type):
    described = description["paths"]["/initiatieven"]["get"]["responses"]["200"]["content"]
    assert set(described) == set(MEDIA_TYPES)
    answer = client.get("/api/v1/initiatieven?regio=GM0153", headers={"Accept": media_type})
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    assert len(answer.data) > 100


def test_a_file_of_a_search_that_makes_no_sense_is_a_problem_all_the_same(client):
    answer = client.get("/api/v1/initiatieven?regio=XX", headers={"Accept": "text/csv"})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "path",
    [
        "/regios/%00",
        "/initiatieven/%ff",
        "/organisaties/" + "a" * 5000,
        "/wat-werkt/9223372036854775808/po",
        "/aanbevelingen/99999999999999999999",
    ],
)
def test_an_address_of_nothing_is_not_found(client, path):
    answer = client.get(f"/api/v1{path}")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "query",
    ["pagina=9223372036854775808", "pagina=NaN", "pagina=-1", "pagina=1.0", "pagina=%D9%A1", "perPagina=1e2"],
)
def test_a_number_is_written_in_digits_and_within_bounds(client, query):
    for name in ("initiatieven", "organisaties"):
        answer = client.get(f"/api/v1/{name}?{query}")
        assert answer.status_code == 400
        assert [error["field"] for error in answer.json["errors"]] == [query.partition("=")[0]]


def test_links_begin_with_the_address_of_the_settings_whatever_a_request_claims(client):
    found = client.get("/api/v1/regios", headers={"Host": "kwaad.example.org"}).json
    assert found["_links"]["self"]["href"].startswith("http://127.0.0.1:8000/api/v1/")


def test_the_first_page_leads_to_everything(client):
    links = client.get("/api/v1").json["_links"]
    for name, link in links.items():
        assert client.get(link["href"].removeprefix("http://127.0.0.1:8000")).status_code == 200, name


def test_who_asks_too_often_waits_the_seconds_that_are_told(seeded_dir):
    clock = Clock(NOW)
    client = create_app(Settings(data_dir=seeded_dir, api_per_minute=3), clock=clock).test_client()
    answers = [client.get("/api/v1/regios").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    refused = client.get("/api/v1/nergens")
    assert refused.status_code == 429
    assert client.get("/").status_code == 200
    clock.forward(seconds=int(refused.headers["Retry-After"]))
    assert client.get("/api/v1/regios").status_code == 200


def test_a_study_of_few_people_does_not_say_how_few(empty_dir):
    """Wherever a study is shown: with its initiative, and in the list of all studies."""
    app = create_app(Settings(data_dir=empty_dir), clock=lambda: NOW)
    study = Study("klein", "Onderzoek", Design.PREPOST, analysed_t=7, analysed_c=40)
    slug = publish(app.extensions[EXTENSION], a_content(studies=(study,)))
    client = app.test_client()
    [listed] = client.get("/api/v1/studies").json["items"]
    [shown] = client.get(f"/api/v1/initiatieven/{slug}").json["studies"]
    for found in (listed, shown):
        assert found["onderzochtVergelijking"] == 40
        assert "onderzochtDeelnemers" not in found
