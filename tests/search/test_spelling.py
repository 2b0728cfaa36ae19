import pytest

from kb.search.budget import unlimited
from kb.search.spelling import distance, nearest

WORDS = sorted(["elektrotechniek", "omscholing", "robot", "scholing", "software", "zonnepanelen"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("omschooling", "omscholing"),
        ("sofware", "software"),
        ("electrotechniek", "elektrotechniek"),
        ("zonnepannelen", "zonnepanelen"),
        ("zonepannelen", "zonnepanelen"),
        ("shcoling", "scholing"),
        ("robt", None),
        ("qwertyuiop", None),
        ("a" * 500, None),
        ("12345", None),
        ("ömscholing", None),
    ],
)
def test_a_slip_leads_to_the_word_that_was_meant(typed, meant):
    assert nearest(typed, WORDS, lambda _: 1, unlimited()) == meant


def test_of_words_that_are_as_near_the_most_common_is_meant():
    common = {"banken": 3, "banden": 9}
    assert nearest("bansen", sorted(common), lambda word: common[word], unlimited()) == "banden"


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [("werk", "werk", 0), ("werk", "wrek", 1), ("werk", "werken", 2), ("werk", "onderwijs", 3)],
)
def test_distance_counts_up_to_a_limit(one, other, steps):
    assert distance(one, other, 2) == steps
