"""A plan of the measure planner becomes a promise in a draft."""

import pytest

PAGE = "/mijn/beloften/nieuw"
PLAN = f"{PAGE}?indicator=uitval&doel=10%25+(nu+20%25)&vergelijking=loting"
GIVEN = {
    "bij": "techniekhub",
    "indicator": "uitval",
    "doel": "10% (nu 20%)",
    "vergelijking": "loting",
    "nulmetingOp": "2026-09-01",
    "klaarOp": "2027-06-30",
}


@pytest.fixture
def started(anne):
    given = {"titel": "Techniekhub", "plaats": "Enschede", "organisatie": "ROC van Twente"}
    anne.send("/mijn/initiatieven/nieuw", given)
    return anne


def test_the_form_holds_the_plan_and_ones_own_initiatives(started):
    page = started.get(PLAN).text
    assert '<option value="techniekhub">Techniekhub</option>' in page
    assert '<option value="uitval" selected>' in page
    assert 'value="10% (nu 20%)"' in page


def test_the_promise_stands_in_the_draft(started):
    answer = started.send(PAGE, GIVEN)
    assert answer.location == "/mijn/initiatieven/techniekhub/resultaten?gedaan=bewaard#beloften"
    page = started.get("/mijn/initiatieven/techniekhub/resultaten").text
    assert "10% (nu 20%)" in page
    assert "2027-06-30" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"bij": ""}, "bij"),
        ({"indicator": "bestaat-niet"}, "indicator"),
        ({"doel": ""}, "doel"),
        ({"klaarOp": ""}, "klaarOp"),
        ({"klaarOp": "morgen"}, "klaarOp"),
        ({"nulmetingOp": "2028-01-01"}, "nulmetingOp"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_gets_lost(started, changes, field):
    answer = started.send(PAGE, {**GIVEN, **changes})
    assert answer.status_code == 422
    assert f'id="{field}-f1"' in answer.text
    assert f'href="#{field}"' in answer.text
    assert changes.get("vergelijking", "loting") in answer.text


def test_a_stranger_to_the_initiative_is_refused(started, caro, hand):
    assert started.send(PAGE, {**GIVEN, "bij": "bestaat-niet"}).status_code == 404
    assert hand.get(PLAN).status_code == 303


def test_who_has_no_initiative_yet_is_sent_to_the_start(anne):
    page = anne.get(PLAN).text
    assert 'href="/mijn/initiatieven/nieuw"' in page
    assert "<form class" not in page
