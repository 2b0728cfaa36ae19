"""The read API: the parameters of the search page, Dutch keys, and clear problems."""

import pytest

from kb.domain.search import Facet


def test_a_search_answers_with_items_total_facets_and_links(client):
    found = client.get("/api/v1/initiatieven?q=omscholing&perPagina=5").json
    assert set(found) == {"items", "totaal", "pagina", "perPagina", "facetten", "meldingen", "_links"}
    assert (len(found["items"]), found["pagina"], found["perPagina"]) == (5, 1, 5)
    assert found["meldingen"] == []
    assert set(found["facetten"]) == {facet.value for facet in Facet}
    assert {"slug", "titel"} <= set(found["items"][0])


def test_pages_follow_each_other_without_gap_or_repeat(client):
    address, slugs = "/api/v1/initiatieven?perPagina=100", []
    while address:
        page = client.get(address).json
        slugs += [item["slug"] for item in page["items"]]
        address = page["_links"].get("next", {}).get("href")
    assert len(slugs) == len(set(slugs)) == page["totaal"] == 422


def test_one_initiative_is_the_document_of_the_import_format(client, seeded_app):
    from kb.runtime import EXTENSION
    from kb.schemas.content import read_content

    shown = client.get("/api/v1/initiatieven/make-it-work-north").json
    if shown.get("status") == 404:
        slug = client.get("/api/v1/initiatieven?q=make it work").json["items"][0]["slug"]
        shown = client.get(f"/api/v1/initiatieven/{slug}").json
    document = {
        key: value
        for key, value in shown.items()
        if key not in ("slug", "oordelen", "versie", "gepubliceerd", "laatstBevestigd", "_links")
    }
    with seeded_app.extensions[EXTENSION].work() as work:
        assert read_content(document, work.vocabulary).title == shown["titel"]
    assert shown["oordelen"]["hier"]["trede"] in range(6)


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("regio=XX99", ["regio"]),
        ("pagina=0", ["pagina"]),
        ("pagina=1000000000&perPagina=1000&kleur=rood", ["pagina", "perPagina", "kleur"]),
        ("trede=9&richting=mooi", ["trede", "richting"]),
        ("regio=&sorteer=&velden=kleur", ["regio", "sorteer", "velden"]),
        ("pagina=1&pagina=2&landelijk=1", ["pagina", "landelijk"]),
        ("jaar=02020", ["jaar"]),
    ],
)
def test_what_makes_no_sense_is_refused_with_everything_at_once(client, query, fields):
    answer = client.get(f"/api/v1/initiatieven?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert [error["field"] for error in answer.json["errors"]] == fields


def test_an_unknown_initiative_is_a_problem_document(client):
    answer = client.get("/api/v1/initiatieven/bestaat-niet")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize("query", ["q=%ff%fe", "q=%00", "q=" + "a" * 100_000, "q=" + "%22" * 5000])
def test_words_that_cannot_be_words_are_refused(client, query):
    answer = client.get(f"/api/v1/initiatieven?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert [error["field"] for error in answer.json["errors"]] == ["q"]


@pytest.mark.parametrize(
    "query", ["q=(.*.*)*x", "q=status:concept", "q=-", "q=**", "q=[a TO z]", "q=NOT NOT NOT"]
)
def test_a_query_language_is_words_or_nothing(client, query):
    assert client.get(f"/api/v1/initiatieven?{query}").status_code == 200
