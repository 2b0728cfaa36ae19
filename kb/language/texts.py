"""The texts people read: English in the code, Dutch from the catalogue beside this module."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path

from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = ("nl", "en")
DEFAULT_LANGUAGE = "nl"
# Dates and money in English follow British habits: day before month.
LOCALES = {"nl": "nl_NL", "en": "en_GB"}
CATALOGUES = Path(__file__).parent / "locale"

# The forms of each text by its msgid: one form, or one for each number.
Texts = Mapping[str, tuple[str, ...]]

_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


def language() -> str:
    """The code of the language that the present reader sees."""
    return _language.get()


def locale() -> str:
    return LOCALES[language()]


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Within the block every text and format is in this language."""
    if code not in LANGUAGES:
        raise ValueError(f"no texts in language {code!r}")
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


def gettext(msgid: str, **named: object) -> str:
    """The text in the reader's language; `%(name)s` becomes the value of `name`.

    A percent sign is doubled only in a text that has names to fill in.
    """
    text = catalogue(language()).get(msgid, (msgid,))[0]
    return text % named if named else text


def ngettext(one: str, many: str, n: int, **named: object) -> str:
    """The text for this number; `%(n)s` is the number as the reader writes it."""
    forms = catalogue(language()).get(one, (one, many))
    # English and Dutch agree: one is singular, everything else (zero too) plural.
    text = forms[0] if n == 1 else forms[-1]
    return text % {"n": written(n, locale()), **named}


@lru_cache(maxsize=4096)
def written(n: int, where: str) -> str:
    """A count as readers in this locale write it: 1.234."""
    # A page of results writes a hundred and fifty counts; most of them again and again.
    return str(format_decimal(n, locale=where))


def mark(msgid: str) -> str:
    """Notes a text for the catalogue that is looked up later, such as a label in a table."""
    return msgid


@cache
def catalogue(code: str) -> Texts:
    """All translated texts of a language; a text that is absent shows in English."""
    path = CATALOGUES / code / "LC_MESSAGES" / "messages.po"
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        messages = read_po(file, locale=code)
    forms = {_forms(m.id)[0]: _forms(m.string) for m in messages if m.id and not m.fuzzy}
    return {msgid: found for msgid, found in forms.items() if found and all(found)}


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    """One form, or one for each number."""
    if text is None:
        return ()
    return (text,) if isinstance(text, str) else tuple(text)
