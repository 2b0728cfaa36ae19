"""Candidate groups at a browser without script: compare, look, decide, undo."""

import re

import pytest

from tests.builders import a_content
from tests.initiatives import publish

HOME = "/redactie/groepen"


@pytest.fixture
def page(caro, runtime) -> str:
    """The address of the one group that is found."""
    for place in ("Twente", "Zwolle", "Utrecht"):
        publish(runtime, a_content(f"Techniekroute {place}"))
    assert "3 veranderingen zijn nog niet vergeleken." in caro.get(HOME).text
    answer = caro.send(HOME, page=HOME)
    assert answer.location == f"{HOME}?gedaan=gezocht"
    shown = caro.get(answer.location).text
    assert "1 groep wacht" in shown
    assert "Alles is vergeleken." in shown
    return re.search(rf'href="({HOME}/[0-9a-f]+)"', shown)[1]


def members(caro, page: str) -> list[str]:
    return re.findall(r'name="leden" value="(\d+)"', caro.get(page).text)


def test_one_approach_for_two_of_three_shows_on_their_pages_and_can_be_undone(caro, page):
    first, second, _third = members(caro, page)
    fields = {"leden": [first, second], "naam": "Route langs bedrijven"}
    answer = caro.send(f"{page}/een-aanpak", fields, page=page)
    assert answer.location == f"{HOME}?gedaan=een-aanpak"
    assert "Op 2 plekken uitgevoerd" in caro.get("/aanpakken/route-langs-bedrijven").text
    shown = caro.get(HOME).text
    assert "Eén aanpak: Route langs bedrijven" in shown
    undo = re.search(rf'action="({HOME}/[0-9a-f]+/ongedaan)"', shown)[1]
    assert caro.send(undo, page=HOME).location == f"{HOME}?gedaan=ongedaan"
    assert caro.get("/aanpakken/route-langs-bedrijven").status_code == 404
    assert "1 groep wacht" in caro.get(HOME).text


def test_without_approach_or_with_one_member_what_was_chosen_stays(caro, page):
    first, second, _third = members(caro, page)
    answer = caro.send(f"{page}/een-aanpak", {"leden": [first, second]}, page=page)
    assert answer.status_code == 422
    assert 'href="#aanpak"' in answer.text
    assert answer.text.count('name="leden"') - answer.text.count('" checked') == 1
    answer = caro.send(f"{page}/splitsen", {"leden": first}, page=page)
    assert answer.status_code == 422
    assert 'href="#leden"' in answer.text


def test_dismissed_with_a_reason_it_stands_below(caro, page):
    assert caro.send(f"{page}/geen-aanpak", {"reden": ""}, page=page).status_code == 422
    answer = caro.send(f"{page}/geen-aanpak", {"reden": "Elke route is anders"}, page=page)
    assert answer.location == f"{HOME}?gedaan=geen-aanpak"
    shown = caro.get(HOME).text
    assert "0 groepen wachten" in shown
    assert "Niet één aanpak: Elke route is anders" in shown
    assert "Elke route is anders" in caro.get(page).text


def test_coordinators_do_not_come_here(anne):
    assert anne.get(HOME).status_code == 403
    assert anne.get(f"{HOME}/bestaat-niet").status_code == 403


def test_a_group_that_does_not_exist_is_not_found(caro):
    assert caro.get(f"{HOME}/bestaat-niet").status_code == 404
