"""What a reviewer decides needs a reason: where it is missing, it is asked at the field of that deed."""

import re
from html import unescape

import pytest

from kb.domain.workflow import Role
from tests.desk.filling import version

ROUTE, TWENTE = "/redactie/route-techniek", "/redactie/techniekroute-twente"


@pytest.fixture
def hand(stage):
    return stage.hand_of(Role.REVIEWER)


@pytest.mark.parametrize(
    ("page", "deed", "field", "sent"),
    [
        (ROUTE, "terugsturen", "opmerking.", {}),
        (TWENTE, "intrekken", "reden", {}),
        (TWENTE, "oordeel", "waarom", {"trede": "0"}),
        (TWENTE, "oordeel", "trede", {"trede": "9", "reden": "Zo maar"}),
    ],
)
def test_a_missing_reason_is_asked_where_it_belongs(hand, page, deed, field, sent):
    number = version(hand, page) if page == ROUTE else ""
    answer = hand.send(f"{page}/{deed}", {"versie": number, **sent}, page=page)
    text = unescape(answer.text)
    assert answer.status_code == 422
    assert f'href="#{field}"' in text
    (described,) = re.findall(rf'id="{re.escape(field)}"[^>]*aria-describedby="([^"]*)"', text)
    assert f'id="{described}"' in text
    # What is folded away stands open where something is asked.
    assert field == "opmerking." or re.search(r'<details class="panel" open>', text)


def test_a_level_is_kept_down_with_a_reason_and_the_rules_take_over_again(stage, hand):
    sent = {"trede": "0", "reden": "De cijfers kloppen niet"}
    answer = hand.send(f"{TWENTE}/oordeel", sent, page=TWENTE)
    assert answer.location == "/redactie?gedaan=verlaagd"
    assert "hoogstens trede 0: De cijfers kloppen niet" in unescape(hand.get(TWENTE).text)
    hand.send(f"{TWENTE}/oordeel", {"trede": ""}, page=TWENTE)
    assert "De cijfers kloppen niet" not in hand.get(TWENTE).text


def test_the_author_reads_each_remark_at_its_field(stage):
    author = stage.hand_of(Role.COORDINATOR)
    home = "/mijn/initiatieven/techniekhub"
    assert "Hoe lang duurt het?" in author.get(f"{home}/basis").text.split('id="samenvatting-r"')[1][:200]
    assert "Van hoeveel?" in author.get(f"{home}/resultaten").text.split('id="metingen-r"')[1][:200]
    assert "1 opmerking" in author.get(f"{home}/bronnen").text
    assert "Bijna klaar." in author.get(f"{home}/bronnen").text


def test_the_desk_lists_everything_there_is_to_do(stage):
    page = stage.hand_of(Role.COORDINATOR).get("/mijn").text
    parts = {name: page.split(f'id="{name}"')[1].split("</section>")[0] for name in LISTED}
    assert {name: LISTED[name] in parts[name] for name in LISTED} == dict.fromkeys(LISTED, True)
    assert "laatst bevestigd op 26-1-2025" in parts["klopt"]
    assert parts["klopt"].count("Klopt nog") == 3


LISTED = {
    "terug": "Techniekhub",
    "concept": "Bouwklas",
    "wacht": "Route Techniek",
    "klopt": "Lessen uit Almelo",
    "belofte": "Techniekroute Twente",
}
