"""The desk as somebody at a browser without script sees it."""

import re
import shutil
from html import unescape

import pytest

from kb.domain.workflow import Role
from tests.accounts import runtime_of
from tests.desk.conftest import an_app, logged_in
from tests.desk.filling import (
    BASIS,
    CHECK,
    PLACES,
    RESULTS,
    SUMMARY,
    complete,
    decide,
    save,
    start,
    submit,
    version,
)


@pytest.fixture
def started(anne):
    assert start(anne).location.startswith(BASIS)
    return anne


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
    answer = save(started, BASIS, titel="Techniekhub", samenvatting=SUMMARY)
    assert answer.location.startswith("/mijn/initiatieven/techniekhub/aanpak")
    assert SUMMARY in started.get(BASIS).text


def test_a_mistake_stands_in_the_summary_and_at_its_field_and_nothing_is_lost(started):
    answer = save(started, BASIS, titel="Techniekhub", samenvatting=SUMMARY, website="geen adres")
    words = "geen adres is geen adres dat begint met http:// of https://."
    assert answer.status_code == 422
    assert unescape(answer.text).count(words) == 2
    assert 'href="#website"' in answer.text
    assert SUMMARY in answer.text
    assert 'value="geen adres"' in answer.text


def test_a_row_comes_and_goes_without_script_and_keeps_what_was_typed(started):
    number = version(started, RESULTS)
    typed = {"metingen.0.omschrijving": "Instroom", "metingen.0.woorden": "20", "versie": number}
    more = started.send(RESULTS, {**typed, "actie": "erbij:metingen"})
    assert more.status_code == 200
    assert 'name="metingen.1.omschrijving"' in more.text
    assert 'value="Instroom"' in more.text
    less = started.send(RESULTS, {**typed, "actie": "weg:metingen.0"})
    assert 'value="Instroom"' not in less.text
    assert version(started, RESULTS) == number


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
    answer = started.send(RESULTS, {"versie": version(started, RESULTS), "actie": "bewaar", **fields})
    assert answer.status_code == 303
    page = started.get(RESULTS).text
    assert "Dit wordt trede" in page
    assert 'value="Instroom in techniek"' in page
    assert 'value="80"' in page


def test_an_unfinished_initiative_cannot_be_submitted_and_says_where_to_go(started):
    answer = submit(started)
    assert answer.status_code == 422
    assert 'href="/mijn/initiatieven/techniekhub/voor-wie-en-waar#aanbevelingen"' in answer.text


def test_a_coordinator_keeps_the_text_when_a_region_is_refused(started):
    fields = {"regios.0": "Maastricht", "gebied": "Zuid"}
    answer = started.send(PLACES, {"versie": version(started, PLACES), **fields})
    assert answer.status_code == 403
    assert "Maastricht" in answer.text
    assert 'value="Zuid"' in answer.text


def test_the_second_of_two_savers_gets_both_texts_and_chooses(started, caro):
    number = version(started, BASIS)
    save(caro, BASIS, titel="Techniekhub", samenvatting="Tekst van Caro", versie=number)
    mine = {"titel": "Techniekhub", "samenvatting": "Tekst van Anne", "versie": number}
    conflict = started.send(BASIS, mine)
    assert conflict.status_code == 409
    assert ">Caro</del>" in conflict.text
    assert ">Anne</ins>" in conflict.text
    newest = re.search(r'name="versie" value="(\d+)"', conflict.text)[1]
    chosen = {**mine, "versie": newest, "kies.samenvatting": "hunne", "actie": "verder"}
    assert started.send(BASIS, chosen).status_code == 303
    assert "Tekst van Caro" in started.get(BASIS).text
    chosen = {**mine, "versie": version(started, BASIS), "kies.samenvatting": "mijn"}
    started.send(BASIS, chosen)
    assert "Tekst van Anne" in started.get(BASIS).text


def test_from_draft_to_public_with_a_return_in_between(started, caro, hand):
    complete(started)
    assert submit(started).location == "/mijn?gedaan=ingediend"
    assert "Techniekhub" in caro.get("/redactie").text
    returned = decide(caro, "terugsturen", opmerking__summary="Hoe lang duurt het?")
    assert returned.location == "/redactie?gedaan=teruggestuurd"
    assert "Hoe lang duurt het?" in started.get(BASIS).text
    assert "Teruggestuurd" in started.get("/mijn").text
    save(
        started,
        BASIS,
        titel="Techniekhub",
        samenvatting=f"{SUMMARY} Een jaar lang.",
        website="https://example.org/",
    )
    submit(started)
    assert decide(caro, "publiceren", uitleg="Nieuw").location == "/redactie?gedaan=gepubliceerd"
    assert "Een jaar lang." in hand.get("/initiatieven/techniekhub").text
    assert "Techniekhub" in hand.get("/zoeken?q=techniekhub").text


def test_a_reviewer_cannot_publish_what_the_reviewer_wrote(started, caro, bert):
    complete(started)
    submit(started)
    save(
        caro,
        BASIS,
        titel="Techniekhub",
        samenvatting=f"{SUMMARY} En meer.",
        website="https://example.org/hub",
    )
    page = caro.get("/redactie/techniekhub").text
    assert 'action="/redactie/techniekhub/publiceren"' not in page
    assert "Iemand anders" in page
    assert decide(caro, "publiceren").status_code == 403
    assert decide(bert, "publiceren").status_code == 303


def test_a_published_one_is_a_hint_for_who_adds_the_same(started, caro):
    complete(started)
    submit(started)
    decide(caro, "publiceren")
    hint = started.get("/mijn/lijkt-op?titel=De+Techniekhub&plaats=Enschede").text
    assert "Techniekhub</a>" in hint
    started.send("/mijn/initiatieven/nieuw", {"titel": "Techniekhub Twente", "plaats": "Enschede"})
    page = "/mijn/initiatieven/techniekhub-twente/lijkt-op"
    assert "Techniekhub</a>" in started.get(page).text
    nothing = started.send(page, {"ander": "techniekhub", "versie": "1"})
    assert nothing.status_code == 422
    assert nothing.text.count("Zeg hoe het uwe zich hiertoe verhoudt.") == 2
    assert 'href="#keuze"' in nothing.text
    assert 'id="keuze"' in nothing.text
    choice = {"ander": "techniekhub", "keuze": "anders", "versie": "1"}
    assert started.send(page, choice).status_code == 422
    assert started.send(page, {**choice, "waarom": "Andere school"}).status_code == 303
    assert 'value="Andere school"' in started.get(page).text


def test_a_hint_without_an_organisation_begins_with_the_place(seeded_dir, tmp_path, ticking):
    app = an_app(shutil.copytree(seeded_dir, tmp_path / "var"), ticking)
    try:
        hand = logged_in(app, ticking, Role.COORDINATOR)
        hint = hand.get("/mijn/lijkt-op?titel=Sterk+Techniekonderwijs+Almere").text
    finally:
        runtime_of(app).close()
    assert '<span class="small">Almere' in hint


def test_one_click_confirms(started, caro, ticking, hand):
    complete(started)
    submit(started)
    decide(caro, "publiceren")
    page = "/mijn/initiatieven/techniekhub/controleren"
    answer = started.send("/mijn/initiatieven/techniekhub/bevestigen", page=page)
    assert answer.location == "/mijn?gedaan=bevestigd"
    assert "Laatst bevestigd" in hand.get("/initiatieven/techniekhub").text


def test_an_old_version_is_read_and_taken_up_again(started):
    save(started, BASIS, titel="Techniekhub", samenvatting="Eerste tekst van de samenvatting")
    save(started, BASIS, titel="Techniekhub", samenvatting="Tweede tekst van de samenvatting")
    page = "/mijn/initiatieven/techniekhub/geschiedenis"
    assert "Versie 3" in started.get(page).text
    assert "Eerste tekst" in started.get(f"{page}/2").text
    started.send(f"{page}/2", {"versie": "3"})
    assert "Eerste tekst" in started.get(BASIS).text


@pytest.mark.parametrize("path", ["/mijn/initiatieven/bestaat-niet/basis", "/redactie/bestaat-niet"])
def test_an_unknown_initiative_is_not_found(caro, path):
    assert caro.get(path).status_code == 404


def test_a_forged_status_or_unknown_field_changes_nothing(started):
    save(started, BASIS, titel="Techniekhub", status="gepubliceerd", slug="anders", owner="9")
    assert "Concept" in started.get(CHECK).text


def test_a_promise_that_is_public_is_refused_at_its_place_and_comes_back_with_what_was_typed(started, caro):
    promise = {"indicator": "uitval", "doel": "10% (nu 20%)", "klaarOp": "2027-06-30", "bij": "techniekhub"}
    started.send("/mijn/beloften/nieuw", promise)
    complete(started)
    submit(started)
    decide(caro, "publiceren")
    answer = save(started, RESULTS, beloften__0__indicator="uitval", beloften__0__doel="0% (nu 20%)")
    assert answer.status_code == 422
    assert "“10% (nu 20%)” is openbaar sinds 2 maart 2026" in unescape(answer.text)
    assert "0% (nu 20%)" in answer.text


@pytest.mark.parametrize(
    ("fields", "path", "words"),
    [
        ({"aantal": "-1"}, "metingen.0.aantal", "Geef een heel getal van 0 of meer."),
        ({"respons": "140"}, "metingen.0.respons", "Een aandeel ligt tussen 0 en 100 procent"),
        ({"woorden": "streven naar 31"}, "metingen.0.soort", "een doel is nooit een resultaat"),
        ({"jaar": "2030"}, "metingen.0.jaar", "Een uitkomst van 2030 kan er nog niet zijn."),
        ({"waarde": "NaN"}, "metingen.0.waarde", "NaN is geen getal."),
    ],
)
def test_a_figure_that_cannot_be_is_told_at_its_field_and_nothing_gets_lost(started, fields, path, words):
    given = {"omschrijving": "Leerlingen die techniek kiezen", "woorden": "31 procent", **fields}
    answer = save(started, RESULTS, **{f"metingen__0__{name}": value for name, value in given.items()})
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert words in page
    assert f'href="#{path}"' in page
    assert all(f'value="{value}"' in page or f">{value}</textarea>" in page for value in given.values())
