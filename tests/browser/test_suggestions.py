"""The search box as a combobox: by keyboard alone, for a screen reader, by mouse, and without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.looking import violations_of

VIEWS = ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"))


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def typed(page, address, words):
    """The box with these words typed by keyboard, and its list open."""
    page.goto(address)
    box = page.locator("#q[role=combobox]")
    while not box.evaluate("box => box === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type(words)
    expect(box).to_have_attribute("aria-expanded", "true")
    return box


def active(page):
    return page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent"
    )


def test_a_suggestion_is_chosen_by_keyboard_alone(page, portal):
    box = typed(page, portal + "/", "twente")
    expect(page.get_by_role("status")).to_contain_text("Kies er een met de pijltjestoetsen.")
    assert active(page) is None
    page.keyboard.press("ArrowUp")
    last = active(page)
    page.keyboard.press("ArrowDown")
    assert active(page) is None
    page.keyboard.press("ArrowDown")
    assert active(page) not in (None, last)
    place = page.get_by_role("option", name="Twente (arbeidsmarktregio)")
    while place.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    assert box.input_value() == "twente"
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken?regio=AM05")


def test_escape_closes_the_list_and_keeps_the_words(page, portal):
    box = typed(page, portal + "/", "twente")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert box.input_value() == "twente"
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")


def test_enter_without_a_choice_searches_for_the_words(page, portal):
    typed(page, portal + "/", "twente")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken?q=twente")


def test_leaving_the_box_closes_the_list(page, portal):
    box = typed(page, portal + "/zoeken", "twente")
    page.keyboard.press("Tab")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_a_suggestion_is_chosen_by_mouse_and_keeps_the_filters(page, portal):
    typed(page, portal + "/en/zoeken?niveau=mbo", "training twen")
    page.get_by_role("option", name="Twente (labour-market region)").click()
    page.wait_for_url("**/en/zoeken?q=training&regio=AM05&niveau=mbo")


@pytest.mark.parametrize("address", ["/", "/en/zoeken?niveau=mbo"])
@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_everybody_can_use_the_open_list(browser, portal, address, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    said = []
    page.on("console", lambda message: said.append(message.text))
    typed(page, portal + address, "twente")
    page.keyboard.press("ArrowDown")
    assert violations_of(page) == ()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert said == []
    page.close()


def test_what_was_understood_is_taken_away_and_chosen_by_keyboard_alone(page, portal):
    page.goto(portal + "/zoeken?q=zij-instroom mbo twente")
    _follow(page, page.get_by_role("link", name="Lees dit niet zo: in de regio Twente"))
    page.wait_for_url("**letterlijk=regio**")
    expect(page.get_by_text("Niet gelezen in uw vraag: in de regio Twente.")).to_be_visible()
    assert violations_of(page) == ()
    _follow(page, page.get_by_role("link", name="Toch zo lezen"))
    _follow(page, page.get_by_role("link", name=re.compile("^in de regio Twente .35 resultaten")))
    page.wait_for_url("**regio=AM05**")
    expect(page.locator("#aantal")).to_have_text("35 initiatieven")
    expect(page.locator("#aantal")).to_be_focused()


def _follow(page, link):
    """Tabs to the link and presses Enter."""
    expect(link).to_have_count(1)
    while not link.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_without_javascript_the_box_is_a_plain_form(browser, portal):
    page = browser.new_page(java_script_enabled=False)
    page.goto(portal + "/")
    page.get_by_role("searchbox").fill("twente")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken?q=twente")
    page.close()
