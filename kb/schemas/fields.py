"""Fields of words: text, addresses, dates. Each cleans what came in and says what is wrong with it."""

import re
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from marshmallow import fields

from kb.language.texts import mark as _
from kb.schemas.complaints import shown, wrong
from kb.schemas.exactness import types_are_exact

FILL_IN = _("Fill this in.")
# The messages of the library itself, for every kind of field.
BASIC: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": FILL_IN,
    "null": FILL_IN,
    "invalid": _("This must be a list."),
    "type": _("This must be a group of named fields."),
}
# Control characters, line separators, characters that turn text around, and halves of characters.
UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LARGEST = 10**12


class Text(fields.Field[str]):
    """Words on one line, or with `lines` in paragraphs; white space around them does not count."""

    default_error_messages = BASIC

    def __init__(self, longest: int = 200, *, shortest: int = 0, lines: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.longest = longest
        self.shortest = shortest
        self.lines = lines

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str:
        text = self.cleaned(value)
        if not text and self.required:
            raise wrong(FILL_IN)
        length = len(value) if types_are_exact() else len(text)
        if length > self.longest:
            raise wrong(_("At most %(longest)s characters; these are %(n)s."), n=length, longest=self.longest)
        if len(text) < self.shortest:
            raise wrong(_("At least %(shortest)s characters."), shortest=self.shortest)
        if types_are_exact():
            self.check(value)
        elif text:
            self.check(text)
        return text

    def cleaned(self, value: object) -> str:
        """The words on their own. A whole number (period 2018) is words too; 12.500 has lost its zeros."""
        if types_are_exact() and not isinstance(value, str):
            raise wrong(_("%(value)s is not text."), value=shown(value))
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST:
            return str(value)
        if not isinstance(value, str):
            raise wrong(_("This must be text; in a YAML file, put it between quotation marks."))
        if unwanted := UNWANTED.search(value):
            code = f"U+{ord(unwanted[0]):04X}"
            raise wrong(_("The character %(code)s may not be used."), code=code)
        text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
        return text if self.lines else re.sub(r"\s*[\n\t]\s*", " ", text)

    def check(self, text: str) -> None:
        """Raises where the words are not what this kind of field asks."""


class Address(Text):
    """A page on the web."""

    def __init__(self, **options: Any) -> None:
        super().__init__(2000, **options)

    def check(self, text: str) -> None:
        if not _is_web_address(text):
            message = _("%(value)s is not an address that starts with http:// or https://.")
            raise wrong(message, value=shown(text))


class Email(Text):
    def __init__(self, **options: Any) -> None:
        super().__init__(254, **options)

    def check(self, text: str) -> None:
        if not EMAIL.fullmatch(text):
            raise wrong(_("%(value)s is not an e-mail address."), value=shown(text))


class Slug(Text):
    """The last part of the address of a page here."""

    def __init__(self, **options: Any) -> None:
        super().__init__(100, **options)

    def check(self, text: str) -> None:
        if not SLUG.fullmatch(text):
            message = _("%(value)s may only have small letters, digits and single hyphens between them.")
            raise wrong(message, value=shown(text))


class Day(Text):
    """A date as year-month-day; with `moment` a time of day with its zone may follow."""

    def __init__(self, *, moment: bool = False, **options: Any) -> None:
        super().__init__(40, **options)
        self.moment = moment

    @staticmethod
    def is_day(text: str) -> bool:
        return _is_day(text)

    def check(self, text: str) -> None:
        if not (_is_day(text) or (self.moment and _is_moment(text))):
            raise wrong(_("%(value)s is not a date such as 2026-11-23."), value=shown(text))


def _is_web_address(text: str) -> bool:
    """No user name or password in it: these belong in nobody's browser history."""
    try:
        parts = urlsplit(text)
        usable = parts.port is None or parts.port > 0
    except ValueError:
        return False
    is_plain = not re.search(r"[\s<>\"\\^`{|}]", text)
    return (
        is_plain
        and usable
        and parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and "@" not in parts.netloc
    )


def _is_day(text: str) -> bool:
    try:
        return bool(DAY.fullmatch(text)) and date.fromisoformat(text) is not None
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
