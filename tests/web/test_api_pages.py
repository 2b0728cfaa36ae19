"""The API explained to people: everything that can be asked, with examples that work."""

import html
import re
import shlex

import pytest

from kb.schemas.problem_kinds import KINDS


@pytest.fixture
def page(client) -> str:
    return html.unescape(client.get("/api").text)


def test_every_address_of_the_api_stands_on_the_page(client, page):
    described = client.get("/api/v1/openapi.json").json["paths"]
    for path, methods in described.items():
        for method in methods:
            assert f"{method.upper()} {path}" in page


def test_every_example_to_copy_gives_an_answer(client, page):
    examples = re.findall(r'data-copy="(curl [^"]+)"', client.get("/api").text)
    assert len(examples) > 20
    for example in map(html.unescape, examples):
        words = shlex.split(example)
        address = next(word for word in words if word.startswith("http"))
        method = words[words.index("-X") + 1] if "-X" in words else "GET"
        headers = dict(words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H")
        body = words[words.index("-d") + 1] if "-d" in words else None
        answer = client.open(address, method=method, headers=headers, data=body)
        expected = 401 if "Authorization" in headers else 200
        assert answer.status_code == expected, example


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_of_problem_has_a_page_in_both_languages(client, kind):
    for base in ("", "/en"):
        answer = client.get(f"{base}/api/problemen/{kind.name}")
        assert answer.status_code == 200
        assert str(kind.status) in answer.text


def test_a_problem_that_there_is_not_has_no_page(client):
    assert client.get("/api/problemen/nergens").status_code == 404
