"""`/bewijs` shows the very tables that decide, with figures and an example from the data."""

import re
from html import unescape

import pytest

from kb.domain.evidence import Flag, Level
from kb.language.labels import label
from kb.language.rules import direction_rules, grade_rules, level_rules, together_rules
from kb.language.texts import speaking


@pytest.fixture(scope="module", params=["nl", "en"])
def page(request, seeded_app):
    """The text of the page, in a language."""
    client = seeded_app.test_client()
    markup = client.get("/bewijs" if request.param == "nl" else "/en/bewijs").text
    with speaking(request.param):
        yield unescape(markup)


def test_every_rule_of_the_tables_stands_there(page):
    sentences = [rule.sentence for rule in grade_rules()]
    sentences += [ask for rule in level_rules() for ask in rule.asks]
    sentences += [sentence for _direction, sentence in direction_rules()]
    assert not [each for each in (*sentences, *together_rules()) if each not in page]


def test_every_note_and_level_stands_there(page):
    assert not [each for each in (*Flag, *Level) if label(each) not in page]


def test_an_example_shows_its_derivation(page):
    assert '<ol class="trace">' in page


def test_it_says_how_to_object(page):
    assert 'id="bezwaar"' in page


def test_the_numbers_are_those_of_the_searches_behind_them(seeded_app):
    client = seeded_app.test_client()
    links = re.findall(r'href="/zoeken\?([^"]*)">(\d+)', client.get("/bewijs").text)
    assert len(links) >= 4
    for query, number in links:
        found = client.get(f"/api/v1/initiatieven?{unescape(query)}").json["totaal"]
        assert found == int(number), query


def test_nobody_is_called_recognised(seeded_app):
    assert "erkend" not in seeded_app.test_client().get("/bewijs").text
    assert "vergelijkbaar met" in seeded_app.test_client().get("/bewijs").text
