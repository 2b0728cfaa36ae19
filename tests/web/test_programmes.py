"""Programmes and pillars: what plain SQL counts, what the search behind it finds."""

import re

from sqlalchemy import text

from kb.runtime import EXTENSION
from kb.storage.funding import amounts_by_initiative

PER_PROGRAMME = """
    SELECT term.code, count(DISTINCT published_term.initiative_id)
    FROM published_term JOIN term ON term.id = published_term.term_id
    WHERE term.scheme = 'programma' GROUP BY term.code
"""


def test_each_programme_counts_what_plain_sql_counts(seeded_app):
    page = seeded_app.test_client().get("/programmas").text
    shown = dict(re.findall(r'href="/zoeken\?programma=([a-z-]+)">(\d+)<', page))
    with seeded_app.extensions[EXTENSION].work() as work:
        counted = dict(map(tuple, work.session.execute(text(PER_PROGRAMME))))
    assert {code: int(number) for code, number in shown.items()} == counted


def test_a_programme_without_initiatives_is_there_too(seeded_app):
    page = seeded_app.test_client().get("/en/programmas").text
    with seeded_app.extensions[EXTENSION].work() as work:
        for term in work.vocabulary.all("programma"):
            assert term.label_en.replace("&", "&amp;") in page


def test_nobody_told_an_amount_so_none_is_shown(seeded_app):
    with seeded_app.extensions[EXTENSION].work() as work:
        assert amounts_by_initiative(work.session) == {}
    assert "€" not in seeded_app.test_client().get("/programmas").text


def test_the_pillars_follow_from_the_instruments(seeded_app):
    client, runtime = seeded_app.test_client(), seeded_app.extensions[EXTENSION]
    with runtime.work() as work:
        belonging = [
            term.code
            for term in work.vocabulary.all("instrument")
            if 3 in term.details.get("pijler_agdb", ())
        ]
    query = "&".join(f"instrument={code}" for code in belonging)
    by_instrument = client.get(f"/api/v1/initiatieven?{query}").get_json()["totaal"]
    assert 0 < by_instrument == client.get("/api/v1/initiatieven?pijler=3").get_json()["totaal"]
    assert client.get("/api/v1/initiatieven?pijler=5").status_code == 400
