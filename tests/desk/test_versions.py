"""Every version is read, any two stand side by side, an old one comes back, and the public sees no names."""

from html import unescape

import pytest

from kb.domain.workflow import Role
from tests.desk.filling import version
from tests.desk.staging import HOME

PAGE = f"{HOME}/techniekhub/geschiedenis"
CHECK = f"{HOME}/techniekhub/controleren"


@pytest.fixture
def hand(stage):
    """A reviewer; the hub has two versions, a third follows."""
    hand = stage.hand_of(Role.REVIEWER)
    basis = f"{HOME}/techniekhub/basis"
    fields = {"titel": "Techniekhub Oost", "samenvatting": "Een jaar lang een dag per week in een bedrijf."}
    assert hand.send(basis, {"versie": version(hand, basis), **fields}).status_code == 303
    return hand


def test_every_version_is_read_whole(hand):
    for number, words in ((1, "in de buurt."), (2, "Een dag per week."), (3, "Techniekhub Oost")):
        page = unescape(hand.get(f"{PAGE}/{number}").text)
        assert words in page
        assert "31 procent" in page


@pytest.mark.parametrize(("older", "newer"), [(1, 2), (1, 3), (2, 3), (3, 1)])
def test_any_two_stand_side_by_side(hand, older, newer):
    page = unescape(hand.get(f"{PAGE}/vergelijk?van={older}&met={newer}").text)
    assert f"Versie {older} naast versie {newer}" in page
    assert ("Sectoren" in page) == (1 in (older, newer))
    assert ("Techniekhub Oost</ins>" in page) == (newer == 3)


def test_without_a_choice_the_newest_stands_beside_the_one_before(hand):
    assert "Versie 2 naast versie 3" in hand.get(f"{PAGE}/vergelijk").text
    assert "Deze twee zijn gelijk." in hand.get(f"{PAGE}/vergelijk?van=2&met=2").text


@pytest.mark.parametrize("asked", ["van=1&met=99", "van=99&met=1", "van=x&met=<script>", "met=-1"])
def test_a_version_that_there_is_not_is_not_shown(hand, asked):
    assert hand.get(f"{PAGE}/vergelijk?{asked}").status_code in (200, 404)
    assert "<script>" not in hand.get(f"{PAGE}/vergelijk?{asked}").text.split("<main")[1]


def test_an_old_version_comes_back_as_a_new_draft_and_nothing_is_lost(stage, hand):
    first = stage.content("techniekhub")
    assert hand.send(f"{PAGE}/1", {"versie": version(hand, CHECK)}).status_code == 303
    assert stage.content("techniekhub").title == "Techniekhub"
    assert stage.content("techniekhub").sectors == ()
    assert "Versie 4" in hand.get(PAGE).text
    hand.send(f"{PAGE}/3", {"versie": version(hand, CHECK)})
    assert stage.content("techniekhub") == first


def test_the_public_sees_when_and_what_but_never_who(stage):
    reviewer, reader = stage.hand_of(Role.REVIEWER), stage.visitor()
    page = "/redactie/route-techniek"
    sent = {"versie": version(reviewer, page), "uitleg": "Nieuwe opzet"}
    assert reviewer.send(f"{page}/publiceren", sent, page=page).status_code == 303
    text = unescape(reader.get("/initiatieven/route-techniek").text)
    assert "2 maart 2026" in text
    assert "Nieuwe opzet" in text
    assert "Samenvatting" in text.split('id="geschiedenis"')[1]
    assert "Iemand van" not in text
    assert reader.get(f"{HOME}/route-techniek/geschiedenis/vergelijk").status_code == 303
