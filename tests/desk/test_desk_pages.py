"""The desk as somebody at a browser without script sees it."""

import re
from html import unescape

import pytest

BASIS = "/mijn/initiatieven/techniekhub/basis"
PLACES = "/mijn/initiatieven/techniekhub/voor-wie-en-waar"
RESULTS = "/mijn/initiatieven/techniekhub/resultaten"
CHECK = "/mijn/initiatieven/techniekhub/controleren"
SUMMARY = "Leerlingen van het vmbo werken een dag per week in een echt bedrijf."


@pytest.fixture
def started(anne):
    given = {"titel": "Techniekhub", "plaats": "Enschede", "organisatie": "ROC van Twente"}
    assert anne.send("/mijn/initiatieven/nieuw", given).location == BASIS
    return anne


def _version(hand, page: str) -> str:
    return re.search(r'name="versie" value="(\d+)"', hand.get(page).text)[1]


def _save(hand, page: str, **fields: object):
    version = fields.pop("versie", None) or _version(hand, page)
    return hand.send(page, {"versie": version, **{k.replace("__", "."): v for k, v in fields.items()}})


def _complete(hand) -> None:
    _save(hand, BASIS, titel="Techniekhub", samenvatting=SUMMARY, website="https://example.org/hub")
    fields = {"regios.0": "Enschede (gemeente)", "aanbevelingen": ["3", "4"], "niveaus": "vo-vmbo"}
    assert hand.send(PLACES, {"versie": _version(hand, PLACES), **fields}).status_code == 303


def _submit(hand):
    return hand.send("/mijn/initiatieven/techniekhub/indienen", {"versie": _version(hand, CHECK)}, page=CHECK)


def _decide(hand, deed: str, **fields: str):
    page = "/redactie/techniekhub"
    fields = {k.replace("__", "."): v for k, v in fields.items()}
    return hand.send(f"{page}/{deed}", {"versie": _version(hand, page), **fields}, page=page)


def test_a_visitor_is_led_to_the_log_in_and_back(hand):
    answer = hand.get("/mijn")
    assert (answer.status_code, answer.location) == (303, "/inloggen?next=%2Fmijn")


def test_a_new_draft_stands_on_the_desk_and_not_on_the_site(started, hand):
    assert "Techniekhub" in started.get("/mijn").text
    assert hand.get("/initiatieven/techniekhub").status_code == 404
    assert "Techniekhub" not in hand.get("/zoeken?q=techniekhub").text


@pytest.mark.parametrize(
    "section",
    [
        "basis",
        "aanpak",
        "voor-wie-en-waar",
        "partners-en-geld",
        "resultaten",
        "bronnen",
        "controleren",
        "lijkt-op",
    ],
)
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_of_the_form_opens(started, section, language):
    answer = started.get(f"{language}/mijn/initiatieven/techniekhub/{section}")
    assert answer.status_code == 200
    assert "<h1>" in answer.text


def test_each_section_is_saved_and_leads_to_the_next(started):
    answer = _save(started, BASIS, titel="Techniekhub", samenvatting=SUMMARY)
    assert answer.location.startswith("/mijn/initiatieven/techniekhub/aanpak")
    assert SUMMARY in started.get(BASIS).text


def test_a_mistake_stands_in_the_summary_and_at_its_field_and_nothing_is_lost(started):
    answer = _save(started, BASIS, titel="Techniekhub", samenvatting=SUMMARY, website="geen adres")
    words = "geen adres is geen adres dat begint met http:// of https://."
    assert answer.status_code == 422
    assert unescape(answer.text).count(words) == 2
    assert 'href="#website"' in answer.text
    assert SUMMARY in answer.text
    assert 'value="geen adres"' in answer.text


def test_a_row_comes_and_goes_without_script_and_keeps_what_was_typed(started):
    version = _version(started, RESULTS)
    typed = {"metingen.0.omschrijving": "Instroom", "metingen.0.woorden": "20", "versie": version}
    more = started.send(RESULTS, {**typed, "actie": "erbij:metingen"})
    assert more.status_code == 200
    assert 'name="metingen.1.omschrijving"' in more.text
    assert 'value="Instroom"' in more.text
    less = started.send(RESULTS, {**typed, "actie": "weg:metingen.0"})
    assert 'value="Instroom"' not in less.text
    assert _version(started, RESULTS) == version


def test_a_measurement_with_a_study_shows_the_level_it_would_get(started):
    fields = {
        "metingen.0.omschrijving": "Instroom in techniek",
        "metingen.0.woorden": "20 procent",
        "studies.0.titel": "Voor en na",
        "studies.0.ontwerp": "prepost",
        "studies.0.onderzochtDeelnemers": "80",
        "studies.0.zelfdeMeetinstrument": "ja",
        "studies.0.respons": "80",
    }
    answer = started.send(RESULTS, {"versie": _version(started, RESULTS), "actie": "bewaar", **fields})
    assert answer.status_code == 303
    page = started.get(RESULTS).text
    assert "wordt dit trede" in page
    assert 'value="Instroom in techniek"' in page
    assert 'value="80"' in page


def test_an_unfinished_initiative_cannot_be_submitted_and_says_where_to_go(started):
    answer = _submit(started)
    assert answer.status_code == 422
    assert 'href="/mijn/initiatieven/techniekhub/voor-wie-en-waar#aanbevelingen"' in answer.text


def test_a_coordinator_keeps_the_text_when_a_region_is_refused(started):
    fields = {"regios.0": "Maastricht", "gebied": "Zuid"}
    answer = started.send(PLACES, {"versie": _version(started, PLACES), **fields})
    assert answer.status_code == 403
    assert "Maastricht" in answer.text
    assert 'value="Zuid"' in answer.text


def test_the_second_of_two_savers_gets_both_texts_and_chooses(started, caro):
    version = _version(started, BASIS)
    _save(caro, BASIS, titel="Techniekhub", samenvatting="Tekst van Caro", versie=version)
    mine = {"titel": "Techniekhub", "samenvatting": "Tekst van Anne", "versie": version}
    conflict = started.send(BASIS, mine)
    assert conflict.status_code == 409
    assert "Tekst van Caro" in conflict.text
    assert "Tekst van Anne" in conflict.text
    newest = re.search(r'name="versie" value="(\d+)"', conflict.text)[1]
    chosen = {**mine, "versie": newest, "kies.samenvatting": "hunne", "actie": "verder"}
    assert started.send(BASIS, chosen).status_code == 303
    assert "Tekst van Caro" in started.get(BASIS).text
    chosen = {**mine, "versie": _version(started, BASIS), "kies.samenvatting": "mijn"}
    started.send(BASIS, chosen)
    assert "Tekst van Anne" in started.get(BASIS).text


def test_from_draft_to_public_with_a_return_in_between(started, caro, hand):
    _complete(started)
    assert _submit(started).location == "/mijn?gedaan=ingediend"
    assert "Techniekhub" in caro.get("/redactie").text
    returned = _decide(caro, "terugsturen", opmerking__summary="Hoe lang duurt het?")
    assert returned.location == "/redactie?gedaan=teruggestuurd"
    assert "Hoe lang duurt het?" in started.get(BASIS).text
    assert "Teruggestuurd" in started.get("/mijn").text
    _save(
        started,
        BASIS,
        titel="Techniekhub",
        samenvatting=f"{SUMMARY} Een jaar lang.",
        website="https://example.org/",
    )
    _submit(started)
    assert _decide(caro, "publiceren", uitleg="Nieuw").location == "/redactie?gedaan=gepubliceerd"
    assert "Een jaar lang." in hand.get("/initiatieven/techniekhub").text
    assert "Techniekhub" in hand.get("/zoeken?q=techniekhub").text


def test_a_reviewer_cannot_publish_what_the_reviewer_wrote(started, caro, bert):
    _complete(started)
    _submit(started)
    _save(
        caro,
        BASIS,
        titel="Techniekhub",
        samenvatting=f"{SUMMARY} En meer.",
        website="https://example.org/hub",
    )
    page = caro.get("/redactie/techniekhub").text
    assert 'action="/redactie/techniekhub/publiceren"' not in page
    assert "Iemand anders" in page
    assert _decide(caro, "publiceren").status_code == 403
    assert _decide(bert, "publiceren").status_code == 303


def test_a_published_one_is_a_hint_for_who_adds_the_same(started, caro):
    _complete(started)
    _submit(started)
    _decide(caro, "publiceren")
    hint = started.get("/mijn/lijkt-op?titel=De+Techniekhub&plaats=Enschede").text
    assert "Techniekhub</a>" in hint
    started.send("/mijn/initiatieven/nieuw", {"titel": "Techniekhub Twente", "plaats": "Enschede"})
    page = "/mijn/initiatieven/techniekhub-twente/lijkt-op"
    assert "Techniekhub</a>" in started.get(page).text
    choice = {"ander": "techniekhub", "keuze": "anders", "versie": "1"}
    assert started.send(page, choice).status_code == 422
    assert started.send(page, {**choice, "waarom": "Andere school"}).status_code == 303
    assert 'value="Andere school"' in started.get(page).text


def test_one_click_confirms(started, caro, ticking, hand):
    _complete(started)
    _submit(started)
    _decide(caro, "publiceren")
    page = "/mijn/initiatieven/techniekhub/controleren"
    answer = started.send("/mijn/initiatieven/techniekhub/bevestigen", page=page)
    assert answer.location == "/mijn?gedaan=bevestigd"
    assert "Laatst bevestigd" in hand.get("/initiatieven/techniekhub").text


def test_an_old_version_is_read_and_taken_up_again(started):
    _save(started, BASIS, titel="Techniekhub", samenvatting="Eerste tekst van de samenvatting")
    _save(started, BASIS, titel="Techniekhub", samenvatting="Tweede tekst van de samenvatting")
    page = "/mijn/initiatieven/techniekhub/geschiedenis"
    assert "Versie 3" in started.get(page).text
    assert "Eerste tekst" in started.get(f"{page}/2").text
    started.send(f"{page}/2", {"versie": "3"})
    assert "Eerste tekst" in started.get(BASIS).text


@pytest.mark.parametrize("path", ["/mijn/initiatieven/bestaat-niet/basis", "/redactie/bestaat-niet"])
def test_an_unknown_initiative_is_not_found(caro, path):
    assert caro.get(path).status_code == 404


def test_hostile_text_stays_text_on_every_page_that_shows_it(started, caro):
    payload = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    version = _version(started, BASIS)
    _save(started, BASIS, titel=payload, samenvatting=payload)
    pages = [BASIS, CHECK, "/mijn", "/mijn/initiatieven/techniekhub/geschiedenis/2"]
    texts = [started.get(page).text for page in pages]
    conflict = caro.send(BASIS, {"titel": payload + "2", "samenvatting": payload, "versie": version})
    assert conflict.status_code == 409
    for text in [*texts, conflict.text]:
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_a_forged_status_or_unknown_field_changes_nothing(started):
    _save(started, BASIS, titel="Techniekhub", status="gepubliceerd", slug="anders", owner="9")
    assert "Concept" in started.get(CHECK).text


def test_a_promise_that_is_public_is_refused_at_its_place_and_comes_back_with_what_was_typed(started, caro):
    promise = {"indicator": "uitval", "doel": "10% (nu 20%)", "klaarOp": "2027-06-30", "bij": "techniekhub"}
    started.send("/mijn/beloften/nieuw", promise)
    _complete(started)
    _submit(started)
    _decide(caro, "publiceren")
    answer = _save(started, RESULTS, beloften__0__indicator="uitval", beloften__0__doel="0% (nu 20%)")
    assert answer.status_code == 422
    assert "“10% (nu 20%)” is openbaar sinds 2 maart 2026" in unescape(answer.text)
    assert "0% (nu 20%)" in answer.text
