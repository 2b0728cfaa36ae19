"""Which passwords we accept: long enough and not one that everybody tries first. No other demands."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kb.domain.problems import FieldError

SHORTEST = 12
LONGEST = 256
# Fewer different characters than this is a key held down or a row of two.
FEWEST_DIFFERENT = 5
COMMON = Path(__file__).parent / "common_passwords.txt"
# What people hang onto a word to make it longer.
TRIMMINGS = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def normal(password: str) -> str:
    """One spelling for what looks the same, so that another keyboard gives the same password."""
    return unicodedata.normalize("NFKC", password)


def password_errors(
    password: str, *, field: str = "wachtwoord", own_words: Iterable[str] = ()
) -> list[FieldError]:
    """What is wrong with a new password; `own_words` are the person's name and mail address."""
    text = normal(password)
    if len(text) < SHORTEST:
        return [FieldError(field, "Use at least %(n)s characters. A sentence works well.", {"n": SHORTEST})]
    if len(text) > LONGEST:
        return [FieldError(field, "Use at most %(n)s characters.", {"n": LONGEST})]
    if is_common(text):
        return [FieldError(field, "Many people use this password. Choose something that nobody would guess.")]
    if _is_own(text, own_words):
        return [FieldError(field, "Your name or mail address is easy to guess. Choose something else.")]
    return []


def is_common(password: str) -> bool:
    """In the list, in the list but for trimmings, or a short thing said over and over."""
    text = password.lower()
    if len(set(text)) < FEWEST_DIFFERENT:
        return True
    words = common_passwords()
    return any(form in words for form in (text, TRIMMINGS.sub("", text), _unit(text), _unit(_letters(text))))


@cache
def common_passwords() -> frozenset[str]:
    lines = COMMON.read_text(encoding="ascii").splitlines()
    return frozenset(line for line in lines if not line.startswith("# "))


def _is_own(text: str, own_words: Iterable[str]) -> bool:
    core = _letters(text.lower())
    words = {_letters(word.lower()) for given in own_words for word in (given, given.partition("@")[0])}
    return core in words - {""}


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


def _unit(text: str) -> str:
    """`welkom` for `welkomwelkom`; the text itself when nothing repeats."""
    place = (text + text).find(text, 1) if text else 0
    return text[:place]
