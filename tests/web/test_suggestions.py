"""The list under the search box, and the same for machines."""

import html
import re

import pytest

from kb.domain.suggestions import SuggestionKind
from kb.language.labels import label


def options(page):
    return [
        (html.unescape(href), text)
        for href, text in re.findall(r'role="option"[^>]*href="([^"]*)"><span>([^<]*)', page)
    ]


def test_titles_organisations_places_and_themes_stand_in_groups_with_counts(client):
    page = client.get("/zoeken/suggesties?q=twe").text
    headings = re.findall(r'class="suggestions-head"[^>]*>([^<]*)<', page)
    assert [html.unescape(each) for each in headings][:3] == [label(kind) for kind in SuggestionKind][:3]
    assert ("/zoeken?regio=AM05", "Twente (arbeidsmarktregio)") in options(page)
    assert "<html" not in page


def test_the_count_is_the_number_of_results_behind_the_suggestion(client):
    for item in client.get("/api/v1/suggesties?q=twe").json["items"]:
        if "aantal" in item:
            assert client.get(item["_links"]["zoeken"]["href"]).json["totaal"] == item["aantal"]
        else:
            assert client.get(item["_links"]["initiatief"]["href"]).status_code == 200


def test_a_suggestion_keeps_what_was_chosen_already(client):
    page = client.get("/zoeken/suggesties?q=omscholing twen&niveau=mbo").text
    assert "/zoeken?q=omscholing&regio=AM05&niveau=mbo" in dict(options(page))


def test_english_readers_stay_in_english(client):
    page = client.get("/en/zoeken/suggesties?q=twe").text
    assert ("/en/zoeken?regio=AM05", "Twente (labour-market region)") in options(page)
    assert "suggestions. Choose one with the arrow keys." in page


@pytest.mark.parametrize("query", ["", "q=", "q=x", "q=%00%ff", "q=" + "x" * 5000, "q=*%22(&regio=nergens"])
def test_anything_typed_gets_an_answer(client, query):
    answer = client.get(f"/zoeken/suggesties?{query}")
    assert answer.status_code == 200
    assert "Geen suggesties." in answer.text
    assert client.get(f"/api/v1/suggesties?{query}").status_code in (200, 400)


def test_the_box_says_where_its_suggestions_are(client):
    for address, base in (("/", ""), ("/zoeken", ""), ("/en/", "/en"), ("/en/zoeken", "/en")):
        assert f'data-suggest="{base}/zoeken/suggesties"' in client.get(address).text
