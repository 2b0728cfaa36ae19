"""The desk and the room of the reviewers in Chromium: what axe says of each page, wide and on a phone, by day
and by night, in Dutch and in English; and adding, reviewing and publishing with the keyboard alone."""

import logging
import time
from itertools import product

import pytest
from playwright.sync_api import expect

from kb.domain.workflow import Role
from tests.desk.staging import HOME
from tests.looking import violations_of

log = logging.getLogger(__name__)
HUB, ROUTE = f"{HOME}/techniekhub", f"{HOME}/route-techniek"
SECTIONS = ("basis", "aanpak", "voor-wie-en-waar", "partners-en-geld", "resultaten", "bronnen")
OF_AUTHORS = (
    "/mijn",
    f"{HOME}/nieuw",
    "/mijn/beloften/nieuw",
    *(f"{HUB}/{section}" for section in SECTIONS),
    f"{HUB}/controleren",
    f"{HUB}/lijkt-op",
    f"{HUB}/geschiedenis",
    f"{HUB}/geschiedenis/2",
    f"{HUB}/geschiedenis/vergelijk?van=1&met=2",
)
PAIR = "/redactie/techniekroute-twente/samenvoegen"
OF_REVIEWERS = (
    "/redactie",
    "/redactie/route-techniek",
    "/redactie/techniekhub",
    "/redactie/techniekroute-twente",
    PAIR,
    f"{PAIR}?met=lessen-uit-almelo",
    "/redactie/aanpakken",
)
VIEWS = ((1280, "light"), (1280, "dark"), (390, "dark"), (390, "light"))


@pytest.fixture(scope="module")
def seen(browser, still):
    """A page for each role, that stays open: a fresh one for every address would only take time."""
    # Colours that are on their way from day to night have no contrast of their own.
    roles = (Role.COORDINATOR, Role.REVIEWER)
    pages = {role: still.page_of(browser, role, reduced_motion="reduce") for role in roles}
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.mark.parametrize(
    ("role", "path"),
    [*product([Role.COORDINATOR], OF_AUTHORS), *product([Role.REVIEWER], OF_REVIEWERS)],
    ids=lambda value: str(value).replace("/", " ").strip(),
)
def test_everybody_can_use_each_page(seen, still, role, path):
    page, said = seen[role], []

    def hear(message) -> None:
        said.append(message.text)

    page.on("console", hear)
    for prefix, views in (("", VIEWS), ("/en", VIEWS[2:3])):
        assert page.goto(still.address + prefix + path).status == 200
        for width, scheme in views:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 900})
            assert (prefix, width, scheme, *violations_of(page)) == (prefix, width, scheme)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.remove_listener("console", hear)
    assert said == []


def test_everybody_can_use_the_page_with_two_texts(browser, still):
    """The conflict page is an answer to a form, so it is reached as people reach it."""
    for width, scheme in ((1280, "light"), (390, "dark")):
        size = {"width": width, "height": 900}
        page = still.page_of(browser, Role.REVIEWER, viewport=size, color_scheme=scheme)
        other = still.page_of(browser, Role.COORDINATOR)
        for each in (page, other):
            each.goto(f"{still.address}{HUB}/basis")
        other.fill("#samenvatting", f"Leerlingen werken {width} uur in een bedrijf in de buurt.")
        other.click("button.button[value=bewaar]")
        page.fill("#samenvatting", f"Leerlingen bouwen {width} uur aan een huis in de buurt.")
        page.click("button.button[value=verder]")
        expect(page.get_by_role("heading", level=1)).to_have_text("Iemand anders heeft dit net gewijzigd")
        assert violations_of(page) == ()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        other.context.close()
        page.context.close()


def _tab_to(page, target, backwards: bool = False) -> None:
    """Presses Tab until the focus is there; a trap or a place out of reach fails."""
    expect(target).to_have_count(1)
    for _ in range(150):
        if target.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError(f"no way to {target} by keyboard")


def _type(page, selector: str, words: str) -> None:
    _tab_to(page, page.locator(selector))
    page.keyboard.type(words)


def _press(page, target, key: str = "Enter") -> None:
    _tab_to(page, target)
    page.keyboard.press(key)


def _onward(page, section: str) -> None:
    _press(page, page.locator("button.button[value=verder]"))
    page.wait_for_url(f"**/{section}?gedaan=bewaard")


def test_somebody_adds_and_submits_an_initiative_by_keyboard_alone(browser, stage):
    page = stage.page_of(browser, Role.COORDINATOR)
    page.goto(f"{stage.address}/mijn")
    _type(page, "#titel", "Bouwplaats Oost")
    _type(page, "#plaats", "ensch")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    _type(page, "#organisatie", "ROC van Twente")
    _press(page, page.get_by_role("button", name="Begin"))
    page.wait_for_url("**/bouwplaats-oost/basis?gedaan=begonnen")
    _type(page, "#samenvatting", "Leerlingen van het vmbo bouwen een jaar lang samen een huis.")
    _type(page, "#website", "geen adres")
    _press(page, page.locator("button.button[value=verder]"))
    # The summary takes the focus; its link leads to the field, where the same words stand.
    page.wait_for_selector("#foutoverzicht:focus")
    page.keyboard.press("Tab")
    words = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_selector("#website:focus")
    described = page.get_attribute("#website", "aria-describedby").split()
    beside = [page.locator(f'[id="{name}"]').inner_text() for name in described]
    assert any(each.startswith("Fout:") and each.endswith(words) for each in beside)
    page.keyboard.press("Control+a")
    page.keyboard.type("https://example.org/bouwplaats")
    _onward(page, "aanpak")
    _onward(page, "voor-wie-en-waar")
    _press(page, page.locator('[name="aanbevelingen"][value="4"]'), "Space")
    _type(page, "#niveaus-zoek", "vmbo")
    page.keyboard.press("Enter")
    expect(page.locator('[name="niveaus"][value="vo-vmbo"]')).to_be_checked()
    for section in ("partners-en-geld", "resultaten", "bronnen", "controleren"):
        _onward(page, section)
    _press(page, page.get_by_role("button", name="Indienen bij de redactie"))
    page.wait_for_url("**/mijn?gedaan=ingediend")
    page.context.close()


def test_a_reviewer_returns_and_publishes_by_keyboard_alone(browser, stage):
    page = stage.page_of(browser, Role.REVIEWER)
    page.goto(f"{stage.address}/redactie")
    _press(page, page.get_by_role("link", name="Route Techniek"))
    page.wait_for_url("**/redactie/route-techniek")
    _press(page, page.get_by_role("button", name="Stuur terug met deze opmerkingen"))
    page.wait_for_selector("#foutoverzicht:focus")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("textarea:focus")
    _type(page, '[id="opmerking.summary"]', "Hoe lang duurt het?")
    _press(page, page.get_by_role("button", name="Stuur terug met deze opmerkingen"))
    page.wait_for_url("**/redactie?gedaan=teruggestuurd")
    author = stage.page_of(browser, Role.COORDINATOR)
    author.goto(f"{stage.address}{ROUTE}/basis")
    described = author.get_attribute("#samenvatting", "aria-describedby")
    assert "Hoe lang duurt het?" in author.locator(f'[id="{described.split()[1]}"]').inner_text()
    _type(author, "#samenvatting", "Een jaar lang. ")
    _onward(author, "aanpak")
    author.goto(f"{stage.address}{ROUTE}/controleren")
    _press(author, author.get_by_role("button", name="Indienen bij de redactie"))
    author.wait_for_url("**/mijn?gedaan=ingediend")
    page.goto(f"{stage.address}/redactie/route-techniek")
    _type(page, "#uitleg", "Nieuwe opzet")
    _press(page, page.get_by_role("button", name="Publiceer"))
    page.wait_for_url("**/redactie?gedaan=gepubliceerd")
    assert "Een jaar lang." in stage.visitor().get("/initiatieven/route-techniek").text
    author.context.close()
    page.context.close()


def test_few_things_are_needed_and_a_complete_initiative_is_added_at_once(browser, stage):
    """Everything there is: a figure, a study, a promise, costs and a source.

    pytest --log-cli-level=INFO tells the time, which is told and not judged.
    """
    page = stage.page_of(browser, Role.COORDINATOR)
    asked = {section: _needed(page, f"{stage.address}{HUB}/{section}") for section in SECTIONS}
    assert 0 < sum(asked.values()) < 10, asked
    page.goto(f"{stage.address}/mijn")
    began = time.perf_counter()
    _complete(page)
    seconds = time.perf_counter() - began
    log.info("%s fields needed; a complete initiative in %.1f seconds", sum(asked.values()), seconds)
    content = stage.content("bouwplaats-oost")
    assert content.measurements[0].indicator == "profielkeuze-techniek-vmbo"
    assert (content.studies[0].analysed_t, content.promises[0].due_date) == (80, "2027-06-30")
    assert (content.costs[0].total, content.sources[0].title) == (120_000, "Over de bouwplaats")
    assert (content.regions, content.sectors) == (("GM0153",), ("bouw-infra",))
    page.context.close()


def _needed(page, address: str) -> int:
    """The fields of a section that must be filled in, without those of rows that somebody may add."""
    page.goto(address)
    marks = "[...document.querySelectorAll('main form .muted')].filter(e => e.textContent === '(nodig)')"
    return page.evaluate(f"{marks}.filter(e => !e.closest('[data-row]')).length")


def _complete(page) -> None:
    page.fill("#titel", "Bouwplaats Oost")
    page.fill("#plaats", "Enschede (gemeente)")
    page.fill("#organisatie", "ROC van Twente")
    page.get_by_role("button", name="Begin").click()
    page.fill("#samenvatting", "Leerlingen van het vmbo bouwen een jaar lang samen een huis.")
    page.fill("#website", "https://example.org/bouwplaats")
    page.fill("#contactAdres", "https://example.org/contact")
    _click_onward(page)
    texts = {"doel": "Meer leerlingen kiezen de bouw.", "activiteiten": "Elke vrijdag bouwen."}
    for name, words in {**texts, "voorwaarden": "Een bouwplaats.", "geleerd": "Begin klein."}.items():
        page.fill(f"#{name}", words)
    page.locator("#instrumenten-zoek").press_sequentially("leerwerkplaats")
    page.keyboard.press("Enter")
    _click_onward(page)
    page.check('[name="aanbevelingen"][value="3"]')
    page.locator("#niveaus-zoek").press_sequentially("vmbo")
    page.keyboard.press("Enter")
    page.locator("#sectoren-zoek").press_sequentially("bouw")
    page.keyboard.press("Enter")
    expect(page.locator('[name="sectoren"][value="bouw-infra"]')).to_be_checked()
    page.fill("#voorWie", "Leerlingen van de derde klas.")
    _click_onward(page)
    _row(page, "kosten", jaar="2025", totaal="120000", deelnemers="80")
    _click_onward(page)
    _row(page, "metingen", omschrijving="Leerlingen die de bouw kiezen", woorden="31 procent", jaar="2025")
    page.locator('[id="metingen.0.indicator"]').press_sequentially("profiel vmbo")
    page.keyboard.press("Enter")
    _row(page, "studies", titel="Voor en na een jaar", onderzochtDeelnemers="80", respons="80")
    page.select_option('[name="studies.0.ontwerp"]', "prepost")
    page.select_option('[name="studies.0.zelfdeMeetinstrument"]', "ja")
    _row(page, "beloften", doel="40% (nu 31%)", klaarOp="2027-06-30")
    page.locator('[id="beloften.0.indicator"]').press_sequentially("uitval")
    page.keyboard.press("Enter")
    expect(page.locator('[id="beloften.0.indicator"]')).to_have_value("Uitval")
    expect(page.locator("#oordeel")).to_contain_text("Dit wordt trede")
    _click_onward(page)
    _row(page, "bronnen", titel="Over de bouwplaats", adres="https://example.org/bouwplaats")
    _click_onward(page)
    page.get_by_role("button", name="Indienen bij de redactie").click()
    page.wait_for_url("**/mijn?gedaan=ingediend")


def _click_onward(page) -> None:
    page.click("button.button[value=verder]")
    page.wait_for_url("**gedaan=bewaard")


def _row(page, name: str, **fields: str) -> None:
    page.locator(f"[data-add-row='sjabloon-{name}']").click()
    for field, words in fields.items():
        page.fill(f'[name="{name}.0.{field}"]', words)
