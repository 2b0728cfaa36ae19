"""Every page answers in both languages, and a slip in an address still leads somewhere."""

import html
import re

import pytest

PAGES = [
    "/",
    "/zoeken",
    "/zoeken?q=omscholing&regio=PV23&aanbeveling=4",
    "/initiatieven/jet-net",
    "/aanbevelingen",
    "/aanbevelingen/4",
    "/regios",
    "/regios/NL01",
    "/regios/LD01",
    "/regios/PV23",
    "/regios/AM05",
    "/regios/GM0153",
    "/aanpakken",
    "/over",
    "/bewijs",
    "/toegankelijkheid",
    "/privacy",
    "/api",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_in_dutch_and_in_english(client, path):
    dutch, english = client.get(path), client.get(f"/en{path}")
    assert (dutch.status_code, english.status_code) == (200, 200)
    assert dutch.headers["Content-Language"] == "nl"
    assert english.headers["Content-Language"] == "en"
    assert '<html lang="nl">' in dutch.text
    assert '<html lang="en">' in english.text


@pytest.mark.parametrize("path", PAGES)
def test_each_page_names_its_twin_in_the_other_language(client, path):
    twins = re.findall(r'rel="alternate" hreflang="(\w\w)" href="http://[^/]+([^"]*)"', client.get(path).text)
    escaped = path.replace("&", "&amp;")
    assert dict(twins) == {"nl": escaped, "en": f"/en{escaped}"}


@pytest.mark.parametrize("path", PAGES)
def test_every_link_within_the_site_leads_to_a_page(client, path):
    """Searches are left out: their addresses are made by one function with tests of its own."""
    links = set(re.findall(r'href="(/[^"#?]*)"', client.get(path).text))
    # What is for people with an account asks to log in first.
    fine = {link: (200, 303) if "/mijn/" in link else (200,) for link in links}
    wrong = {link for link in links if client.get(link, buffered=True).status_code not in fine[link]}
    assert not wrong


@pytest.mark.parametrize(
    "path",
    ["/", "/regios", "/regios/PV23", "/aanbevelingen/4", "/aanpakken", "/bewijs", "/spreiding"],
)
def test_a_number_is_a_link_to_just_as_many_initiatives(client, path):
    """In tables and on maps; the API refuses an address that the search page would only warn about."""
    found = re.findall(r'<a href="/zoeken\?([^"]*)"[^>]*>(?:<title>[^<]*: )?([\d.]+)<', client.get(path).text)
    shown = {html.unescape(query): int(number.replace(".", "")) for query, number in found}
    assert shown
    totals = {
        query: client.get(f"/api/v1/initiatieven?perPagina=1&{query}").json.get("totaal") for query in shown
    }
    assert totals == shown


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/zoeken/?q=bbl", "/zoeken?q=bbl"),
        ("/Zoeken", "/zoeken"),
        ("/en/Zoeken/", "/en/zoeken"),
        ("/initiatieven/Jet-Net", "/initiatieven/jet-net"),
        ("/initiatieven/jet-net/", "/initiatieven/jet-net"),
        ("/regios/pv23", "/regios/PV23"),
        ("/initiatieven", "/zoeken"),
    ],
)
def test_a_slip_in_an_address_leads_to_the_page_that_was_meant(client, typed, meant):
    answer = client.get(typed)
    assert (answer.status_code, answer.location) == (301, meant)


@pytest.mark.parametrize(
    "path",
    [
        "/nergens",
        "/en/nowhere",
        "/initiatieven/bestaat-niet",
        "/initiatieven/%00",
        "/initiatieven/%ff",
        "/regios/XX99",
        "/regios/xx99",
        "/aanbevelingen/8",
        "/aanpakken/bestaat-niet",
        "/organisaties/bestaat-niet",
        "/static/../pyproject.toml",
    ],
)
def test_what_is_not_there_gets_a_page_that_helps(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert 'href="/zoeken"' in answer.text or 'href="/en/zoeken"' in answer.text


def test_a_method_that_a_page_does_not_know_gets_a_page_too(client):
    answer = client.post("/over")
    assert answer.status_code == 405
    assert "<h1" in answer.text


def test_a_page_is_found_by_people_who_look_after_the_site(client):
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").text == "ok\n"
    assert "User-agent" in client.get("/robots.txt").text
