"""Fields with a fixed set of answers: terms of the vocabularies, words of an enum, yes or no."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from marshmallow import fields

from kb.domain.terms import Scheme, Vocabulary, region_kind
from kb.language.labels import label
from kb.language.texts import mark as _
from kb.schemas.complaints import shown, wrong
from kb.schemas.exactness import types_are_exact
from kb.schemas.fields import BASIC, Text

YES_AND_NO = {"true": True, "ja": True, "false": False, "nee": False}
# How many terms an error names that look like the unknown one; of a short list it names all.
NEAREST = 3
FEW = 8

_vocabulary: ContextVar[Vocabulary] = ContextVar("vocabulary")


@contextmanager
def checking_against(vocabulary: Vocabulary) -> Iterator[None]:
    """Within the block codes are looked up in this vocabulary."""
    token = _vocabulary.set(vocabulary)
    try:
        yield
    finally:
        _vocabulary.reset(token)


def vocabulary_in_use() -> Vocabulary:
    return _vocabulary.get()


class Code(Text):
    """A term of a vocabulary; an unknown one is refused together with those that look like it."""

    def __init__(self, scheme: Scheme, **options: Any) -> None:
        super().__init__(100, **options)
        self.scheme = scheme

    def check(self, text: str) -> None:
        vocabulary = vocabulary_in_use()
        if (self.scheme, text) in vocabulary:
            return
        near = _nearest(vocabulary, self.scheme, text)
        values = {"value": shown(text), "scheme": self.scheme.value, "near": ", ".join(near)}
        if near:
            raise wrong(_("%(value)s is not in the list %(scheme)s; did you mean %(near)s?"), **values)
        raise wrong(_("%(value)s is not in the list %(scheme)s."), **values)


class Choice(fields.Field[StrEnum]):
    """One of a few fixed words."""

    default_error_messages = BASIC

    def __init__(self, kinds: type[StrEnum], **options: Any) -> None:
        super().__init__(**options)
        self.kinds = kinds

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> StrEnum:
        try:
            words = value if isinstance(value, str) else ""
            return self.kinds(words if types_are_exact() else words.strip())
        except ValueError:
            options = ", ".join(self.kinds)
            message = _("%(value)s is not one of: %(options)s.")
            raise wrong(message, value=shown(value), options=options) from None

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> str | None:
        return None if value is None else str(value)


class Flag(fields.Field[bool]):
    """Yes or no; left out means that nobody knows."""

    default_error_messages = BASIC

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> bool:
        reads_words = isinstance(value, str) and not types_are_exact()
        answer = YES_AND_NO.get(value.strip().lower()) if reads_words else value
        if not isinstance(answer, bool):
            raise wrong(_("%(value)s is not true or false."), value=shown(value))
        return answer


def _nearest(vocabulary: Vocabulary, scheme: Scheme, text: str) -> list[str]:
    """Codes that look like it, or whose name it is or looks like."""
    terms = vocabulary.all(scheme)
    if len(terms) <= FEW:
        return [term.code for term in terms]
    by_label = {term.label.lower(): term.code for term in terms}
    found = [term.code for term in vocabulary.named(scheme, text)]
    found += get_close_matches(text.lower(), [term.code for term in terms], NEAREST)
    found += [by_label[label] for label in get_close_matches(text.lower(), by_label, NEAREST)]
    codes = list(dict.fromkeys(found))[:NEAREST]
    return [f"{code} ({_name(vocabulary, scheme, code)})" for code in codes]


def _name(vocabulary: Vocabulary, scheme: Scheme, code: str) -> str:
    """Names of regions occur twice, so their kind goes along."""
    name = vocabulary.label(scheme, code)
    return f"{name}, {label(region_kind(code))}" if scheme is Scheme.REGION else name
