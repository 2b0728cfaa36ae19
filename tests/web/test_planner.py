"""The measure planner: a plan for a good question, a word at each field for a bad one."""

import re
from html import unescape

import pytest
import yaml

GOOD = "/meten?indicator=uitval&deelnemers=100&nu=40&verwacht=60"


def test_a_good_question_gives_a_plan(client):
    page = client.get(GOOD).text
    assert "<b>97</b>" in page
    assert 'id="plan"' in page


def test_without_a_question_there_is_only_the_form(client):
    page = client.get("/meten").text
    assert 'id="plan"' not in page
    assert "error-text" not in page


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
    ],
)
def test_bad_input_is_told_at_its_field(client, query, field):
    answer = client.get(f"/meten?{query}")
    assert answer.status_code == 200
    assert f'id="{field}-error"' in answer.text
    assert 'id="plan"' not in answer.text


@pytest.mark.parametrize("door", ["", "/en"])
def test_the_plan_can_be_kept_as_a_promise_in_the_import_format(client, door):
    page = client.get(door + GOOD).text
    lines = unescape(re.search(r"<code>(beloften:.*?)</code>", page, re.DOTALL).group(1))
    (promise,) = yaml.safe_load(lines)["beloften"]
    assert set(promise) == {"indicator", "doel", "vergelijking", "klaarOp"}
    assert promise["indicator"] == "uitval"
