"""What works, its cells and the planner in a browser, on the made-up data; the forest plot on paper too."""

import re
from threading import Thread

import pytest
from werkzeug.serving import make_server

from tests.looking import look

POOLED, TWO, EMPTY, OLD = "/wat-werkt/4/mbo", "/wat-werkt/4/wo", "/wat-werkt/6/po", "/wat-werkt/3/po"
SCORES = "/meten?soort=gemiddelde&indicator=uurloon&deelnemers=100&spreiding=4&verschil=1,5"
PAGES = (
    "/wat-werkt",
    "/en/wat-werkt?regio=AM05",
    POOLED,
    TWO,
    EMPTY,
    OLD,
    "/meten",
    SCORES,
    "/bewijs",
    "/en/initiatieven/voorbeeld-belofte",
    "/meten?deelnemers=100&nu=40&verwacht=60",
    "/meten?deelnemers=veel&nu=140&verwacht=",
    "/initiatieven/voorbeeld-trede-4",
    "/aanpakken/voorbeeld-wisselt",
    "/en/aanpakken/voorbeeld-leerwerkplaats",
)
VIEWS = ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"))


@pytest.fixture(scope="module")
def example(example_app):
    """The address of a portal with the made-up data."""
    server = make_server("127.0.0.1", 0, example_app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.mark.parametrize("page", PAGES)
def test_everybody_can_use_the_page(browser, example, page):
    for width, scheme in VIEWS:
        looked = look(browser, example + page, width=width, scheme=scheme)
        assert (looked.status, looked.violations, looked.console) == (200, (), ()), (width, scheme)
        assert looked.sideways <= 0, (width, scheme)


def test_the_forest_plot_has_a_diamond_only_where_studies_are_pooled(browser, example):
    page = browser.new_page()
    found = {}
    for address in (POOLED, TWO, EMPTY):
        page.goto(example + address)
        found[address] = (page.locator(".forest .interval").count(), page.locator(".forest .diamond").count())
    page.close()
    assert found == {POOLED: (5, 1), TWO: (2, 0), EMPTY: (0, 0)}


def test_the_forest_plot_prints_with_its_lines_and_numbers(browser, example):
    page = browser.new_page()
    page.goto(example + POOLED)
    page.emulate_media(media="print")
    box = page.locator(".forest .diamond").bounding_box()
    assert page.locator(".forest tbody tr").count() == 5
    assert not page.locator(".site-head").is_visible()
    # A line of no length is drawn on a screen and lost on paper.
    assert page.locator(".forest .point").first.evaluate("line => line.getTotalLength()") > 0
    assert page.pdf(format="A4", print_background=True).startswith(b"%PDF")
    page.close()
    assert box["width"] > 5


def test_the_plan_prints_on_one_sheet_without_its_form(browser, example):
    page = browser.new_page()
    page.goto(f"{example}/meten?deelnemers=100&nu=40&verwacht=60")
    sheet = page.pdf(format="A4", print_background=True)
    page.emulate_media(media="print")
    assert not page.locator("main form").is_visible()
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def test_the_planner_keeps_what_was_filled_in_and_says_at_the_field_what_is_wrong(browser, example):
    page = browser.new_page()
    page.goto(f"{example}/meten?deelnemers=100&nu=140&verwacht=60")
    assert page.locator("#deelnemers").input_value() == "100"
    assert page.locator("#nu").get_attribute("aria-invalid") == "true"
    assert page.locator("#nu-error").is_visible()
    assert page.locator("#plan").count() == 0
    page.close()


def test_the_derivation_opens_with_the_answers_that_the_rules_read(browser, example):
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{example}/initiatieven/voorbeeld-trede-4")
    fold = page.locator("details", has_text="Hoe komen we hieraan?").first
    fold.locator("summary").click()
    assert fold.locator(".trace li.held").count() > 0
    page.close()
