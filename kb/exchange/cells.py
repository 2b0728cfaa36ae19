"""The value of a field as one cell, and a cell as a value: both ways side by side."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from typing import Any

from kb.domain.content import Metric
from kb.domain.problems import FieldError, Problem
from kb.domain.terms import RegionKind, Scheme, Vocabulary, plain, region_kind
from kb.language.fields import metric_name, yes_or_no
from kb.language.labels import label
from kb.language.texts import DEFAULT_LANGUAGE, LANGUAGES, speaking
from kb.language.texts import mark as _
from kb.schemas.columns import Column, Kind

# What a cell can hold; dates are ISO text by the time they get here.
Cell = str | int | float | bool | None

# Excel holds 32,767 characters in a cell. A longer list stays in its own sheet.
LONGEST_CELL = 32_000
BETWEEN = re.compile(r"[;\n]")
LISTED = frozenset({Kind.CODE, Kind.CHOICE, Kind.SLUG})
YES = frozenset({"ja", "yes", "true", "waar", "1", "x"})
NO = frozenset({"nee", "no", "false", "onwaar", "0"})
RECOMMENDATION = re.compile(r"(?is)(?:aanbeveling|recommendation|nr\.?)?\s*(\d)(?:\D.*)?")
CODE_BEHIND = re.compile(r"\[([^\[\]]+)\]\s*$")
KIND_BEHIND = re.compile(r"(.+?)\s*\(([^()]+)\)\s*$")
ISO_DAY = re.compile(r"(\d{4})-\d\d-\d\d(?:[T ].*)?")
DUTCH_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
# Excel counts days from here; these numbers are the days from 1980 to 2050.
DAY_ZERO = date(1899, 12, 30)
DAY_NUMBERS = range(29_221, 55_153)


@dataclass(frozen=True, slots=True)
class Voice:
    """How cells are said: with names for people, or with codes for programs.

    `approaches` gives the name of each approach by its slug, `slugs` the slug by the plain name.
    """

    vocabulary: Vocabulary
    language: str = DEFAULT_LANGUAGE
    for_people: bool = True
    approaches: Mapping[str, str] = field(default_factory=dict)
    slugs: Mapping[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "slugs", {plain(name): slug for slug, name in self.approaches.items()})


class Unclear(Problem):
    """A cell that could mean two things; `error` says which cell is meant and what to do."""

    def __init__(self, error: FieldError) -> None:
        super().__init__(error.message)
        self.error = error


def written(column: Column, value: Any, voice: Voice) -> Cell:
    """The cell of a value of a document; None is an empty cell."""
    if value is None or value == []:
        return None
    if not column.several:
        return _word(column, value, voice)
    words = [str(_word(column, each, voice)) for each in value]
    cell = ("; " if column.kind in LISTED else "\n").join(words)
    return cell if len(cell) <= LONGEST_CELL else None


def read(column: Column, cell: Cell, voice: Voice, *, kind: RegionKind | None = None) -> Any:
    """The value for the document; what is not understood stays as it is, for the schema to refuse.

    Raises Unclear. A `kind` says which of the regions with one name is meant.
    """
    if is_blank(cell):
        return None
    if not column.several:
        return _value(column, cell, voice, kind)
    if column.kind not in LISTED:
        return [line.strip() for line in str(cell).split("\n") if line.strip()]
    return [_value(column, words, voice, kind) for words in _items(column, str(as_words(cell)), voice, kind)]


def is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_words(cell: Cell) -> str:
    """A cell as people read it: no decimals where there are none, a comma where there are."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return yes_or_no(cell)
    if isinstance(cell, float):
        return f"{cell:.15g}".replace(".", ",") if abs(cell) < 1e15 else f"{cell:.15g}"
    return str(cell)


def alike(one: Cell, other: Cell) -> bool:
    """Whether two cells say the same: a number as text counts, and so does another end of line."""
    return _plain(one) == _plain(other)


def term_words(scheme: Scheme, code: str, voice: Voice) -> str:
    """What people call a term, so that `read` finds the same term."""
    return _term_words(voice.vocabulary, scheme, code, voice.language)


# A hundred thousand rows say the same few hundred terms.
@lru_cache(maxsize=4096)
def _term_words(vocabulary: Vocabulary, scheme: Scheme, code: str, language: str) -> str:
    term = vocabulary.get(scheme, code)
    if term is None or scheme is Scheme.RECOMMENDATION:
        return code
    words = term.label_in(language)
    if scheme is Scheme.REGION:
        with speaking(language):
            return f"{words} ({label(region_kind(code))})"
    is_known = vocabulary.named(scheme, words) == (term,) and not BETWEEN.search(words)
    return words if is_known else f"{words} [{code}]"


def choice_words(value: StrEnum) -> str:
    """What people call one of a few fixed words."""
    return metric_name(value) if isinstance(value, Metric) else label(value)


def _plain(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = as_words(cell).replace("\r\n", "\n").strip()
    return text.replace(",", ".") if re.fullmatch(r"-?\d+,\d+", text) else text


def _word(column: Column, value: Any, voice: Voice) -> Cell:
    if column.kind is Kind.SHARE:
        return _number(Decimal(str(value)) * 100)
    if isinstance(value, bool):
        return yes_or_no(value) if voice.for_people else str(value).lower()
    if not voice.for_people:
        return value  # type: ignore[no-any-return]
    if column.scheme is not None:
        return term_words(column.scheme, str(value), voice)
    if column.choices is not None:
        return choice_words(column.choices(value))
    if column.name == "approaches":
        return _approach(str(value), voice)
    return value  # type: ignore[no-any-return]


def _approach(slug: str, voice: Voice) -> str:
    name = voice.approaches.get(slug, slug)
    return slug if BETWEEN.search(name) or voice.slugs.get(plain(name)) != slug else name


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _items(column: Column, cell: str, voice: Voice, kind: RegionKind | None) -> Iterator[str]:
    """The words between semicolons; between commas where the whole is no term and the parts are."""
    for words in BETWEEN.split(cell):
        parts = [part.strip() for part in words.split(",")]
        if len(parts) > 1 and not _is_known(column, words, voice, kind):
            yield from filter(None, parts)
        elif words.strip():
            yield words.strip()


def _is_known(column: Column, words: str, voice: Voice, kind: RegionKind | None) -> bool:
    if column.scheme is not None:
        return (
            column.scheme,
            _code(column.scheme, words.strip(), voice.vocabulary, kind),
        ) in voice.vocabulary
    return column.name == "approaches" and plain(words) in voice.slugs


def _value(column: Column, cell: Cell, voice: Voice, kind: RegionKind | None) -> Any:
    if column.scheme is not None:
        return _code(column.scheme, as_words(cell).strip(), voice.vocabulary, kind)
    if column.choices is not None:
        return _choice(column.choices, as_words(cell).strip())
    if column.name == "approaches":
        words = as_words(cell).strip()
        return voice.slugs.get(plain(words), words)
    return READERS[column.kind](cell)


def _code(scheme: Scheme, words: str, vocabulary: Vocabulary, kind: RegionKind | None = None) -> str:
    """The code by itself, behind the name, or of the only term with this name."""
    behind = CODE_BEHIND.search(words)
    for code in (words, words.upper(), behind[1] if behind else ""):
        if (scheme, code) in vocabulary:
            return code
    if scheme is Scheme.RECOMMENDATION and (found := RECOMMENDATION.fullmatch(words)):
        return found[1]
    if scheme is Scheme.REGION:
        return _region(words, vocabulary, kind)
    named = vocabulary.named(scheme, words)
    return named[0].code if len(named) == 1 else words


def _region(words: str, vocabulary: Vocabulary, kind: RegionKind | None) -> str:
    named = vocabulary.named(Scheme.REGION, words)
    if len(named) == 1:
        return named[0].code
    if of_kind := [term for term in named if kind is region_kind(term.code)]:
        return of_kind[0].code
    behind = KIND_BEHIND.fullmatch(words)
    for term in vocabulary.named(Scheme.REGION, behind[1]) if behind else ():
        if behind and plain(behind[2]) in _in_all_languages(region_kind(term.code)):
            return term.code
    return words


@lru_cache(maxsize=4096)
def _choice(kinds: type[StrEnum], words: str) -> str:
    if words in set(kinds):
        return words
    named = [kind.value for kind in kinds if plain(words) in {plain(kind.value), *_in_all_languages(kind)}]
    return named[0] if len(named) == 1 else words


def _in_all_languages(value: StrEnum) -> set[str]:
    found = set()
    for language in LANGUAGES:
        with speaking(language):
            found.add(plain(choice_words(value)))
    return found


def _flag(cell: Cell) -> Any:
    words = as_words(cell).strip().lower()
    return True if words in YES else False if words in NO else cell


def _share(cell: Cell) -> Any:
    try:
        return float(Decimal(as_words(cell).strip().rstrip("%").replace(",", ".")) / 100)
    except InvalidOperation:
        return cell


def _year(cell: Cell) -> Any:
    _refuse_day_number(cell)
    found = ISO_DAY.fullmatch(cell) if isinstance(cell, str) else None
    return int(found[1]) if found else _whole(cell)


def _day(cell: Cell) -> Any:
    _refuse_day_number(cell)
    words = as_words(cell).strip()
    if found := DUTCH_DAY.fullmatch(words):
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    return words


def _refuse_day_number(cell: Cell) -> None:
    number = _whole(cell)
    if isinstance(number, int) and not isinstance(number, bool) and number in DAY_NUMBERS:
        day = (DAY_ZERO + timedelta(days=number)).isoformat()
        message = _("%(value)s is a date kept as a number. Make it a date, or type %(day)s.")
        raise Unclear(FieldError("", message, {"value": number, "day": day}))


def _whole(cell: Cell) -> Any:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _address(cell: Cell) -> Any:
    words = as_words(cell).strip()
    return f"https://{words}" if words.lower().startswith("www.") else words


def _text(cell: Cell) -> Any:
    return cell if isinstance(cell, str) else as_words(_whole(cell))


READERS: Mapping[Kind, Callable[[Cell], Any]] = {
    Kind.FLAG: _flag,
    Kind.SHARE: _share,
    Kind.YEAR: _year,
    Kind.DAY: _day,
    Kind.WHOLE: _whole,
    Kind.NUMBER: _whole,
    Kind.ADDRESS: _address,
    Kind.EMAIL: _text,
    Kind.SLUG: _text,
    Kind.TEXT: _text,
}
