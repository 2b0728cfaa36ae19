"""What people searched and did not find: the words, not the person, for ninety days."""

from datetime import date

import pytest

from kb.domain.search import Facet, Search
from kb.domain.workflow import Role
from kb.services import missed
from kb.services.missed import worth_noting
from kb.storage.missed import missed_words
from tests.accounts import EMAILS, a_hand, an_account, runtime_of


@pytest.mark.parametrize(
    ("words", "worth"),
    [
        ("dakdekkersopleiding zzxq", True),
        ("", False),
        ("jan@example.nl", False),
        ("bel 0612345678", False),
        ("plan 2026", True),
        ("12", False),
        ("x" * 100, False),
    ],
)
def test_words_that_could_tell_of_a_person_are_not_kept(words, worth):
    assert worth_noting(Search(words), 0) is worth
    assert not worth_noting(Search(words), 1)
    assert not worth_noting(Search(words, {Facet.LEVEL: ("mbo",)}), 0)


@pytest.fixture
def reviewer(app, ticking):
    an_account(runtime_of(app), Role.REVIEWER)
    hand = a_hand(app, ticking)
    hand.log_in(EMAILS[Role.REVIEWER])
    return hand


def test_reviewers_see_them_most_often_first_and_only_for_ninety_days(app, reviewer, ticking):
    visitor = app.test_client()
    for words in ("Qqzzy Xxvvk", "qqzzy xxvvk", "wwkkq"):
        assert visitor.get(f"/zoeken?q={words}").status_code == 200
    page = reviewer.get("/redactie/niet-gevonden").text
    assert page.index(">qqzzy xxvvk<") < page.index(">wwkkq<")
    assert '<td class="number">2</td>' in page
    ticking.forward(days=91)
    visitor.get("/zoeken?q=vvnnq")
    reviewer.log_in(EMAILS[Role.REVIEWER])
    later = reviewer.get("/redactie/niet-gevonden").text
    assert ">vvnnq<" in later
    assert ">wwkkq<" not in later


def test_others_do_not_see_them(ministry):
    assert ministry.get("/redactie/niet-gevonden").status_code == 403


def test_after_ninety_days_they_are_gone_also_when_nobody_searches(app, ticking):
    runtime = runtime_of(app)
    app.test_client().get("/zoeken?q=qqzzy xxvvk")
    ticking.forward(days=91)
    with runtime.work(writing=True) as work:
        missed.forget_old(work)
        assert missed_words(work.session, date(2000, 1, 1), 10) == []
