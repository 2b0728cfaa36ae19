"""What changed between two texts, down to the words."""

from hypothesis import given
from hypothesis import strategies as st

from kb.domain.wording import differing


def _changed(side) -> list[str]:
    return [piece.text for line in side for piece in line if piece.changed]


def test_only_the_words_that_differ_are_marked():
    before, after = differing(["Leerlingen werken een dag"], ["Leerlingen werken twee dagen"])
    assert (_changed(before), _changed(after)) == (["een dag"], ["twee dagen"])


def test_a_line_that_came_between_leaves_the_others_alone():
    before, after = differing(["een", "drie"], ["een", "twee", "drie"])
    assert (_changed(before), _changed(after)) == ([], ["twee"])


def test_texts_that_share_hardly_a_word_are_marked_whole():
    before, after = differing(["Iets heel anders dan dit"], ["Wat er eerst niet stond"])
    assert (_changed(before), _changed(after)) == (["Iets heel anders dan dit"], ["Wat er eerst niet stond"])


@given(st.lists(st.text(max_size=40), max_size=6), st.lists(st.text(max_size=40), max_size=6))
def test_no_letter_is_lost_on_either_side(before, after):
    left, right = differing(before, after)
    assert ["".join(piece.text for piece in line) for line in left] == before
    assert ["".join(piece.text for piece in line) for line in right] == after
