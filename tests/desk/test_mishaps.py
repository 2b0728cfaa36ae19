"""What goes wrong at a form: clicked twice, gone back, too long, forged, of others. Nothing is lost."""

import shutil
from html import unescape

import pytest

from kb.domain.people import Person
from kb.domain.workflow import Role
from kb.services import drafting, history
from tests.accounts import Clock, a_hand, an_account, runtime_of
from tests.conftest import NOW
from tests.desk.conftest import an_app, logged_in
from tests.desk.filling import (
    BASIS,
    CHECK,
    HOME,
    PLACES,
    QUICK,
    RESULTS,
    REVIEW,
    SUMMARY,
    complete,
    decide,
    save,
    start,
    submit,
    version,
)

EDITOR = Person(901, Role.REVIEWER, "Redactie")


@pytest.fixture
def started(anne):
    start(anne)
    return anne


@pytest.fixture(scope="module")
def unharmed(tmp_path_factory, vocabularies_dir):
    """An author with one draft, for many things that go wrong; at the end there is still one version."""
    ticking = Clock(NOW)
    folder = shutil.copytree(vocabularies_dir, tmp_path_factory.mktemp("unharmed"), dirs_exist_ok=True)
    app = an_app(folder, ticking)
    hand = logged_in(app, ticking, Role.COORDINATOR)
    start(hand)
    yield hand
    assert _versions(runtime_of(app)) == 1
    runtime_of(app).close()


def _versions(runtime) -> int:
    with runtime.work() as work:
        return len(history.versions(work, EDITOR, "techniekhub"))


def _saved(runtime):
    with runtime.work() as work:
        return drafting.look(work, EDITOR, "techniekhub").content


# --- twice


def test_a_start_clicked_twice_is_one_draft(started):
    assert start(started).location.startswith(BASIS)
    assert started.get("/mijn").text.count("Techniekhub</a>") == 1


def test_later_the_same_words_are_another_initiative(started, ticking):
    ticking.forward(minutes=20)
    assert start(started).location.startswith("/mijn/initiatieven/techniekhub-2/basis")


def test_a_section_sent_twice_is_saved_once(started, runtime):
    fields = {"titel": "Techniekhub", "samenvatting": SUMMARY, "versie": "1"}
    for _turn in range(2):
        assert save(started, BASIS, **fields).status_code == 303
    assert _versions(runtime) == 2


def test_submitting_and_publishing_twice_is_doing_it_once(started, caro, hand):
    complete(started)
    number = version(started, CHECK)
    for _turn in range(2):
        assert submit(started, number).location == "/mijn?gedaan=ingediend"
    for _turn in range(2):
        assert decide(caro, "publiceren", number).location == "/redactie?gedaan=gepubliceerd"
    assert hand.get("/initiatieven/techniekhub").text.count("Eerste versie") == 1


def test_returning_and_withdrawing_twice_is_doing_it_once(started, caro):
    complete(started)
    number = version(started, CHECK)
    submit(started, number)
    for _turn in range(2):
        answer = decide(caro, "terugsturen", number, opmerking__summary="Hoe lang?")
        assert answer.location == "/redactie?gedaan=teruggestuurd"
    assert started.get(CHECK).text.count("Hoe lang?") == 1
    token = caro.token(REVIEW)
    for _turn in range(2):
        answer = caro.client.post(f"{REVIEW}/intrekken", data={"csrf_token": token, "reden": "Dubbel"})
        assert answer.location == "/redactie?gedaan=ingetrokken"


# --- older than somebody thinks


def test_back_and_sent_again_is_told_to_be_one_s_own_newer_version(started):
    save(started, BASIS, titel="Techniekhub", samenvatting="Eerste tekst", versie="1")
    answer = save(started, BASIS, titel="Techniekhub", samenvatting="Tweede tekst", versie="1")
    assert answer.status_code == 409
    assert "U hebt zelf al een nieuwere versie" in answer.text
    assert "Eerste" in answer.text
    assert "Tweede" in answer.text


def test_two_sections_filled_in_side_by_side_are_both_kept(started, caro, runtime):
    save(caro, BASIS, titel="Techniekhub", samenvatting=SUMMARY, versie="1")
    answer = save(started, PLACES, **{"regios.0": "Enschede", "gebied": "Twente", "versie": "1"})
    assert answer.status_code == 303
    assert (_saved(runtime).summary, _saved(runtime).area) == (SUMMARY, "Twente")


def test_who_changed_nothing_is_not_asked_to_choose(started, caro, runtime):
    save(caro, BASIS, titel="Techniekhub", samenvatting=SUMMARY, versie="1")
    assert save(started, BASIS, titel="Techniekhub", samenvatting="", versie="1").status_code == 303
    assert _saved(runtime).summary == SUMMARY


def test_a_submission_of_an_older_version_shows_the_newest_first(started, caro):
    complete(started)
    number = version(started, CHECK)
    save(caro, BASIS, titel="Techniekhub Twente", samenvatting=SUMMARY, website="https://example.org/hub")
    answer = submit(started, number)
    assert answer.status_code == 409
    assert "Techniekhub Twente" in answer.text
    assert submit(started).status_code == 303


@pytest.mark.parametrize("deed", ["publiceren", "terugsturen"])
def test_a_decision_about_an_older_version_keeps_what_was_written(started, caro, deed):
    complete(started)
    submit(started)
    words = {"opmerking__summary": "Lang verhaal over de samenvatting", "uitleg": "Lang verhaal"}
    answer = decide(caro, deed, "1", **words)
    assert answer.status_code == 409
    assert "intussen een nieuwere versie" in answer.text
    assert "Lang verhaal" in answer.text


# --- too much, or of the wrong kind


def test_a_text_that_is_too_long_stays_in_the_form_with_its_length(started):
    long = "woord " * 2_000
    answer = save(started, BASIS, titel="Techniekhub", samenvatting=long)
    assert answer.status_code == 422
    assert "Hoogstens 3.000 tekens" in answer.text or "Hoogstens 3000 tekens" in answer.text
    assert long.strip() in answer.text


def test_a_form_of_more_than_a_megabyte_is_refused_before_it_is_read(started):
    answer = save(started, BASIS, titel="Techniekhub", samenvatting="x" * 1_100_000)
    assert answer.status_code == 413
    assert "te groot" in answer.text


def test_a_thousand_rows_are_no_form(unharmed):
    rows = {f"metingen.{n}.omschrijving": "Iets" for n in range(1_000)}
    assert unharmed.send(RESULTS, {"versie": "1", **rows}).status_code == 413


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        (BASIS, {"titel": "Techniekhub", "beginjaar": "gisteren"}),
        (BASIS, {"titel": "Techniekhub", "actief": "misschien"}),
        (BASIS, {"titel": "Techniekhub", "fase": "bestaat-niet"}),
        (BASIS, {"titel": ["Techniekhub", "Nog een"], "beginjaar": "-1"}),
        (BASIS, {"titel": ""}),
        (BASIS, {"titel": "Techniekhub", "samenvatting": "nul \x00 erin"}),
        (PLACES, {"regios.0": "Atlantis"}),
        (PLACES, {"aanbevelingen": "99"}),
        (RESULTS, {"metingen.0.omschrijving": "Instroom", "metingen.0.woorden": ""}),
        (RESULTS, {"metingen.0.omschrijving": "In", "metingen.0.woorden": "1", "metingen.0.jaar": "toen"}),
        (RESULTS, {"studies.0.titel": "Studie", "studies.0.ontwerp": "toverstaf"}),
        (RESULTS, {"beloften.0.indicator": "bestaat-niet", "beloften.0.doel": "meer"}),
    ],
)
def test_what_is_of_the_wrong_kind_is_told_at_its_field(unharmed, page, fields):
    answer = unharmed.send(page, {"versie": "1", **fields})
    assert answer.status_code == 422
    assert 'id="foutoverzicht"' in answer.text
    assert 'aria-invalid="true"' in answer.text or "field-error" in answer.text


@pytest.mark.parametrize("number", ["", "0", "-1", "999", "1e3", "²", "1; drop table", "9" * 40])
def test_a_forged_version_is_a_stale_one(unharmed, number):
    answer = save(unharmed, BASIS, titel="Iets anders", samenvatting=SUMMARY, versie=number or "leeg")
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "path",
    ["a", ".", "..", "metingen", "metingen.x", "metingen.99999999999999999999", "titel.0", "", "a.b.c"],
)
@pytest.mark.parametrize("deed", ["erbij", "weg"])
def test_a_forged_row_changes_nothing(unharmed, deed, path):
    answer = unharmed.send(RESULTS, {"versie": "1", "actie": f"{deed}:{path}"})
    assert answer.status_code == 200


# --- of others


def test_the_form_of_another_region_is_closed(app, ticking, started, runtime):
    an_account(runtime, email="ver@example.nl", regions=("AM20",))
    far = a_hand(app, ticking)
    far.log_in("ver@example.nl")
    for page in (BASIS, PLACES, CHECK, f"{HOME}/geschiedenis", f"{HOME}/lijkt-op"):
        assert far.get(page).status_code == 403
    token = far.token("/mijn/initiatieven/nieuw")
    answer = far.client.post(BASIS, data={"csrf_token": token, "versie": "1", "titel": "Gekaapt"})
    assert answer.status_code == 403
    assert _saved(runtime).title == "Techniekhub"


def test_nobody_starts_in_another_region(anne):
    answer = anne.send("/mijn/initiatieven/nieuw", {**QUICK, "plaats": "Maastricht"})
    assert answer.status_code == 403


@pytest.mark.parametrize("token", ["", "gestolen", None])
def test_a_form_without_its_token_is_refused_in_words(unharmed, token):
    fields = {"titel": "Gekaapt", "versie": "1"} | ({} if token is None else {"csrf_token": token})
    answer = unharmed.client.post(BASIS, data=fields)
    assert answer.status_code == 400
    assert "niet meer geldig" in unescape(answer.text)


def test_text_typed_while_the_session_ended_comes_back_after_the_log_in(started, ticking, runtime):
    token = started.token(BASIS)
    ticking.forward(hours=13)
    typed = {"csrf_token": token, "versie": "1", "titel": "Techniekhub", "samenvatting": 'Een lang "verhaal"'}
    lost = started.client.post(BASIS, data=typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert 'name="wachtwoord"' in lost.text
    assert "lang" in lost.text
    assert "verhaal" in lost.text
    assert _versions(runtime) == 1


def test_a_page_for_reviewers_is_closed_to_the_author(started):
    assert started.get(REVIEW).status_code == 403
