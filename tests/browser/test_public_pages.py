"""The public pages in a browser: for everybody, on a wide screen and a phone, with script and without."""

import pytest
from playwright.sync_api import expect

from tests.looking import look

MAIN_PAGES = (
    "/",
    "/en/",
    "/zoeken",
    "/zoeken?q=omscholing&regio=PV26&aanbeveling=4",
    "/initiatieven/mkb-idee",
    "/initiatieven/sto-zuidoost-groningen",
    "/regios/PV30",
    "/aanbevelingen/4",
)
OTHER_PAGES = (
    "/briefing?aanbeveling=6",
    "/programmas",
    "/vergelijk?i=make-it-work-in-the-north&i=beroepentuin-twente&q=twente",
    "/spreiding?aanbeveling=6",
    "/en/spreiding/versnippering",
    "/en/zoeken?q=omscholing&niveau=mbo",
    "/zoeken?q=xyzzyqq&trede=9",
    "/en/initiatieven/mkb-idee",
    "/regios",
    "/regios/GM0344",
    "/aanbevelingen",
    "/aanpakken",
    "/aanpakken/sto-regio",
    "/organisaties/ministerie-van-ezk",
    "/over",
    "/bewijs",
    "/toegankelijkheid",
    "/privacy",
    "/open-data",
    "/begrippen",
    "/begrippen/regio",
    "/api",
    "/en/api",
    "/api/problemen/ongeldig",
)
VIEWS = ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"))
TWO_VIEWS = ((1280, "light"), (390, "dark"))


@pytest.mark.parametrize(
    ("page", "views"), [(page, VIEWS) for page in MAIN_PAGES] + [(page, TWO_VIEWS) for page in OTHER_PAGES]
)
def test_everybody_can_use_the_page(browser, portal, page, views):
    for width, scheme in views:
        looked = look(browser, portal + page, width=width, scheme=scheme)
        assert (looked.status, looked.violations, looked.console) == (200, (), ()), (width, scheme)
        assert looked.sideways <= 0, (width, scheme)


@pytest.mark.parametrize(
    ("address", "kind"), [("/initiatieven/mkb-idee", "Project"), ("/open-data", "DataCatalog")]
)
def test_a_browser_holds_the_linked_data_though_it_may_run_no_script_in_a_page(
    browser, portal, address, kind
):
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(portal + address)
    data = page.evaluate(
        "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"
    )
    page.close()
    assert (data["@context"], data["@type"], said) == ("https://schema.org", kind, [])


def test_a_page_that_is_not_there_is_a_good_page_too(browser, portal):
    for width, scheme in TWO_VIEWS:
        looked = look(browser, f"{portal}/bestaat-niet", width=width, scheme=scheme)
        # The browser itself reports the 404 of the page.
        assert [line for line in looked.console if "404" not in line] == []
        assert (looked.status, looked.violations) == (404, ()), (width, scheme)
        assert looked.sideways <= 0, (width, scheme)


def test_a_small_phone_shows_no_page_wider_than_itself(browser, portal):
    page = browser.new_page(viewport={"width": 320, "height": 700})
    wide = {}
    for address in MAIN_PAGES + OTHER_PAGES:
        page.goto(portal + address)
        wide[address] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.close()
    assert {address: extra for address, extra in wide.items() if extra > 0} == {}


def test_without_javascript_the_filters_are_a_form(browser, portal):
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{portal}/zoeken?q=omscholing")
    everything = count(page)
    page.locator("#filters > summary").click(force=True)
    page.get_by_role("checkbox", name="4. Meer matching").check()
    page.get_by_role("checkbox", name="Utrecht", exact=False).first.check()
    page.get_by_role("button", name="Pas de filters toe").click()
    assert "aanbeveling=4" in page.url
    assert "regio=PV26" in page.url
    assert 0 < count(page) < everything
    page.close()


def test_with_javascript_the_results_follow_each_choice_and_the_focus_stays(browser, portal):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{portal}/zoeken?q=omscholing")
    everything = count(page)
    page.get_by_role("checkbox", name="4. Meer matching").focus()
    page.keyboard.press("Space")
    page.wait_for_url("**aanbeveling=4**")
    expect(page.locator("#aantal")).not_to_have_text(f"{everything} initiatieven")
    assert 0 < count(page) < everything
    focused = page.evaluate("[document.activeElement.name, document.activeElement.value]")
    assert focused == ["aanbeveling", "4"]
    assert page.locator("#status").text_content() == f"{count(page)} initiatieven gevonden"
    page.go_back()
    expect(page.locator("#aantal")).to_have_text(f"{everything} initiatieven")
    page.close()


def test_a_group_of_filters_that_was_opened_stays_open(browser, portal):
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(f"{portal}/zoeken")
    page.locator("#filters > summary").click()
    page.locator("[data-fold=instrument] > summary").click()
    page.get_by_role("checkbox", name="4. Meer matching").check()
    page.wait_for_url("**aanbeveling=4**")
    expect(page.locator(".busy")).to_have_count(0)
    assert page.locator("#filters").get_attribute("open") is not None
    assert page.locator("[data-fold=instrument]").get_attribute("open") is not None
    page.close()


def count(page) -> int:
    return int(page.locator("#aantal").text_content().split()[0].replace(".", ""))


def test_a_page_from_a_dark_screen_is_printed_in_black_on_white_without_what_paper_cannot_use(
    browser, portal
):
    page = browser.new_page(color_scheme="dark")
    page.goto(f"{portal}/initiatieven/mkb-idee")
    page.emulate_media(media="print", color_scheme="dark")
    for element in ("h1", "p", ".figures-table strong", ".panel dd"):
        red, green, blue = page.locator(f"main {element}").first.evaluate(
            "e => getComputedStyle(e).color.match(/[0-9]+/g).map(Number)"
        )
        assert max(red, green, blue) < 128, element
    for gone in (".site-head", ".site-foot", ".page-nav"):
        assert not page.locator(gone).is_visible(), gone
    address = page.locator("#bronnen a").first
    assert address.evaluate("e => getComputedStyle(e, '::after').content").find("https://") > 0
    page.close()
