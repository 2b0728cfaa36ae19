"""A reviewer makes one of two initiatives at a browser without script, and undoes it."""

import re
from html import unescape

import pytest

from kb.domain.content import Approach
from kb.domain.people import Person
from kb.domain.workflow import Role
from kb.services import drafting, reviewing
from kb.storage.approaches import save_approaches
from tests.builders import a_content

AUTHOR = Person(900, Role.COORDINATOR, "Auteur", frozenset({"AM05"}), frozenset({"AM05"}))
EDITOR = Person(901, Role.REVIEWER, "Redactie")
MERGE = "/redactie/route-techniek/samenvoegen"


def _public(runtime, **content: object) -> str:
    with runtime.work(writing=True) as work:
        draft = drafting.create(work, AUTHOR, a_content(**content))
        drafting.submit(work, AUTHOR, draft.slug, based_on=draft.number)
        reviewing.publish(work, EDITOR, draft.slug, based_on=draft.number)
        return draft.slug


@pytest.fixture
def two(runtime):
    return _public(runtime, title="Route Techniek", lessons="Begin klein"), _public(runtime)


def _version(hand, page: str) -> str:
    return re.search(r'name="versie" value="(\d+)"', hand.get(page).text)[1]


def test_look_alikes_are_offered_and_any_address_will_do(caro, two):
    assert "?met=techniekroute-twente" in caro.get(MERGE).text
    pasted = f"{MERGE}?met=https://example.nl/initiatieven/techniekroute-twente/?x=1"
    assert "Begin klein" in caro.get(pasted).text


@pytest.mark.parametrize("met", ["route-techniek", "bestaat-niet", "<script>"])
def test_another_initiative_must_be_named(caro, two, met):
    answer = caro.get(f"{MERGE}?met={met}")
    assert answer.status_code == 422
    assert 'id="foutoverzicht"' in answer.text


def test_merged_the_old_address_leads_on_and_undone_it_is_back(caro, hand, two):
    page = f"{MERGE}?met=techniekroute-twente"
    sent = {"met": "techniekroute-twente", "versie": _version(caro, page), "neem.lessons": "komt-mee"}
    without = caro.send(MERGE, sent, page=page)
    assert without.status_code == 422
    assert "waarom deze twee hetzelfde zijn" in without.text
    assert caro.send(MERGE, {**sent, "reden": "Zelfde route"}, page=page).status_code == 303
    moved = hand.get("/initiatieven/route-techniek")
    assert (moved.status_code, moved.location) == (301, "/initiatieven/techniekroute-twente")
    assert moved.headers["Cache-Control"] == "no-cache"
    text = unescape(hand.get("/en/initiatieven/route-techniek", follow_redirects=True).text)
    assert "Merged: “Route Techniek” was the same initiative." in text
    assert "Begin klein" in text
    back = "/redactie/route-techniek"
    assert "Maak het samenvoegen ongedaan" in caro.get(back).text
    assert caro.send(f"{back}/samenvoeging-ongedaan", page=back).status_code == 303
    assert hand.get("/initiatieven/route-techniek").status_code == 200


def test_a_choice_made_on_an_older_version_is_shown_again_and_not_carried_out(caro, hand, two):
    page = f"{MERGE}?met=techniekroute-twente"
    sent = {"met": "techniekroute-twente", "versie": "99", "reden": "Zelfde route"}
    answer = caro.send(MERGE, sent, page=page)
    assert answer.status_code == 409
    assert 'value="Zelfde route"' in answer.text
    assert hand.get("/initiatieven/route-techniek").status_code == 200


def test_a_coordinator_does_not_merge(anne, two):
    assert anne.get(MERGE).status_code == 403


def test_approaches_under_two_names_are_merged_and_parted(caro, hand, runtime):
    with runtime.work(writing=True) as work:
        save_approaches(work.session, [Approach("een", "Techniekles"), Approach("twee", "Les in techniek")])
    _public(runtime, title="Eerste plek", approaches=("een",))
    _public(runtime, title="Tweede plek", approaches=("twee",))
    page = "/redactie/aanpakken"
    assert caro.send(page, {"aanpak": "twee", "met": "een"}).status_code == 422
    assert caro.send(page, {"aanpak": "twee", "met": "een", "reden": "Zelfde"}).status_code == 303
    assert hand.get("/aanpakken/twee").location == "/aanpakken/een"
    assert "Les in techniek" in hand.get("/aanpakken/een").text
    assert caro.send(f"{page}/twee/losmaken", page=page).status_code == 303
    assert hand.get("/aanpakken/twee").status_code == 200
