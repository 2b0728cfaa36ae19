"""C10: which new passwords are accepted."""

import pytest

from kb.domain.passwords import LONGEST, common_passwords, is_common, normal, password_errors

OWN = ("Jan de Vries", "jan.devries@example.org")


@pytest.mark.parametrize(
    ("password", "complaint"),
    [
        ("drie stoelen onder water", ""),
        ("x7Kq-vp2-LmZ9", ""),
        ("a sentence of sixty-four characters or more is quite all right, ok", ""),
        ("pässwört mit ümlauten", ""),
        ("elfletters1", "Use at least"),
        ("", "Use at least"),
        ("drie stoelen " * 30, "Use at most"),
        ("password1234", "Many people"),
        ("Wachtwoord2024!", "Many people"),
        ("welkomwelkom", "Many people"),
        ("Welkom123Welkom123", "Many people"),
        ("qwertyuiop123", "Many people"),
        ("aaaaaaaaaaaaaaaa", "Many people"),
        ("121212121212", "Many people"),
        ("jandevries1970", "Your name"),
        ("Jan de Vries 1970", "Your name"),
    ],
)
def test_c10_long_and_uncommon_is_enough(password, complaint):
    errors = password_errors(password, own_words=OWN)
    assert [error.message.startswith(complaint) for error in errors] == ([True] if complaint else [])


def test_c10_the_longest_password_is_far_over_sixty_four():
    assert not password_errors("ongewone woorden " * 15)
    assert LONGEST >= 256


def test_c10_the_list_of_common_passwords_has_more_than_three_thousand():
    assert len(common_passwords()) > 3_000
    assert all(is_common(word) for word in list(common_passwords())[:500])


def test_what_looks_the_same_is_the_same_password():
    assert normal("café in de ochtend") == normal("café in de ochtend")
