"""`/api/v1/bewijs`: the documents of the command line over HTTP."""

import json

import pytest
from click.testing import CliRunner

from kb.cli.evidence import evidence as command

ASSESS = {
    "described": True,
    "theory": False,
    "today_year": 2026,
    "studies": [
        {"design": "rct", "n_t": 90, "n_c": 80, "attrition_low": True, "ci": [0.01, 0.2], "sesoi": 0.03}
    ],
}
EFFECT = {"measure": "rr", "a": 0, "n1": 40, "c": 6, "n2": 38}
POOL = {"yi": [0.1, 0.3, 0.2, 0.5, -0.1], "vi": [0.01, 0.02, 0.01, 0.03, 0.02], "method": "PM"}
DOORS = [("oordeel", "assess", ASSESS), ("effect", "effect", EFFECT), ("samenvoegen", "pool", POOL)]


@pytest.mark.parametrize(("path", "name", "document"), DOORS)
def test_the_api_answers_as_the_command_line_does(client, path, name, document):
    answer = client.post(f"/api/v1/bewijs/{path}", json=document)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    said = CliRunner().invoke(command, [name, "-"], input=json.dumps(document))
    assert answer.json == json.loads(said.stdout)


@pytest.mark.parametrize(("path", "_name", "document"), DOORS)
def test_an_unknown_key_is_a_problem_that_names_it(client, path, _name, document):
    answer = client.post(f"/api/v1/bewijs/{path}", json={**document, "extra": 1})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert [error["field"] for error in answer.json["errors"]] == ["extra"]


def test_all_errors_come_at_once_with_their_paths(client):
    document = {**POOL, "yi": [0.1, "x"], "method": "ML"}
    errors = client.post("/api/v1/bewijs/samenvoegen", json=document).json["errors"]
    assert [error["field"] for error in errors] == ["yi.1", "method"]


@pytest.mark.parametrize("body", [b"", b"{", b'{"yi": [NaN]}', b"\xff", b"[" * 50_000])
def test_a_body_that_is_no_json_is_a_problem(client, body):
    answer = client.post("/api/v1/bewijs/samenvoegen", data=body)
    assert answer.status_code == 400
    assert answer.json["errors"]


def test_a_verdict_is_asked_by_posting(client):
    assert client.get("/api/v1/bewijs/oordeel").status_code == 405


def test_a_body_that_says_it_is_something_else_is_refused(client):
    answer = client.post(
        "/api/v1/bewijs/effect", data="a=1", content_type="application/x-www-form-urlencoded"
    )
    assert (answer.status_code, answer.mimetype) == (415, "application/problem+json")


def test_nobody_needs_a_form_token_to_ask_the_rules(client):
    assert client.post("/api/v1/bewijs/effect", json=EFFECT).status_code == 200
