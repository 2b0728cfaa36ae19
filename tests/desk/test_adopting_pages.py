"""Taking an approach over at a browser: from the button on the public page to a draft of one's own."""

import pytest

from kb.domain.content import Approach, Condition, ConditionKind, Cost, Delivery, PlannedMeasure
from kb.domain.workflow import Role
from kb.storage.approaches import save_approaches
from tests.accounts import EMAILS, PASSWORD, a_hand, an_account, code
from tests.builders import a_content
from tests.desk.conftest import logged_in
from tests.initiatives import publish

PAGE = "/mijn/overnemen/techniekroute-twente"
BUTTON = "Neem deze aanpak over"
FILLED = {
    "titel": "Route Limburg",
    "trekker": "Gilde",
    "regios": "AM05",
    "indicatoren": "interesse-techniek",
    "klaarOp": "2027-06-30",
    "past.kern0": "ja",
    "past.moet0": "nog-niet",
}


@pytest.fixture
def origin(runtime) -> str:
    with runtime.work(writing=True) as work:
        save_approaches(work.session, [Approach("route", "Techniekroute", core_elements=("Vier bezoeken",))])
    conditions = (Condition(ConditionKind.PARTNER, "Tien bedrijven", must=True),)
    return publish(runtime, a_content(approaches=("route",), conditions=conditions))


def test_the_public_logs_in_and_comes_back_to_the_checklist(app, origin, runtime, ticking):
    an_account(runtime, Role.COORDINATOR)
    hand = a_hand(app, ticking)
    assert BUTTON in hand.get(f"/initiatieven/{origin}").text
    answer = hand.get(PAGE)
    assert answer.location == "/inloggen?next=%2Fmijn%2Fovernemen%2Ftechniekroute-twente"
    onward = {"next": PAGE}
    who = {"email": EMAILS[Role.COORDINATOR], "wachtwoord": PASSWORD}
    hand.send("/inloggen", {**who, **onward}, page=answer.location)
    answer = hand.send("/tweede-factor", {"code": code(ticking.now), **onward})
    assert answer.location == PAGE
    assert "Tien bedrijven" in hand.get(PAGE).text


def test_from_the_checklist_to_a_draft_with_a_remark(anne, origin):
    answer = anne.send(PAGE, FILLED)
    assert answer.location == "/mijn/initiatieven/route-limburg/controleren?gedaan=overgenomen"
    page = anne.get(answer.location).text
    assert "Uw concept staat klaar." in page
    assert "Nog te regelen: Tien bedrijven" in page
    assert "Techniekroute Twente" in page
    assert "30 juni 2027" in page or "2027-06-30" in page


def test_what_was_filled_in_stays_where_something_is_missing(anne, origin):
    answer = anne.send(PAGE, {**FILLED, "past.moet0": "", "titel": ""})
    assert answer.status_code == 422
    assert 'href="#past.moet0"' in answer.text
    assert 'href="#titel"' in answer.text
    assert 'value="Gilde"' in answer.text
    assert 'name="past.kern0" value="ja" checked' in answer.text


def test_an_approach_of_two_places_asks_from_which_one_to_learn(anne, origin, runtime):
    assert anne.get("/mijn/overnemen/aanpak/route").location == PAGE
    other = publish(runtime, a_content("Route Achterhoek", approaches=("route",)))
    page = anne.get("/mijn/overnemen/aanpak/route?regio=GM0153").text
    assert f"{PAGE}?regio=GM0153" in page
    assert f"/mijn/overnemen/{other}?regio=GM0153" in page


def test_the_region_that_somebody_came_from_is_chosen_where_it_is_near(anne, origin):
    near, far = anne.get(f"{PAGE}?regio=GM0153").text, anne.get(f"{PAGE}?regio=GM0363").text
    assert 'name="regios" value="GM0153" checked' in near
    assert 'value="GM0363"' not in far
    assert 'name="regios" value="AM05" checked' in far


@pytest.mark.parametrize("role", [Role.MINISTRY, Role.ADMINISTRATOR])
def test_who_cannot_take_over_sees_no_button_and_gets_no_page(app, ticking, origin, role):
    hand = logged_in(app, ticking, role)
    assert BUTTON not in hand.get(f"/initiatieven/{origin}").text
    assert hand.get(PAGE).status_code == 403


def test_what_does_not_exist_is_not_found_and_an_old_address_leads_on(anne, origin):
    assert anne.get("/mijn/overnemen/bestaat-niet").status_code == 404
    assert anne.get("/mijn/overnemen/aanpak/bestaat-niet").status_code == 404


def test_on_the_desk_coordinators_see_what_they_could_measure_with_others(anne, runtime):
    with runtime.work(writing=True) as work:
        save_approaches(work.session, [Approach("route", "Techniekroute")])
    delivered = {"approaches": ("route",), "delivery": (Delivery(reached=60),)}
    publish(runtime, a_content("Route Twente", **delivered))
    assert "Samen meten" not in anne.get("/mijn").text
    promise = PlannedMeasure("instroom-mbo-techniek", "60% (nu 40%)")
    publish(runtime, a_content("Route Zwolle", promises=(promise,), **delivered))
    page = anne.get("/mijn").text
    assert "Van 2 van de 2 plekken weten we hoeveel mensen zij bereiken: samen 120." in page
    assert "zien zij een verschil vanaf 18 op de 100 mensen" in page
    assert 'href="/mijn/beloften/nieuw?bij=route-twente&amp;indicator=instroom-mbo-techniek"' in page
    assert "bij=route-zwolle" not in page


def test_the_page_of_the_approach_says_the_same_and_what_it_costs(anne, runtime):
    with runtime.work(writing=True) as work:
        save_approaches(work.session, [Approach("route", "Techniekroute")])
    for title, total in (("Route Twente", 6000), ("Route Zwolle", 9000)):
        costs = (Cost(year=2025, total=total, participants=60),)
        publish(runtime, a_content(title, approaches=("route",), costs=costs))
    page = anne.get("/aanpakken/route").text
    assert "samen 120." in page
    assert "2 van de 2 plekken vertelden wat het kost: €\xa0100 tot €\xa0150 per deelnemer" in page
