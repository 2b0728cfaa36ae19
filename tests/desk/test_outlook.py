"""The verdict as it would become: while typing, by a button without script, and never stored."""

from html import unescape

import pytest
from playwright.sync_api import expect

from kb.domain.workflow import Role
from tests.desk.filling import version
from tests.desk.staging import HOME

RESULTS = f"{HOME}/techniekroute-twente/resultaten"
STUDY = {
    "studies.0.titel": "Voor en na",
    "studies.0.ontwerp": "prepost",
    "studies.0.onderzochtDeelnemers": "80",
    "studies.0.zelfdeMeetinstrument": "ja",
    "studies.0.respons": "80",
}


@pytest.fixture
def hand(still):
    return still.hand_of(Role.REVIEWER)


def _panel(page: str) -> str:
    """The words of the panel, as a reader sees them."""
    return unescape(page.split('id="oordeel"')[1].split("</section>", maxsplit=1)[0])


def test_the_level_of_what_is_in_the_form_is_shown_and_nothing_is_stored(still, hand):
    before = still.content("techniekroute-twente")
    number = version(hand, RESULTS)
    assert "Voor trede 1:" in _panel(hand.get(RESULTS).text)
    answer = hand.send(RESULTS, {"versie": number, "actie": "oordeel", **STUDY})
    assert answer.status_code == 200
    # A study that says something waits behind the description that is not complete.
    assert "Dit wordt trede 0" in _panel(answer.text)
    assert "Voor trede 3:" in _panel(answer.text)
    assert 'value="Voor en na"' in answer.text
    assert version(hand, RESULTS) == number
    assert still.content("techniekroute-twente") == before


def test_every_rule_stands_behind_the_level_in_the_words_of_the_page_about_evidence(hand):
    page = unescape(hand.get("/bewijs").text)
    answer = hand.send(RESULTS, {"versie": version(hand, RESULTS), "actie": "oordeel", **STUDY})
    rule = "Voor en na, minstens 30 mensen, dezelfde vragen"
    assert rule in _panel(answer.text)
    assert rule in page


def test_an_answer_that_cannot_be_is_told_first(hand):
    sent = {**STUDY, "studies.0.respons": "140", "versie": version(hand, RESULTS), "actie": "oordeel"}
    panel = _panel(hand.send(RESULTS, sent).text)
    assert "De trede is nog niet te zeggen" in panel
    assert 'href="#studies.0.respons"' in panel


def test_the_level_follows_the_typing(browser, still):
    page = still.page_of(browser, Role.COORDINATOR)
    page.goto(still.address + RESULTS)
    panel = page.locator("#oordeel")
    expect(panel).to_contain_text("Voor trede 1:")
    page.locator("[data-add-row='sjabloon-studies']").click()
    page.locator('[name="studies.0.titel"]').press_sequentially("Voor en na")
    expect(panel).to_contain_text("De trede is nog niet te zeggen")
    page.select_option('[name="studies.0.ontwerp"]', "prepost")
    for name, words in list(STUDY.items())[2:]:
        field = page.locator(f'[name="{name}"]')
        field.select_option(words) if name.endswith("instrument") else field.fill(words)
    expect(panel).to_contain_text("Voor trede 3:")
    page.locator("[id='studies'] [data-remove-row]").click()
    expect(panel).to_contain_text("Voor trede 1:")
    page.context.close()


def test_without_script_a_button_asks_for_it(browser, still):
    page = still.page_of(browser, Role.COORDINATOR, java_script_enabled=False)
    page.goto(still.address + RESULTS)
    page.get_by_role("button", name="Onderzoek").click()
    page.fill('[name="studies.0.titel"]', "Voor en na")
    page.select_option('[name="studies.0.ontwerp"]', "prepost")
    page.fill('[name="studies.0.onderzochtDeelnemers"]', "80")
    page.select_option('[name="studies.0.zelfdeMeetinstrument"]', "ja")
    page.fill('[name="studies.0.respons"]', "80")
    page.get_by_role("button", name="Bekijk het oordeel").click()
    expect(page.locator("#oordeel")).to_contain_text("Voor trede 3:")
    assert page.input_value('[name="studies.0.titel"]') == "Voor en na"
    page.context.close()
