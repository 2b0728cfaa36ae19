"""Choosing while typing: what the server offers, and the boxes and lists in Chromium and without script."""

from html import unescape

import pytest
from playwright.sync_api import expect

from kb.domain.workflow import Role
from tests.desk.filling import version
from tests.desk.staging import HOME
from tests.looking import violations_of

HUB = f"{HOME}/techniekhub"


def _offered(hand, wanted: str, typed: str) -> str:
    return unescape(hand.get(f"/mijn/kiezen?lijst={wanted}&q={typed}").text)


@pytest.mark.parametrize(
    ("wanted", "typed", "words"),
    [
        ("regio", "ensch", 'data-value="Enschede (gemeente)"'),
        ("regio", "utrecht", 'data-value="Utrecht (provincie)"'),
        ("regio", "utrecht", 'data-value="Utrecht (gemeente)"'),
        # Boxmeer became a part of Land van Cuijk; Brainport is what people call the region of Eindhoven.
        ("regio", "boxmeer", "Land van Cuijk (gemeente) <small>ook: Boxmeer</small>"),
        ("regio", "brainport", "Zuidoost-Brabant (arbeidsmarktregio)"),
        ("niveau", "vmbo", 'data-value="vo-vmbo"'),
        ("indicator", "profiel vmbo", 'data-value="profielkeuze-techniek-vmbo"'),
        ("organisatie", "techniekroute", 'data-value="Stichting Techniekroute"'),
        ("aanpak", "les", 'data-value="Les in techniek"'),
    ],
)
def test_each_list_is_searched_by_all_names(still, wanted, typed, words):
    assert words in _offered(still.hand_of(Role.COORDINATOR), wanted, typed)


@pytest.mark.parametrize(("wanted", "typed"), [("organisatie", ""), ("bestaat-niet", "x"), ("regio", "%")])
def test_what_makes_no_sense_offers_nothing_or_the_list(still, wanted, typed):
    answer = _offered(still.hand_of(Role.COORDINATOR), wanted, typed)
    assert answer.count('role="option"') <= 12


def test_a_second_name_of_an_approach_offers_the_one_that_counts(stage):
    hand = stage.hand_of(Role.REVIEWER)
    page = "/redactie/aanpakken"
    hand.send(page, {"aanpak": "les-in-techniek", "met": "techniekles", "reden": "Zelfde"})
    assert 'data-value="Techniekles"' in _offered(hand, "aanpak", "les in")


def test_somebody_without_a_desk_is_offered_nothing(still, hand):
    assert hand.get("/mijn/kiezen?lijst=regio&q=a").status_code in (302, 303, 403)


@pytest.fixture
def page(browser, still):
    page = still.page_of(browser, Role.COORDINATOR)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    yield page
    assert said == []
    page.context.close()


def test_an_old_name_becomes_the_region_of_today_by_keyboard_alone(page, still):
    page.goto(f"{still.address}{HUB}/voor-wie-en-waar")
    box = page.locator('[name="regios.1"]')
    box.focus()
    page.keyboard.type("boxmeer")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("option")).to_have_count(1)
    assert violations_of(page) == ()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value("Land van Cuijk (gemeente)")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert "/voor-wie-en-waar" in page.url


def test_a_long_list_of_boxes_is_searched_and_only_what_is_ticked_shows(page, still):
    page.goto(f"{still.address}{HUB}/voor-wie-en-waar")
    group = page.locator("#sectoren")
    expect(group.get_by_role("checkbox")).to_have_count(1)
    box = group.get_by_role("combobox", name="Sectoren: Typ om in de lijst te zoeken")
    box.press("ArrowDown")
    expect(group.get_by_role("option")).to_have_count(16)
    box.press("Escape")
    box.press_sequentially("ict")
    page.keyboard.press("Enter")
    expect(group.get_by_role("checkbox", name="Ict en digitalisering")).to_be_checked()
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Ict en digitalisering: gekozen")).to_have_count(1)
    more = group.get_by_role("button")
    more.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    expect(group.get_by_role("checkbox")).to_have_count(17)
    assert violations_of(page) == ()


def test_a_list_to_pull_down_becomes_a_box_and_sends_the_code(page, still):
    page.goto(f"{still.address}{HUB}/resultaten")
    page.locator("[data-add-row='sjabloon-metingen']").click()
    box = page.locator('[id="metingen.1.indicator"]')
    select = page.locator('select[name="metingen.1.indicator"]')
    box.press_sequentially("profiel vmbo")
    page.keyboard.press("Enter")
    expect(box).to_have_value("Kiest een technisch profiel in het vmbo")
    assert select.input_value() == "profielkeuze-techniek-vmbo"
    box.fill("iets wat niet in de lijst staat")
    page.keyboard.press("Tab")
    expect(box).to_have_value("Kiest een technisch profiel in het vmbo")
    box.fill("")
    page.keyboard.press("Tab")
    assert select.input_value() == ""
    assert violations_of(page) == ()


def test_an_organisation_is_offered_and_another_may_be_typed(page, still):
    page.goto(f"{still.address}{HUB}/partners-en-geld")
    box = page.locator('[name="organisaties.0.naam"]')
    box.fill("")
    box.press_sequentially("techniekr")
    page.get_by_role("option", name="Stichting Techniekroute").click()
    expect(box).to_have_value("Stichting Techniekroute")
    box.fill("Een nieuwe stichting")
    page.keyboard.press("Tab")
    expect(box).to_have_value("Een nieuwe stichting")


@pytest.mark.parametrize(("typed", "kept"), [("Boxmeer", "GM1982"), ("Enschede (gemeente)", "GM0153")])
def test_without_script_the_server_finds_the_region_by_its_name(stage, typed, kept):
    hand = stage.hand_of(Role.REVIEWER)
    page = f"{HUB}/voor-wie-en-waar"
    fields = {"versie": version(hand, page), "regios.0": typed, "aanbevelingen": "3", "niveaus": "vo-vmbo"}
    assert hand.send(page, fields).status_code == 303
    assert kept in stage.content("techniekhub").regions


def test_without_script_an_unclear_name_says_which_there_are(still):
    hand = still.hand_of(Role.REVIEWER)
    page = f"{HUB}/voor-wie-en-waar"
    answer = hand.send(page, {"versie": version(hand, page), "regios.0": "Utrecht"})
    assert answer.status_code == 422
    assert "PV26 (Utrecht, provincie)" in unescape(answer.text)
