"""Writing with a key: drafts, versions, measurements and submissions, and how no work gets lost."""

import pytest

from kb.domain.workflow import Role
from kb.services import reviewing
from kb.services.persons import person_of
from kb.storage.people import person_row
from tests.accounts import an_account, runtime_of
from tests.api.keys import CONTENT, Program, a_key

MEASUREMENT = {
    "omschrijving": "deelnemende leerlingen",
    "woorden": "1.200",
    "waarde": 1200,
    "soort": "bereik",
}


@pytest.fixture
def anne(app) -> Program:
    """The program of a coordinator of Twente, with every scope."""
    return Program(app, a_key(app, an_account(runtime_of(app))))


@pytest.fixture
def bo(app) -> Program:
    """The program of a coordinator of another region."""
    return Program(app, a_key(app, an_account(runtime_of(app), email="bo@example.nl", regions=("AM29",))))


def fields_of(answer) -> list[str]:
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json"), answer.text
    return [error["field"] for error in answer.json["errors"]]


def test_a_program_starts_changes_measures_and_submits(anne):
    created = anne.draft()
    assert (created.status_code, created.json["status"], created.json["openbaar"]) == (201, "concept", False)
    here = created.headers["Location"].removeprefix("http://127.0.0.1:8000/api/v1")
    assert here == "/initiatieven/techniekroute-twente/werkversie"
    assert anne.ask("GET", here).json == created.json

    changed = anne.ask("PUT", here, {**CONTENT, "beginjaar": 2021}, If_Match=created.headers["ETag"])
    assert (changed.status_code, changed.json["versie"], changed.json["inhoud"]["beginjaar"]) == (
        200,
        2,
        2021,
    )

    where = here.replace("werkversie", "metingen")
    measured = anne.ask("POST", where, MEASUREMENT, If_Match=changed.headers["ETag"])
    assert (measured.status_code, measured.json["versie"]) == (201, 3)
    assert measured.json["inhoud"]["metingen"][0]["waarde"] == 1200

    where = here.replace("werkversie", "indieningen")
    submitted = anne.ask("POST", where, If_Match=measured.headers["ETag"])
    assert (submitted.status_code, submitted.json["status"]) == (201, "ingediend")


def test_a_draft_is_nowhere_to_be_found_in_public(app, anne):
    anne.draft()
    public = app.test_client()
    assert public.get("/api/v1/initiatieven/techniekroute-twente").status_code == 404
    assert public.get("/api/v1/initiatieven?q=techniekroute").json["totaal"] == 0


def test_what_was_sent_comes_back_as_it_was_sent(anne):
    assert anne.draft().json["inhoud"] == CONTENT


def test_a_change_without_saying_of_what_is_refused(anne):
    created = anne.draft()
    here = "/initiatieven/techniekroute-twente"
    for method, path, body in (
        ("PUT", "/werkversie", CONTENT),
        ("POST", "/metingen", MEASUREMENT),
        ("POST", "/indieningen", None),
    ):
        assert anne.ask(method, here + path, body).status_code == 428
        assert anne.ask(method, here + path, body, If_Match="*").status_code == 428
        assert anne.ask(method, here + path, body, If_Match='"verzonnen"').status_code == 412
        assert anne.ask(method, here + path, body, If_Match=f"W/{created.headers['ETag']}").status_code == 412


def test_of_two_changes_of_one_version_the_second_is_refused_and_loses_nothing(anne):
    tag = anne.draft().headers["ETag"]
    here = "/initiatieven/techniekroute-twente/werkversie"
    assert anne.ask("PUT", here, {**CONTENT, "doel": "eerste"}, If_Match=tag).status_code == 200
    second = anne.ask("PUT", here, {**CONTENT, "doel": "tweede"}, If_Match=tag)
    assert (second.status_code, second.mimetype) == (412, "application/problem+json")
    assert anne.ask("GET", here).json["inhoud"]["doel"] == "eerste"


def test_a_repeated_request_is_done_once_and_answered_alike(anne):
    first = anne.ask("POST", "/initiatieven", CONTENT, Idempotency_Key="order-17")
    again = anne.ask("POST", "/initiatieven", CONTENT, Idempotency_Key="order-17")
    assert (again.status_code, again.json) == (201, first.json)
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["ETag"] == first.headers["ETag"]
    other = anne.ask("POST", "/initiatieven", CONTENT, Idempotency_Key="order-18")
    assert other.json["slug"] == "techniekroute-twente-2"


def test_a_repeated_measurement_counts_once(anne):
    tag = anne.draft().headers["ETag"]
    where = "/initiatieven/techniekroute-twente/metingen"
    answers = [
        anne.ask("POST", where, MEASUREMENT, If_Match=tag, Idempotency_Key="2025").status_code
        for _ in range(2)
    ]
    assert answers == [201, 201]
    now = anne.ask("GET", "/initiatieven/techniekroute-twente/werkversie").json
    assert len(now["inhoud"]["metingen"]) == 1


def test_a_word_for_one_request_is_refused_for_another_and_a_failure_is_not_kept(anne, ticking):
    assert fields_of(anne.ask("POST", "/initiatieven", {}, Idempotency_Key="k")) == ["titel"]
    assert anne.ask("POST", "/initiatieven", CONTENT, Idempotency_Key="k").status_code == 201
    other = anne.ask("POST", "/initiatieven", {**CONTENT, "doel": "x"}, Idempotency_Key="k")
    assert fields_of(other) == ["Idempotency-Key"]
    assert other.json["errors"][0]["in"] == "header"
    ticking.forward(hours=25)
    assert anne.ask("POST", "/initiatieven", CONTENT, Idempotency_Key="k").json["slug"].endswith("-2")


def test_two_programs_may_use_the_same_word(anne, bo):
    anne.ask("POST", "/initiatieven", CONTENT, Idempotency_Key="1")
    theirs = bo.ask("POST", "/initiatieven", {**CONTENT, "regios": ["AM29"]}, Idempotency_Key="1")
    assert theirs.json["slug"] == "techniekroute-twente-2"


@pytest.mark.parametrize("word", ["", " ", "a b", "x" * 201, "é"])
def test_a_word_with_spaces_or_too_many_signs_is_refused(anne, word):
    assert fields_of(anne.ask("POST", "/initiatieven", CONTENT, Idempotency_Key=word)) == ["Idempotency-Key"]


def test_c2_a_program_reaches_no_further_than_the_regions_of_its_owner(anne, bo):
    tag = anne.draft().headers["ETag"]
    here = "/initiatieven/techniekroute-twente/werkversie"
    assert bo.draft().status_code == 403
    assert bo.ask("GET", here).status_code == 403
    assert bo.ask("PUT", here, CONTENT, If_Match=tag).status_code == 403
    moved = anne.ask("PUT", here, {**CONTENT, "regios": ["AM29"]}, If_Match=tag)
    assert (moved.status_code, moved.json["title"]) == (403, "Dit mag niet")


def test_what_is_missing_for_a_submission_is_told_by_the_keys_of_the_document(anne):
    created = anne.ask("POST", "/initiatieven", {"titel": "Kaal plan", "regios": ["AM05"]})
    answer = anne.ask("POST", "/initiatieven/kaal-plan/indieningen", If_Match=created.headers["ETag"])
    assert fields_of(answer) == ["samenvatting", "organisaties", "aanbevelingen", "niveaus", "bronnen"]


def test_a_submitted_version_cannot_be_changed(anne):
    created = anne.draft()
    here = "/initiatieven/techniekroute-twente"
    submitted = anne.ask("POST", f"{here}/indieningen", If_Match=created.headers["ETag"])
    refused = anne.ask("PUT", f"{here}/werkversie", CONTENT, If_Match=submitted.headers["ETag"])
    # The same text again changes nothing; another text is for after the reviewer.
    assert refused.status_code == 403


def test_a_change_of_something_public_is_a_draft_beside_it(app, anne):
    created = anne.draft()
    here = "/initiatieven/techniekroute-twente"
    anne.ask("POST", f"{here}/indieningen", If_Match=created.headers["ETag"])
    reviewer = an_account(runtime_of(app), Role.REVIEWER)
    with runtime_of(app).work(writing=True) as work:
        person = person_of(work, person_row(work.session, reviewer))
        reviewing.publish(work, person, "techniekroute-twente", based_on=1)
    tag = anne.ask("GET", f"{here}/werkversie").headers["ETag"]
    changed = anne.ask("PUT", f"{here}/werkversie", {**CONTENT, "titel": "Nieuwe naam"}, If_Match=tag)
    assert (changed.json["status"], changed.json["openbaar"]) == ("concept", True)
    assert app.test_client().get(f"/api/v1{here}").json["titel"] == "Techniekroute Twente"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"titel": 12}, "titel"),
        ({"titel": None}, "titel"),
        ({"titel": "  "}, "titel"),
        ({"doel": ["a"]}, "doel"),
        ({"doel": "a\x00b"}, "doel"),
        ({"beginjaar": "2021"}, "beginjaar"),
        ({"beginjaar": 2**63}, "beginjaar"),
        ({"beginjaar": 10**400}, "beginjaar"),
        ({"eindjaar": 2020.5}, "eindjaar"),
        ({"beginjaar": 2025, "eindjaar": 2020}, "beginjaar"),
        ({"regios": "AM05"}, "regios"),
        ({"regios": ["AM05", "XX99"]}, "regios.1"),
        ({"regios": [{"code": "AM05"}]}, "regios.0"),
        ({"actief": "ja"}, "actief"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"kleur": "rood"}, "kleur"),
        ({"slug": "eigen-keuze"}, "slug"),
        ({"status": "gepubliceerd"}, "status"),
        ({"organisaties": [{"naam": "A", "rol": "baas"}]}, "organisaties.0.rol"),
        ({"bronnen": [{"titel": "x"}]}, "bronnen.0.adres"),
        (
            {"voorwaardenOverdracht": [{"soort": "geld", "tekst": "x", "moet": "ja"}]},
            "voorwaardenOverdracht.0.moet",
        ),
        ({"metingen": [{**MEASUREMENT, "waarde": "12"}]}, "metingen.0.waarde"),
        ({"metingen": [{**MEASUREMENT, "studie": "nergens"}]}, "metingen.0.studie"),
    ],
)
def test_c22_what_does_not_fit_is_400_with_the_path(anne, change, field):
    assert fields_of(anne.ask("POST", "/initiatieven", {**CONTENT, **change})) == [field]


def test_all_that_is_wrong_comes_at_once(anne):
    body = {**CONTENT, "titel": "x", "beginjaar": "a", "kleur": 1, "bronnen": [{"titel": 1}]}
    assert set(fields_of(anne.ask("POST", "/initiatieven", body))) == {
        "titel",
        "beginjaar",
        "kleur",
        "bronnen.0.titel",
        "bronnen.0.adres",
    }


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b'"titel"',
        b"{",
        b'{"titel": NaN}',
        b'{"titel": "a", "titel": "b"}',
        b'{"titel": "\\ud800"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"titel": ' + b"[" * 900 + b"]" * 900 + b"}",
    ],
)
def test_c22_a_body_that_is_no_document_is_400(anne, body):
    answer = anne.app.test_client().post(
        "/api/v1/initiatieven",
        data=body,
        headers={"Authorization": f"Bearer {anne.key}", "Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.json["errors"]


def test_c23_a_body_that_is_too_large_or_of_another_kind_is_refused(anne):
    client, key = anne.app.test_client(), {"Authorization": f"Bearer {anne.key}"}
    large = client.post("/api/v1/initiatieven", data=b" " * 2_000_000, headers=key)
    assert (large.status_code, large.mimetype) == (413, "application/problem+json")
    form = client.post("/api/v1/initiatieven", data={"titel": "x"}, headers=key)
    assert form.status_code == 415


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["omschrijving", "woorden"]),
        ({**MEASUREMENT, "waarde": "1200"}, ["waarde"]),
        ({**MEASUREMENT, "studie": "nergens"}, ["studie"]),
        ({**MEASUREMENT, "eenheid": "procent", "waarde": 101}, ["waarde"]),
        ({**MEASUREMENT, "jaar": 1500, "kleur": 1}, ["jaar", "kleur"]),
    ],
)
def test_a_measurement_that_does_not_fit_is_told_by_its_own_keys(anne, body, fields):
    tag = anne.draft().headers["ETag"]
    answer = anne.ask("POST", "/initiatieven/techniekroute-twente/metingen", body, If_Match=tag)
    assert sorted(fields_of(answer)) == fields
