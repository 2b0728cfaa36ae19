"""The measure planner: a plan for a good question, a word at each field for a bad one."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

GOOD = "/meten?indicator=uitval&deelnemers=100&nu=40&verwacht=60"
SCORE = "/meten?soort=gemiddelde&indicator=interesse-techniek&deelnemers=100&spreiding=4&verschil=1,5"


def test_a_good_question_gives_a_plan(client):
    page = client.get(GOOD).text
    assert "<b>97</b>" in page
    assert 'id="plan"' in page


def test_a_score_is_planned_from_its_spread_and_the_difference_hoped_for(client):
    page = client.get(SCORE).text
    assert "<b>113</b>" in page
    assert "het kleinste verschil dat u kunt zien 1,59 (schaalscore)" in page


@pytest.mark.parametrize("query", ["", "?soort=gemiddelde", "?soort=gemiddelde&indicator=uurloon"])
def test_without_a_question_there_is_only_the_form(client, query):
    page = client.get(f"/meten{query}").text
    assert 'id="plan"' not in page
    assert "error-text" not in page


@pytest.mark.parametrize(
    ("query", "asks", "leaves_out"), [("", "nu", "spreiding"), ("?soort=gemiddelde", "spreiding", "nu")]
)
def test_each_kind_asks_its_own_numbers_and_outcomes(client, query, asks, leaves_out):
    page = client.get(f"/meten{query}").text
    assert f'name="{asks}"' in page
    assert f'name="{leaves_out}"' not in page
    assert ('value="uurloon"' in page) is (asks == "spreiding")
    assert ('value="uitval"' in page) is (asks == "nu")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("deelnemers=&nu=40&verwacht=60", "deelnemers"),
        ("deelnemers=-5&nu=40&verwacht=60", "deelnemers"),
        ("deelnemers=100&nu=140&verwacht=60", "nu"),
        ("deelnemers=100&nu=NaN&verwacht=60", "nu"),
        ("deelnemers=100&nu=40&verwacht=", "verwacht"),
        ("deelnemers=100&nu=40&verwacht=40", "verwacht"),
        ("deelnemers=100&vergelijking=veel&nu=40&verwacht=60", "vergelijking"),
        ("deelnemers=100&nu=40&verwacht=1e999", "verwacht"),
        ("soort=gemiddelde&deelnemers=100&spreiding=0&verschil=2", "spreiding"),
        ("soort=gemiddelde&deelnemers=100&spreiding=-4&verschil=2", "spreiding"),
        ("soort=gemiddelde&deelnemers=100&spreiding=NaN&verschil=2", "spreiding"),
        ("soort=gemiddelde&deelnemers=100&spreiding=4&verschil=0", "verschil"),
        ("soort=gemiddelde&deelnemers=100&spreiding=4&verschil=", "verschil"),
        ("soort=gemiddelde&deelnemers=1&spreiding=4&verschil=2", "deelnemers"),
    ],
)
def test_bad_input_is_told_at_its_field(client, query, field):
    answer = client.get(f"/meten?{query}")
    assert answer.status_code == 200
    assert f'id="{field}-error"' in answer.text
    assert 'id="plan"' not in answer.text


def test_all_that_is_wrong_is_told_at_once(client):
    page = client.get("/meten?soort=gemiddelde&deelnemers=x&vergelijking=y&spreiding=z&verschil=0").text
    assert re.findall(r'id="(\w+)-error"', page) == ["deelnemers", "vergelijking", "spreiding", "verschil"]


def test_the_plan_leads_to_a_promise_with_everything_filled_in(client):
    link = unescape(re.search(r'href="(/mijn/beloften/nieuw[^"]*)"', client.get(GOOD).text).group(1))
    assert parse_qs(urlsplit(link).query) == {
        "indicator": ["uitval"],
        "doel": ["60% (nu 40%)"],
        "vergelijking": ["mensen die op de deelnemers lijken en niet meedoen"],
    }
    # Who did not log in does so first, and comes back to it.
    answer = client.get(link)
    assert (answer.status_code, answer.location.startswith("/inloggen?next=%2Fmijn%2Fbeloften")) == (
        303,
        True,
    )


@pytest.mark.parametrize("question", [GOOD, SCORE])
@pytest.mark.parametrize("door", ["", "/en"])
def test_the_plan_can_be_kept_as_a_promise_in_the_import_format(client, door, question):
    page = client.get(door + question).text
    lines = unescape(re.search(r"<code>(beloften:.*?)</code>", page, re.DOTALL).group(1))
    (promise,) = yaml.safe_load(lines)["beloften"]
    assert set(promise) == {"indicator", "doel", "vergelijking", "klaarOp"}
    assert promise["indicator"] in question
