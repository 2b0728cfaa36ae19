"""Who does this too: pairs marked by hand, elsewhere, what is surest first."""

from pathlib import Path

import pytest

from kb.domain.terms import Scheme
from kb.runtime import EXTENSION
from kb.services.neighbours import SHOWN, neighbours
from kb.services.reading import initiative_page

MARKED = Path(__file__).parent.parent / "relevance" / "alike.tsv"


@pytest.fixture
def near(seeded_app):
    def look(slug: str):
        with seeded_app.extensions[EXTENSION].work() as work:
            return neighbours(work, initiative_page(work, slug))

    return look


def marked() -> list[tuple[str, set[str]]]:
    lines = [line.split("\t") for line in MARKED.read_text().splitlines() if not line.startswith("#")]
    return [(slug, set(others.split(","))) for slug, others in lines]


def test_of_fifty_initiatives_one_marked_by_hand_is_among_the_three_nearest(near):
    missed = [
        slug for slug, others in marked() if others.isdisjoint(each.listed.card.slug for each in near(slug))
    ]
    assert len(marked()) == 50
    assert len(missed) <= 5, missed


def test_none_lies_in_the_same_municipality(near, seeded_app):
    vocabulary = seeded_app.extensions[EXTENSION].vocabulary
    here = vocabulary.descendants(Scheme.REGION, "AM05")
    found = near("beroepentuin-twente")
    assert 0 < len(found) <= SHOWN
    for each in found:
        precise = [code for code in each.listed.card.regions if code[:2] in ("GM", "AM")]
        assert here.isdisjoint(precise)


def test_what_is_surest_stands_first(near):
    for slug in ("girlsday-drenthe", "sto-zeeland", "techniekpact-twente"):
        levels = [each.listed.here.trede for each in near(slug)]
        assert levels == sorted(levels, reverse=True)


def test_it_says_what_both_have(near):
    found = {each.listed.card.slug: each for each in near("make-it-work-utrecht")}
    assert found["make-it-work-in-the-north"].approaches == ("make-it-work",)
    assert "zij-instroom" in [term.code for term in found["make-it-work-in-the-north"].terms]


def test_the_page_shows_them_with_a_link_to_compare(seeded_app):
    page = seeded_app.test_client().get("/initiatieven/beroepentuin-twente").text
    assert "Wie doet dit ook?" in page
    assert "/vergelijk?i=beroepentuin-twente&amp;i=beroepentuin-utrecht" in page
