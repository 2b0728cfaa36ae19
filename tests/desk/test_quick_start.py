"""Beginning with the address of a page, or with a title, place and organisation."""

import re
from html import unescape

import pytest
from playwright.sync_api import expect

from kb.domain.addresses import title_of_address
from kb.domain.workflow import Role
from tests.desk.filling import QUICK
from tests.desk.staging import HOME

NEW = f"{HOME}/nieuw"


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://www.roc.nl/projecten/techniek-hub-twente", "Techniek hub twente"),
        ("https://roc.nl/leerwerk_plaats.html?", "Leerwerk plaats"),
        ("https://roc.nl/caf%C3%A9-techniek/", "Café techniek"),
        ("https://www.techniekhub.nl", "Techniekhub"),
        ("https://hub.roc.nl/", "Roc"),
        ("https://roc.nl/artikel/20391", ""),
        ("https://roc.nl/index.php?id=7", ""),
        ("https://roc.nl/index.html", ""),
    ],
)
def test_a_title_is_read_from_an_address_where_there_are_words_in_it(address, title):
    assert title_of_address(address) == title


def _slug(answer) -> str:
    return answer.location.split("/")[3]


def test_an_address_becomes_a_draft_with_its_first_source(stage):
    hand = stage.hand_of(Role.COORDINATOR)
    answer = hand.send(NEW, {"website": "https://roc.nl/projecten/bouwplaats-oost"})
    content = stage.content(_slug(answer))
    assert content.title == "Bouwplaats oost"
    assert content.url == content.sources[0].url == "https://roc.nl/projecten/bouwplaats-oost"
    assert content.sources[0].collected == "2026-03-02"
    assert "Het staat als concept bij Mijn werk." in hand.get(answer.location).text


def test_an_address_without_words_asks_for_the_title_and_keeps_the_rest(stage):
    hand = stage.hand_of(Role.COORDINATOR)
    given = {"website": "https://roc.nl/artikel/20391", "organisatie": "ROC van Twente"}
    answer = hand.send(NEW, given)
    assert answer.status_code == 422
    assert "uit dit adres is er geen te lezen" in answer.text
    assert 'href="#titel"' in answer.text
    assert all(f'value="{words}"' in answer.text for words in given.values())


def test_a_title_place_and_organisation_are_enough(stage):
    content = stage.content(_slug(stage.hand_of(Role.COORDINATOR).send(NEW, QUICK)))
    assert (content.title, content.regions, content.lead) == ("Techniekhub", ("GM0153",), "ROC van Twente")


def test_looking_first_keeps_the_token_out_of_the_address_and_the_words_in_the_form(stage):
    hand = stage.hand_of(Role.COORDINATOR)
    typed = {**QUICK, "titel": "Techniekhub nog niet begonnen"}
    look = hand.send(NEW, {**typed, "actie": "lijkt-op"})
    assert look.status_code == 303
    assert "csrf_token" not in look.location
    onward = re.search(r'href="(/mijn/initiatieven/nieuw\?[^"]+)"', hand.get(look.location).text)
    form = hand.get(unescape(onward[1])).text
    assert all(f'value="{words}"' in form for words in typed.values())
    assert hand.get(f"{HOME}/techniekhub-nog-niet-begonnen/basis").status_code == 404


def test_the_button_that_looks_first_sends_the_form_as_the_other_does(browser, still):
    page = still.page_of(browser, Role.COORDINATOR)
    page.goto(f"{still.address}{NEW}")
    page.get_by_label("Titel").fill("Techniekroute Twente")
    with page.expect_navigation(url="**/mijn/lijkt-op?**"):
        page.get_by_role("button", name="Doet iemand dit al?").click()
    assert "csrf_token" not in page.url
    page.get_by_role("link", name="Voeg een initiatief toe").click()
    expect(page.get_by_label("Titel")).to_have_value("Techniekroute Twente")
    page.context.close()


def test_it_is_the_first_thing_that_a_coordinator_sees(browser, still):
    page = still.page_of(browser, Role.COORDINATOR, viewport={"width": 390, "height": 844})
    page.goto(f"{still.address}/mijn")
    form = page.locator("main form").first
    expect(form.get_by_label("Plak het adres van een pagina erover")).to_be_in_viewport()
    assert page.locator("main h2").first.inner_text() == "Voeg een initiatief toe"
    place = form.get_by_role("combobox", name="Gemeente of regio")
    place.press_sequentially("ensch")
    page.get_by_role("option", name="Enschede (gemeente)").click()
    expect(place).to_have_value("Enschede (gemeente)")
    form.get_by_label("Titel").press_sequentially("Techniekroute Twente")
    expect(page.locator("#lijkt-op a").first).to_have_text("Techniekroute Twente")
    page.context.close()
