"""One initiative has one label: on its card and page, in the file, in the API, and from the rules now."""

import csv
import re
from html import unescape
from io import StringIO

import pytest

from kb.domain.verdict import assess
from kb.services.judging import answers_here
from kb.storage.approaches import approaches_of
from kb.storage.initiatives import all_published
from tests.accounts import runtime_of

CARD = re.compile(r'<li class="card">.*?</li>', re.DOTALL)
# Of the 422 pages every twentieth is enough: another test opens them all.
STEP = {"seeded_app": 20, "example_app": 1}


@pytest.fixture(scope="module", params=["seeded_app", "example_app"])
def portal_app(request):
    return request.param, request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def derived(portal_app) -> dict[str, tuple[int, str]]:
    """What the rules say now, from what is published."""
    with runtime_of(portal_app[1]).work() as work:
        return {
            kept.slug: _label(assess(answers_here(work, kept.content, approaches_of(work.session, kept.id))))
            for kept in all_published(work.session)
        }


@pytest.fixture
def client(portal_app):
    return portal_app[1].test_client()


def test_every_card_shows_the_label_that_the_rules_derive(client, derived):
    cards = [card for page in _pages(client, "/zoeken") for card in CARD.findall(page.text)]
    assert {_slug(card): _shown(card) for card in cards} == derived


def test_the_api_says_the_same(client, derived):
    items = [item for page in _pages(client, "/api/v1/initiatieven") for item in page.json["items"]]
    said = {item["slug"]: (item["hierGemeten"]["trede"], item["hierGemeten"]["richting"]) for item in items}
    assert said == derived


def test_the_file_says_the_same(client, derived):
    rows = csv.DictReader(StringIO(client.get("/zoeken.csv").data.decode("utf-8-sig"), newline=""))
    assert {row["slug"]: (int(row["trede"]), row["richting"]) for row in rows} == derived


def test_the_pages_and_their_documents_say_the_same(client, derived, portal_app):
    for slug in sorted(derived)[:: STEP[portal_app[0]]]:
        page = client.get(f"/initiatieven/{slug}").text
        section = page[page.index('id="bewijs"') :]
        assert _shown(section) == derived[slug], slug
        here = client.get(f"/api/v1/initiatieven/{slug}").json["oordelen"]["hier"]
        assert (here["trede"], here["richting"]) == derived[slug], slug


def _label(verdict) -> tuple[int, str]:
    return int(verdict.level), verdict.direction.value if verdict.direction else "niet_gemeten"


def _pages(client, path: str):
    for number in range(1, 10):
        answer = client.get(f"{path}?perPagina=100&pagina={number}&sorteer=nieuw")
        if "initiatieven/" not in answer.text:
            return
        yield answer
        if number * 100 >= _total(client):
            return


def _total(client) -> int:
    return client.get("/api/v1/initiatieven?perPagina=1").json["totaal"]


def _slug(card: str) -> str:
    return re.search(r'href="/initiatieven/([^"]+)"', card)[1]


def _shown(markup: str) -> tuple[int, str]:
    level = re.search(r"\(trede (\d) van 5\)", unescape(markup))
    return int(level[1]), re.search(r'data-direction="([a-z_]+)"', markup)[1]
