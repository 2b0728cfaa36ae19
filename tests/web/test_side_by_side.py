"""Initiatives next to each other: a shareable address, and nothing that stops the page."""

import re

import pytest

ONE, TWO = "make-it-work-in-the-north", "beroepentuin-twente"


def page_of(client, *slugs: str, **more: str) -> str:
    query = "&".join([*(f"i={slug}" for slug in slugs), *(f"{name}={value}" for name, value in more.items())])
    answer = client.get(f"/vergelijk?{query}")
    assert answer.status_code == 200
    return answer.text


def headings(page: str) -> list[str]:
    return re.findall(r'<th scope="col"><a href="/initiatieven/([^"]+)"', page)


def test_the_initiatives_stand_in_the_order_of_the_address(client):
    assert headings(page_of(client, TWO, ONE)) == [TWO, ONE]
    assert headings(page_of(client, ONE, TWO, ONE)) == [ONE, TWO]


def test_what_is_not_known_is_said_and_the_two_axes_stand_apart(client):
    page = page_of(client, ONE, TWO)
    assert "niet bekend" in page
    assert page.count("Aangemeld") == 2
    assert page.count("Niet gemeten") == 2


def test_an_address_that_nothing_has_is_named_and_the_others_stay(client):
    page = page_of(client, ONE, "bestaat-niet")
    assert headings(page) == [ONE]
    assert "Dit initiatief kennen we niet: bestaat-niet" in page


def test_more_than_fit_are_counted(client):
    slugs = [item["slug"] for item in client.get("/api/v1/initiatieven?perPagina=7").get_json()["items"]]
    page = page_of(client, *slugs)
    assert headings(page) == slugs[:5]
    assert "2 initiatieven passen er niet bij" in page
    assert 'name="q"' not in page.partition("<main")[2]


def test_another_one_can_be_looked_for_and_set_beside(client):
    page = page_of(client, ONE, q="zij-instroom")
    offered = re.findall(r'href="/vergelijk\?([^"]+)"', page.partition("side-by-side")[0])
    assert offered
    assert all(each.startswith(f"i={ONE}&amp;i=") for each in offered)
    assert f"i={ONE}&amp;i={ONE}" not in page


@pytest.mark.parametrize("query", ["", "i=", "i=%00", "i=%ff", "i=../../etc", "q=%22%22", "i=" + "x" * 5000])
def test_nonsense_gives_a_page(client, query):
    assert client.get(f"/vergelijk?{query}").status_code == 200
    assert client.get(f"/en/vergelijk?{query}").status_code == 200
