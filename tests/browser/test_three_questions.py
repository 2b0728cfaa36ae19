"""The three questions that somebody of a ministry comes with, each answered in a few clicks."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture(params=[1280, 390])
def page(browser, request):
    page = browser.new_page(viewport={"width": request.param, "height": 900})
    yield page
    page.close()


def test_what_works_for_career_changers_at_mbo_level(page, portal):
    page.goto(portal + "/")
    page.locator("#q").fill("wat werkt voor zij-instroom op mbo-niveau")
    page.keyboard.press("Enter")
    expect(page.locator("ol.results > li").first).to_be_visible()
    page.goto(portal + "/wat-werkt")
    page.locator("a.cell-measured[href='/wat-werkt/4/mbo']").click()
    expect(page.locator("h1")).to_contain_text("zij-instromers")
    expect(page.locator("#onderzoeken")).to_be_visible()


def test_where_nothing_is_done_for_a_recommendation(page, portal):
    page.goto(portal + "/spreiding")
    page.get_by_label("Aanbeveling", exact=True).select_option("6")
    page.get_by_role("button", name="Toon").click()
    expect(page).to_have_url(re.compile("aanbeveling=6"))
    summary = page.get_by_text("regio’s kennen we geen initiatief")
    expect(summary).to_have_count(1)
    expect(page.locator("details[open] li").first).to_be_visible()
    page.locator("details[open] li a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_who_does_the_same_in_another_region(page, portal):
    page.goto(portal + "/zoeken?q=Techniek+Driedaagse")
    page.get_by_role("link", name="Techniek Driedaagse Woerden").first.click()
    other = page.locator("#elders").get_by_role("link", name="Techniek Driedaagse Amstel & Venen", exact=True)
    expect(other).to_be_visible()
    page.locator("#elders").get_by_role("link", name="Zet naast elkaar").first.click()
    expect(page.locator("table.side-by-side thead th")).to_have_count(2)
