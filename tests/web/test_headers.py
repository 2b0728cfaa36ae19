"""The headers that protect readers, on every kind of answer."""

import pytest

from kb.app import create_app
from kb.settings import Environment, Settings

ANSWERS = [
    "/",
    "/zoeken?q=techniek",
    "/en/zoeken",
    "/nergens",
    "/en",
    "/regios/pv23",
    "/static/css/site.css",
    "/api/v1/initiatieven",
    "/api/v1/initiatieven?regio=nergens",
    "/robots.txt",
    "/healthz",
]
PROTECTING = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ANSWERS)
def test_c29_every_answer_carries_the_headers_that_protect(client, path):
    headers = client.get(path, buffered=True).headers
    assert {name: headers.get(name) for name in PROTECTING} == PROTECTING
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ANSWERS)
def test_c27_the_policy_allows_only_our_own_files(client, path):
    policy = dict(
        part.split(" ", 1)
        for part in client.get(path, buffered=True).headers["Content-Security-Policy"].split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert {policy[name] for name in ("style-src", "script-src", "img-src", "font-src")} == {"'self'"}
    assert not any(bad in " ".join(policy.values()) for bad in ("unsafe", "data:", "http:", "*"))


def test_c28_strict_transport_stands_on_every_answer_of_an_https_site(tmp_path, clock):
    settings = Settings(
        data_dir=tmp_path,
        base_url="https://initiatieven.example.nl",
        secret_key="s" * 40,
        environment=Environment.PRODUCTION,
    )
    client = create_app(settings, clock=clock).test_client()
    for path in ("/", "/nergens", "/en"):
        headers = client.get(path, base_url="https://initiatieven.example.nl").headers
        assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_c28_a_site_without_https_says_nothing_of_it(client):
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_a_static_file_with_its_hash_may_be_kept_for_a_year(client):
    page = client.get("/").text
    address = next(part for part in page.split('"') if part.startswith("/static/css/site.css?v="))
    kept = client.get(address, buffered=True).headers["Cache-Control"]
    bare = client.get("/static/css/site.css", buffered=True).headers.get("Cache-Control", "")
    assert "max-age=31536000" in kept
    assert "max-age=31536000" not in bare


def test_c32_a_page_without_session_sets_no_cookie(client):
    assert "Set-Cookie" not in client.get("/zoeken?q=techniek").headers


def test_c32_a_page_without_session_may_be_kept_and_one_with_a_cookie_may_not(client):
    assert "no-store" not in client.get("/zoeken").headers.get("Cache-Control", "")
    client.set_cookie("kb", "of-somebody")
    assert client.get("/zoeken").headers["Cache-Control"] == "private, no-store"
    client.delete_cookie("kb")
