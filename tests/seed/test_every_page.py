"""The page of each of the 422 initiatives answers, shows its sources and states its evidence."""

import html
import re

import pytest

from tools.converting.rules import FILES, read

RECORDS = [record for name in FILES for record in read(name)]


@pytest.fixture(scope="module")
def pages(seeded_app):
    """The text of every page by its slug, Dutch; an answer other than 200 fails here."""
    client = seeded_app.test_client()
    answers = {record["slug"]: client.get(f"/initiatieven/{record['slug']}") for record in RECORDS}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {slug: html.unescape(answer.text) for slug, answer in answers.items()}


def test_every_page_links_all_its_sources(pages):
    for record in RECORDS:
        for source in record["sources"]:
            assert f'href="{source["url"]}"' in pages[record["slug"]]
            assert source["title"] in pages[record["slug"]]


def test_every_page_states_its_evidence_in_the_words_of_the_source(pages):
    for record in RECORDS:
        text = _words(pages[record["slug"]])
        for item in record["evidence"]:
            for said in (item["indicator"], item["evaluator"], item.get("baseline"), item.get("period")):
                assert _squeezed(str(said or "")) in text, (record["slug"], said)


def test_every_page_states_the_value_itself(pages):
    for record in RECORDS:
        text = _words(pages[record["slug"]])
        for item in record["evidence"]:
            said = str(item["value"])
            if isinstance(item["value"], float):
                said = said.replace(".", ",")
            # People read a number with points: 28.299.
            assert said in text or _pointed(said) in text, (record["slug"], said)


def test_a_page_without_evidence_says_so(pages):
    for record in RECORDS:
        if not record["evidence"]:
            assert "Niet gemeten" in pages[record["slug"]], record["slug"]


def _words(page: str) -> str:
    return _squeezed(re.sub(r"<[^>]+>", " ", page))


def _squeezed(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def _pointed(number: str) -> str:
    return f"{int(number):,}".replace(",", ".") if number.isdigit() else number
