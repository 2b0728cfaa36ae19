"""A search that takes too long gives what it found so far, and says so: with a clock that runs by itself."""

from itertools import count

import pytest

from kb.domain.search import Search
from kb.search.budget import Budget
from kb.search.found import NoticeKind
from kb.search.spelling import nearest
from tests.search.records import a_catalogue, a_record, an_unloaded_catalogue

RECORDS = [a_record(n, f"Installateur {n}", summary="Leren lassen in de bouw") for n in range(1, 40)]
RECORDS += [a_record(n, f"Installatie{'a' * (n - 40)}", summary="Zorg") for n in range(40, 90)]
QUESTIONS = {
    "words": "installateur lassen bouw zorg",
    "a phrase": '"leren lassen in de bouw"',
    "a beginning": "install*",
    "a correction": "installateurtjess lasssennnnn",
    "all of it": '"leren lassen" install* bouw -zorg',
}


def looks(number):
    """A budget that is spent after so many looks at the clock."""
    ticks = count()
    return lambda: Budget(number, clock=lambda: next(ticks))


def limited(catalogue, number):
    catalogue._budget = looks(number)
    return catalogue


def is_partial(found):
    return NoticeKind.PARTIAL in {notice.kind for notice in found.notices}


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    return a_catalogue(tmp_path_factory.mktemp("index"), RECORDS)


def test_budget_is_told_once_and_stays_spent():
    times = iter([0.0, 0.3, 0.5, 0.1])
    budget = Budget(0.4, clock=lambda: next(times))
    assert [budget.is_spent(), budget.exceeded, budget.is_spent(), budget.is_spent()] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("words", QUESTIONS.values(), ids=QUESTIONS)
def test_every_kind_of_question_stops_when_time_is_up_and_says_so(tmp_path, words):
    # What was looked for before costs nothing.
    catalogue = a_catalogue(tmp_path, RECORDS)
    assert is_partial(limited(catalogue, -1).search(Search(words=words)))
    assert not is_partial(limited(catalogue, 10_000).search(Search(words=words)))


@pytest.mark.parametrize("words", QUESTIONS.values(), ids=QUESTIONS)
def test_wherever_time_is_up_there_is_an_answer(catalogue, words):
    """One look more each time, until there is time enough."""
    for number in count():
        found = limited(catalogue, number).search(Search(words=words, per_page=100))
        assert found.total >= 0
        if not is_partial(found):
            break
    assert found.ids == limited(catalogue, 10_000).search(Search(words=words, per_page=100)).ids
    assert number < 500


def test_part_of_a_beginning_is_not_kept_for_the_next_search(tmp_path):
    catalogue = a_catalogue(tmp_path, RECORDS)
    few = limited(catalogue, 10).search(Search(words="install*"))
    assert is_partial(few)
    assert 0 < few.total < len(RECORDS)
    assert limited(catalogue, 10_000).search(Search(words="install*")).total == len(RECORDS)


def test_a_phrase_without_time_gives_what_has_its_words(catalogue):
    found = limited(catalogue, 0).search(Search(words='"bouw lassen"'))
    assert is_partial(found)
    assert found.total == 39
    assert limited(catalogue, 10_000).search(Search(words='"bouw lassen"')).total == 0


def test_what_was_to_be_left_out_is_left_out_also_without_time(catalogue):
    found = limited(catalogue, 0).search(Search(words="zorg -installateur", per_page=100))
    assert set(found.ids) == set(range(40, 90))


def test_the_plain_search_stops_too(tmp_path):
    many = [a_record(n, "Lassen") for n in range(1, 400)]
    catalogue = an_unloaded_catalogue(tmp_path)
    catalogue.load(many, 0, lambda _: ())
    found = limited(catalogue, 2).search(Search(words="lassen"))
    assert is_partial(found)
    assert 0 < found.total < 399


def test_looking_for_two_slips_stops_when_time_is_up():
    ticks = count()
    many = sorted(f"installateur{number:05}" for number in range(5_000))
    assert nearest("installateursen", many, lambda _: 1, Budget(2, clock=lambda: next(ticks))) is None
    assert next(ticks) < 10
