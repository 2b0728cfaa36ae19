"""Which initiatives look alike, and that ten thousand of them are compared while somebody types."""

import pytest

from kb.search.array_file import Unusable
from kb.search.similar import ALIKE, SAME, Lookalikes, Profile, plain_address, profiles

ROUTE = Profile(
    1,
    "Techniekroute Twente",
    "Leerlingen van het vmbo bezoeken bedrijven in de buurt en maken kennis met techniek.",
    frozenset({"regio AM05", "niveau vo-vmbo"}),
)
HUB = Profile(2, "Waterstofhub Groningen", "Omscholing van vakmensen naar banen in de waterstof.")
KNOWN = profiles([ROUTE, HUB])


def test_the_very_same_is_called_the_same():
    (found,) = KNOWN.nearest(Profile(9, ROUTE.title, ROUTE.text, ROUTE.tags))
    assert (found.key, found.is_same) == (1, True)
    assert found.score == pytest.approx(1, abs=0.01)


def test_other_words_for_the_same_look_alike():
    asked = Profile(
        9, "De Twentse techniekroute", "Vmbo-leerlingen op bezoek bij technische bedrijven in de buurt."
    )
    (found,) = KNOWN.nearest(asked)
    assert found.key == 1
    assert found.score >= ALIKE


def test_a_typing_error_does_not_hide_it():
    assert KNOWN.nearest(Profile(9, "Techniekrotue Twnete", ROUTE.text, ROUTE.tags))[0].score > SAME


@pytest.mark.parametrize("words", ["", "x", "Kookcursus voor ouderen", "😀😀😀", "a" * 100_000])
def test_what_has_nothing_to_do_with_it_finds_nothing(words):
    assert KNOWN.nearest(Profile(9, words, words)) == ()


def test_an_initiative_is_not_like_itself():
    assert 1 not in [one.key for one in KNOWN.nearest(ROUTE)]


def test_what_is_taken_away_is_not_found_any_more():
    known = profiles([ROUTE, HUB])
    known.remove(1)
    assert known.nearest(Profile(9, ROUTE.title, ROUTE.text)) == ()


def test_nothing_known_finds_nothing():
    assert Lookalikes().nearest(ROUTE) == ()


def test_at_most_five_the_most_alike_first():
    many = profiles(
        Profile(n, f"Techniekroute Twente {'x' * n}", ROUTE.text, ROUTE.tags) for n in range(10, 20)
    )
    scores = [one.score for one in many.nearest(Profile(1, ROUTE.title, ROUTE.text, ROUTE.tags))]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)


def test_what_changed_since_counts_as_it_is_now_also_when_much_did():
    known = profiles(Profile(n, f"Initiatief {n}", f"Tekst van nummer {n}") for n in range(1, 400))
    known.nearest(ROUTE)
    for key in range(1, 350):
        if key % 2:
            known.remove(key)
        else:
            known.put(Profile(key, ROUTE.title, ROUTE.text, ROUTE.tags))
        if key in (20, 349):
            found = [one.key for one in known.nearest(Profile(999, ROUTE.title, ROUTE.text, ROUTE.tags), 400)]
            assert found == list(range(2, key + 1, 2))


def test_one_website_is_one_initiative_however_it_is_written():
    known = profiles([Profile(1, "Iets", "heel anders", address=plain_address("https://www.example.org/a/"))])
    (found,) = known.nearest(Profile(9, "Wat", "ook", address=plain_address("http://EXAMPLE.org/a?x=1#y")))
    assert found.is_same


@pytest.mark.parametrize("address", ["", "http://[", "geen adres", "https://"])
def test_an_address_that_is_none_is_like_no_other(address):
    known = profiles([Profile(1, "Iets", "heel anders", address=plain_address(address))])
    assert known.nearest(Profile(9, "Wat", "ook", address=plain_address(address))) == ()


def _written(tmp_path, number=40):
    known = profiles(
        Profile(
            n, f"Initiatief {n}", f"Tekst van nummer {n}", frozenset({f"sector {n % 3}"}), f"example.org/{n}"
        )
        for n in range(1, number)
    )
    known.sequence = 7
    known.write(tmp_path / "alike", "hier")
    other = Lookalikes()
    other.read(tmp_path / "alike", "hier")
    return known, other


def test_another_process_reads_what_one_has_written(tmp_path):
    known, other = _written(tmp_path)
    asked = Profile(5, "Initiatief 5", "Tekst van nummer 6", frozenset({"sector 2"}), "example.org/8")
    assert other.nearest(asked, 40) == known.nearest(asked, 40) != ()
    assert other.alike_to(5, 0.3) == known.alike_to(5, 0.3) != {}
    assert other.likeness([3, 9, 1]).tolist() == known.likeness([3, 9, 1]).tolist()
    assert (other.sequence, len(other)) == (7, 39)


def test_what_was_read_changes_like_any_other(tmp_path):
    _, other = _written(tmp_path)
    other.remove(5)
    other.put(Profile(6, ROUTE.title, ROUTE.text, ROUTE.tags, "example.org/ander"))
    assert [one.key for one in other.nearest(Profile(9, ROUTE.title, ROUTE.text, ROUTE.tags))] == [6]
    for address, keys in (("example.org/5", []), ("example.org/6", []), ("example.org/ander", [6])):
        assert [one.key for one in other.nearest(Profile(99, "Q", "q", address=address))] == keys
    other.write(tmp_path / "alike", "hier")
    assert [one.key for one in other.nearest(Profile(9, ROUTE.title, ROUTE.text, ROUTE.tags))] == [6]
    assert (5 in other, 6 in other, len(other)) == (False, True, 38)


def test_what_was_written_for_another_database_is_not_read(tmp_path):
    _written(tmp_path)
    with pytest.raises(Unusable):
        Lookalikes().read(tmp_path / "alike", "elders")
