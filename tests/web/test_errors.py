"""When something goes wrong: a page that says so in fixed words, and nothing of how it went wrong inside."""

import re
from pathlib import Path

import pytest
from flask import request

from kb.app import create_app
from kb.domain.workflow import Role
from kb.settings import Settings
from tests.accounts import EMAILS, Clock, a_hand, an_account, runtime_of

SECRET_WORDS = "geheim /srv/kb/wachtwoord"


@pytest.fixture
def app(tmp_path: Path, clock):
    app = create_app(Settings(data_dir=tmp_path), clock=clock)
    yield app
    runtime_of(app).close()


def _break(app) -> None:
    """A page of ours that fails."""

    def fail() -> str:
        raise RuntimeError(SECRET_WORDS)

    app.add_url_rule("/kapot", "public.broken", fail)


def test_c36_a_failure_shows_a_number_that_stands_in_the_log_and_nothing_else(app, caplog):
    _break(app)
    answer = app.test_client().get("/kapot")
    assert answer.status_code == 500
    (number,) = re.findall(r"\b[0-9a-f]{8}\b", answer.text)
    assert number in caplog.text
    assert SECRET_WORDS in caplog.text
    assert SECRET_WORDS not in answer.text
    assert "RuntimeError" not in answer.text


def test_c33_a_variable_of_flask_does_not_turn_on_debugging(tmp_path, clock, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")
    app = create_app(Settings(data_dir=tmp_path), clock=clock)
    _break(app)
    assert not app.debug
    assert app.test_client().get("/kapot").status_code == 500
    runtime_of(app).close()


def test_somebody_logged_in_gets_the_page_too_when_the_database_fails(app, tmp_path, now):
    an_account(runtime_of(app), Role.REVIEWER)
    hand = a_hand(app, Clock(now))
    hand.log_in(EMAILS[Role.REVIEWER])
    runtime_of(app).close()
    for path in tmp_path.glob("kb.sqlite*"):
        path.write_bytes(b"not a database any more" * 1000)
    answer = hand.get("/mijn/account")
    assert answer.status_code == 500
    assert "<h1" in answer.text
    assert hand.get("/readyz").status_code == 503


def test_c23_more_than_a_megabyte_is_refused_before_it_is_read(client):
    answer = client.post("/inloggen", data={"email": "x" * 2_000_000})
    assert answer.status_code == 413
    assert "Dit is te groot" in answer.text


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "10.0.0.2")])
def test_c34_only_the_proxies_in_front_are_believed(tmp_path, clock, proxies, seen):
    app = create_app(Settings(data_dir=tmp_path, trusted_proxies=proxies), clock=clock)
    app.add_url_rule("/wie", "public.who", lambda: f"{request.remote_addr} {request.host}")
    forged = {"X-Forwarded-For": "192.0.2.66, 10.0.0.2", "Forwarded": "for=192.0.2.66"}
    answer = app.test_client().get("/wie", headers=forged).text
    assert answer == f"{seen} localhost"
    runtime_of(app).close()


PROBLEM, PAGE = "application/problem+json", "text/html"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("path", "accept", "given"),
    [
        ("/api/nergens", None, PROBLEM),
        ("/api/nergens", "*/*", PROBLEM),
        ("/api/nergens", "application/json", PROBLEM),
        ("/api/nergens", "text/turtle", PROBLEM),
        ("/api/v2/initiatieven", None, PROBLEM),
        ("/api/problemen/nergens", "*/*", PROBLEM),
        ("/api/nergens", BROWSER, PAGE),
        ("/api/nergens", "text/html", PAGE),
        ("/nergens", None, PAGE),
        ("/nergens", "*/*", PAGE),
        ("/nergens", BROWSER, PAGE),
        ("/nergens", "image/png", PAGE),
        ("/nergens", "application/json", PROBLEM),
        ("/nergens", "application/problem+json", PROBLEM),
        ("/nergens", "application/json, text/html;q=0.9", PROBLEM),
        ("/nergens", "application/json;q=0.5, text/html", PAGE),
        ("/initiatieven/nergens.jsonld", "application/json", PROBLEM),
        ("/api/v1/nergens", BROWSER, PROBLEM),
    ],
)
def test_what_is_not_there_is_told_in_the_way_that_is_asked_for(client, path, accept, given):
    answer = client.get(path, headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.mimetype) == (404, given)
    assert "Accept" in answer.headers["Vary"]
    if given == PROBLEM:
        assert answer.json["status"] == 404
        assert answer.json["instance"] == path
        assert client.get(answer.json["type"].removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_wrong_method_is_told_so_too(client):
    answer = client.delete("/api", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (405, PROBLEM)
