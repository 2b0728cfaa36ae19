"""The search page: what a person sees of results, filters, notices and pages of results."""

import html
import re

import pytest

from kb.runtime import EXTENSION
from kb.search.budget import Budget

NOT_ALL = "Het zoeken duurde te lang. Er kunnen meer resultaten zijn dan u hier ziet."
OMSCHOLING = "/zoeken?q=omscholing&regio=PV23&aanbeveling=4"


def test_a_search_shows_its_results_with_the_words_marked(client):
    page = client.get("/zoeken?q=omscholing").text
    assert re.search(r"<mark>[^<]*omschol", page, re.IGNORECASE)
    assert len(re.findall(r'<li class="card">', page)) == 20


def test_both_languages_find_the_same_initiatives_for_the_same_filters(client):
    address = "/zoeken?regio=PV23&aanbeveling=4&niveau=mbo&sorteer=bewijs"
    dutch, english = client.get(address).text, client.get(f"/en{address}").text
    assert _slugs(dutch) == _slugs(english) != []


def test_the_name_of_a_province_finds_what_its_code_finds(client):
    assert _total(client.get("/zoeken?regio=Overijssel").text) == _total(
        client.get("/zoeken?regio=PV23").text
    )


def test_the_page_and_the_api_tell_the_same_counts(client):
    page = client.get(OMSCHOLING).text
    document = client.get(OMSCHOLING.replace("/zoeken", "/api/v1/initiatieven")).json
    assert _total(page) == document["totaal"]
    for name in ("aanbeveling", "trede"):
        shown = {code: number for code, number in _counts(page, name).items() if number}
        assert shown == {code: number for code, number in document["facetten"][name].items() if number}


def test_the_count_beside_a_choice_is_what_choosing_it_gives(client):
    page = client.get("/zoeken?q=techniek").text
    for code, number in list(_counts(page, "aanbeveling").items())[:4]:
        assert _total(client.get(f"/zoeken?q=techniek&aanbeveling={code}").text) == number


def test_every_choice_returns_as_a_chip_that_takes_it_away(client):
    page = client.get(OMSCHOLING).text
    assert set(_addresses(page, "chip")) == {
        "/zoeken?q=omscholing&regio=PV23",
        "/zoeken?q=omscholing&aanbeveling=4",
    }


def test_the_chip_of_an_organisation_shows_its_name(client):
    page = client.get("/zoeken?organisatie=ministerie-van-ezk").text
    assert "</span>Ministerie van EZK</span></a>" in page


UNDERSTOOD = "/zoeken?q=zij-instroom+mbo+twente"


def test_what_was_understood_can_be_chosen_and_counts_what_that_leaves(client):
    guesses = re.findall(
        r'class="guess"><a href="([^"]*)"[^>]*>(.*?) \(([0-9.]+)<', client.get(UNDERSTOOD).text
    )
    assert [text for _, text, _ in guesses] == [
        "met instrument Zij-instroomprogramma",
        "bij aanbeveling 4. Meer matching en scholing van zij-instromers",
        "op niveau Middelbaar beroepsonderwijs (mbo)",
        "in de regio Twente",
    ]
    for address, _, number in guesses:
        assert _total(client.get(html.unescape(address)).text) == int(number)


def test_what_was_understood_can_be_taken_away_and_given_back(client):
    (away,) = (each for each in _addresses(client.get(UNDERSTOOD).text, "guess-away") if "regio" in each)
    page = client.get(away).text
    assert "in de regio Twente (" not in page
    assert "Niet gelezen in uw vraag: in de regio Twente." in page
    assert f'<a href="{UNDERSTOOD}" data-live-link>Toch zo lezen' in page
    assert '<input type="hidden" form="zoekformulier" name="letterlijk" value="regio:AM05">' in page


@pytest.mark.parametrize("value", ["regio:XX99", "organisatie:bestaat-niet", "niveau:x", "recht:op", ":", ""])
def test_a_term_that_is_not_there_cannot_be_taken_away(client, value):
    answer = client.get(f"/zoeken?q=twente&letterlijk={value}")
    assert answer.status_code == 200
    assert "Niet gelezen" not in answer.text


def test_initiatives_for_the_whole_country_are_counted_only_when_asked_for(client):
    local = _total(client.get("/zoeken?regio=PV23").text)
    with_national = _total(client.get("/zoeken?regio=PV23&landelijk=ja").text)
    only_national = _total(client.get("/zoeken?regio=NL01").text)
    assert local < with_national <= local + only_national


def test_pages_of_results_follow_each_other(client):
    first, second = (
        client.get("/zoeken?sorteer=nieuw").text,
        client.get("/zoeken?sorteer=nieuw&pagina=2").text,
    )
    assert not set(_slugs(first)) & set(_slugs(second))
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


def test_nothing_found_offers_a_way_on(client):
    page = client.get("/zoeken?q=xqzvw&regio=PV23").text
    assert "Niets gevonden" in page
    assert 'href="/zoeken?q=xqzvw"' in page


def test_a_measured_outcome_is_never_called_not_measured(client):
    page = client.get("/zoeken?q=jet-net").text
    (card,) = re.findall(
        r'<li class="card">(?:(?!</li><li class="card">).)*?/initiatieven/jet-net".*?</li>', page, re.DOTALL
    )[:1]
    assert "Niet gemeten" not in card


BAD = [
    "niveau=bestaat-niet",
    "regio=XX99",
    "pagina=0",
    "pagina=-1",
    "pagina=1000000000",
    "pagina=een",
    "perPagina=0",
    "perPagina=5000",
    "sorteer=mooiste",
    "trede=9",
    "richting=omhoog",
    "jaar=0",
    "organisatie=%3Cscript%3E",
    "aanpak=..%2F..%2Fetc",
    "niveau=%00",
    "q=a%00b",
    "kleur=rood",
    "%ff=%fe",
    "q=%ff%fe",
    "regio=%c3%28",
]


@pytest.mark.parametrize("query", BAD)
def test_c22_what_makes_no_sense_is_left_out_and_said(client, query):
    for path in ("/zoeken", "/en/zoeken"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 200
        assert "notice-warning" in answer.text
        assert "\x00" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "q=%ff%fe%c3%28",
        "q=" + "a" * 100_000,
        "q=" + "woord+" * 20_000,
        "q=" + "%22" * 5_000,
        "q=" + "-" * 5_000,
        "q=(.*.*)*x(.*.*)*y!",
        "q=%3Cscript%3Ealert(1)%3C/script%3E",
        "&".join(f"jaar={year}" for year in range(1900, 2101)),
        "niveau=mbo&" * 5_000,
        "%00=%00",
    ],
    ids=lambda query: query[:20],
)
def test_c22_a_hostile_question_gets_an_ordinary_page(client, query):
    answer = client.get(f"/zoeken?{query}")
    assert answer.status_code == 200
    assert len(answer.text) < 300_000
    assert "<script>alert" not in answer.text


def test_a_page_past_the_last_one_says_so(client):
    page = client.get("/zoeken?pagina=9999").text
    assert "Ga naar de eerste pagina" in page


def _slugs(page: str) -> list[str]:
    return re.findall(r'class="h3"><a href="(?:/en)?/initiatieven/([^"]+)"', page)


def _total(page: str) -> int:
    (found,) = re.findall(r'role="status">([\d.,]+|Geen|No)', page)
    return int(re.sub(r"[.,]", "", found)) if found[0].isdigit() else 0


def _counts(page: str, name: str) -> dict[str, int]:
    options = re.findall(rf'name="{name}" value="([^"]+)".*?<small aria-hidden="true">([\d.]+)</small>', page)
    return {code: int(number.replace(".", "")) for code, number in options}


def _addresses(page: str, css_class: str) -> list[str]:
    return [html.unescape(href) for href in re.findall(rf'class="{css_class}" href="([^"]+)"', page)]


def test_a_search_that_takes_too_long_says_so_on_the_page_and_in_the_api(seeded_app, monkeypatch):
    with seeded_app.extensions[EXTENSION].work() as work:
        monkeypatch.setattr(work.catalogue, "_budget", lambda: Budget(-1))
    client = seeded_app.test_client()
    page = client.get("/zoeken?q=omscholing+twente+mbo").text
    assert NOT_ALL in page
    told = client.get("/api/v1/initiatieven?q=omscholing+twente+mbo").json["meldingen"]
    assert {"soort": "partial", "tekst": NOT_ALL} in told
