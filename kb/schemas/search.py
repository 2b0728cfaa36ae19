"""The parameters of a search: the same in the address of the search page and in the API."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote_to_bytes

from kb.domain.catalogue import Studied
from kb.domain.evidence import Direction, Level
from kb.domain.pillars import Pillar
from kb.domain.problems import FieldError, Invalid
from kb.domain.search import (
    DEFAULT_PER_PAGE,
    MAX_PAGE,
    MAX_PER_PAGE,
    Facet,
    Search,
    Sort,
)
from kb.domain.terms import RegionKind, Scheme, Term, Vocabulary, region_kind
from kb.language.texts import mark as _

WORDS, NATIONAL, SORT, PAGE, PER_PAGE = "q", "landelijk", "sorteer", "pagina", "perPagina"
LITERAL = "letterlijk"
NOT_MEASURED = "niet_gemeten"
OLDER = "ouder"
YES_NO = ("ja", "nee")
MAX_WORDS_READ = 1_000
MAX_VALUE = 100
MAX_CHOICES = 100
# What stands in the place of characters that were no UTF-8.
REPLACED = "\ufffd"
# What a program may not send as words; other unusual characters count as spaces.
NO_WORDS = re.compile("[\x00-\x1f\x7f-\x9f\ufffd]")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SCHEMES = {facet: Scheme(facet.value) for facet in Facet if facet.value in set(Scheme)}

NAMED_TERM = re.compile(f"({'|'.join((*SCHEMES, Facet.ORGANISATION))}):([A-Za-z0-9-]{{1,80}})")

# A name such as Groningen is a province, a labour-market region and a municipality: the widest wins.
REGION_ORDER = tuple(RegionKind)


@dataclass(slots=True)
class _Reading:
    """What has been understood so far."""

    vocabulary: Vocabulary
    words: str = ""
    filters: dict[Facet, list[str]] = field(default_factory=dict)
    national: bool = False
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = DEFAULT_PER_PAGE
    literal: set[tuple[Facet, str]] = field(default_factory=set)
    strict: bool = False
    seen: Counter[str] = field(default_factory=Counter)
    rejected: list[tuple[str, str]] = field(default_factory=list)


def read_query(
    pairs: Iterable[tuple[str, str]],
    vocabulary: Vocabulary,
    *,
    strict: bool = False,
    ignored: str = "",
    only: Iterable[str] = (),
) -> Search:
    """The search in these parameters; what makes no sense is left out and told in `rejected`.

    With `strict` it raises Invalid instead, with everything that is wrong: empty values and those that are
    given twice too. `ignored` is not looked at; with `only` there are no parameters but those.
    """
    reading = _Reading(vocabulary, strict=strict)
    known = frozenset(only)
    for name, value in pairs:
        if name == ignored:
            continue
        if (known and name not in known) or not (_is_known(name) and _read(reading, name, value)):
            reading.rejected.append((_printable(name[:MAX_VALUE]), _printable(value[:MAX_VALUE])))
    if strict and reading.rejected:
        raise Invalid(tuple(_error(name, value, known) for name, value in reading.rejected))
    return Search(
        words=reading.words,
        filters={facet: tuple(codes) for facet, codes in reading.filters.items() if codes},
        include_national=reading.national,
        sort=reading.sort,
        page=reading.page,
        per_page=reading.per_page,
        literal=frozenset(reading.literal),
        rejected=tuple(reading.rejected),
    )


def pairs_of(query: bytes) -> list[tuple[str, str]]:
    """The parameters in the query of an address; broken characters stay visible, so reading tells them."""
    return parse_qsl(query.decode("utf-8", "replace"), keep_blank_values=True, errors="replace")


def refuse_broken(query: bytes) -> None:
    """Raises Invalid for an address whose characters are no UTF-8."""
    try:
        unquote_to_bytes(query).decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid((FieldError(WORDS, _("These characters are broken; write them in UTF-8.")),)) from None


def asks_older(values: Sequence[str], *, strict: bool = False) -> bool:
    """Whether research of more than five years ago counts too; in strict reading anything odd is Invalid."""
    if strict and (len(values) > 1 or any(value not in YES_NO for value in values)):
        raise Invalid((FieldError(OLDER, _("Write ja or nee.")),))
    return "ja" in values


def write_query(search: Search) -> Iterator[tuple[str, str]]:
    """The parameters of this search, always in the same order; what is usual is left out."""
    if search.words:
        yield WORDS, search.words
    for facet in Facet:
        yield from ((facet.value, code) for code in search.filters.get(facet, ()))
    if search.include_national:
        yield NATIONAL, "ja"
    yield from ((LITERAL, f"{facet.value}:{code}") for facet, code in sorted(search.literal))
    if search.sort is not Sort.RELEVANCE:
        yield SORT, search.sort.value
    if search.per_page != DEFAULT_PER_PAGE:
        yield PER_PAGE, str(search.per_page)
    if search.page != 1:
        yield PAGE, str(search.page)


def _read(reading: _Reading, name: str, value: str) -> bool:
    """Takes one parameter in; False when it makes no sense."""
    if reading.strict and _is_sloppy(reading, name, value):
        return False
    if name in set(Facet):
        return _read_choice(reading, Facet(name), value)
    return READERS[name](reading, value)


def _is_sloppy(reading: _Reading, name: str, value: str) -> bool:
    """An empty value, or a second one where there can be only one: a form sends those, no program."""
    reading.seen[name] += 1
    most = 1 if name in READERS and name != LITERAL else MAX_CHOICES
    return reading.seen[name] > most or (not value and name != WORDS)


def _is_known(name: str) -> bool:
    return name in READERS or name in set(Facet)


def _read_choice(reading: _Reading, facet: Facet, value: str) -> bool:
    if not value:
        return True
    code = _code(reading.vocabulary, facet, value[: MAX_VALUE + 1])
    chosen = reading.filters.setdefault(facet, [])
    if code is None or len(chosen) >= MAX_CHOICES:
        return False
    if code not in chosen:
        chosen.append(code)
    return True


def _code(vocabulary: Vocabulary, facet: Facet, value: str) -> str | None:
    if facet in SCHEMES:
        return _term_code(vocabulary, SCHEMES[facet], value)
    check = CHECKS[facet]
    return value if check(value) else None


def _term_code(vocabulary: Vocabulary, scheme: Scheme, value: str) -> str | None:
    """The code itself, or that of the term with this name."""
    if (scheme, value) in vocabulary:
        return value
    named = vocabulary.named(scheme, value)
    if scheme is Scheme.REGION:
        named = tuple(sorted(named, key=_width))
    return named[0].code if named else None


def _width(term: Term) -> int:
    return REGION_ORDER.index(region_kind(term.code))


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdigit() and 1900 <= int(value) <= 2100


def _is_slug(value: str) -> bool:
    return len(value) <= MAX_VALUE and SLUG.fullmatch(value) is not None


CHECKS: dict[Facet, Callable[[str], bool]] = {
    Facet.TREDE: {str(int(level)) for level in Level}.__contains__,
    Facet.DIRECTION: {NOT_MEASURED, *Direction}.__contains__,
    Facet.PILLAR: set(Pillar).__contains__,
    Facet.STUDIED: set(Studied).__contains__,
    Facet.YEAR: _is_year,
    Facet.ORGANISATION: _is_slug,
    Facet.APPROACH: _is_slug,
}


def _read_words(reading: _Reading, value: str) -> bool:
    # The length has its own notice.
    clean = _printable(value[:MAX_WORDS_READ])
    reading.words = " ".join(clean.split())
    if reading.strict:
        return len(value) <= MAX_WORDS_READ and not NO_WORDS.search(value)
    return clean == value


def _printable(text: str) -> str:
    """Control characters and broken characters are no words, and no page may hold them."""
    return "".join(char if char.isprintable() and char != REPLACED else " " for char in text)


def _read_national(reading: _Reading, value: str) -> bool:
    reading.national = value == "ja" or (not reading.strict and value in ("1", "true"))
    return reading.national or value == "nee" or (not reading.strict and value in ("", "0", "false"))


def _read_literal(reading: _Reading, value: str) -> bool:
    """A facet and a code, with a colon between (regio:AM05); a code that is gone changes nothing."""
    found = NAMED_TERM.fullmatch(value)
    if found and len(reading.literal) < MAX_CHOICES:
        reading.literal.add((Facet(found[1]), found[2]))
    return found is not None or not value


def _read_sort(reading: _Reading, value: str) -> bool:
    if value and value not in set(Sort):
        return False
    reading.sort = Sort(value or Sort.RELEVANCE)
    return True


def _read_page(reading: _Reading, value: str) -> bool:
    reading.page = _number(value, MAX_PAGE) or 1
    return not value or _number(value, MAX_PAGE) is not None


def _read_per_page(reading: _Reading, value: str) -> bool:
    reading.per_page = _number(value, MAX_PER_PAGE) or DEFAULT_PER_PAGE
    return not value or _number(value, MAX_PER_PAGE) is not None


def _number(value: str, high: int) -> int | None:
    """The whole number from 1 to `high`, else None."""
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        return None
    return int(value) if 1 <= int(value) <= high else None


READERS: dict[str, Callable[[_Reading, str], bool]] = {
    WORDS: _read_words,
    NATIONAL: _read_national,
    LITERAL: _read_literal,
    SORT: _read_sort,
    PAGE: _read_page,
    PER_PAGE: _read_per_page,
}


def _error(name: str, value: str, only: Iterable[str] = ()) -> FieldError:
    if not _is_known(name) or (only and name not in only):
        return FieldError(name, _("There is no such parameter."))
    if name == PAGE:
        return FieldError(
            name, _("Give a whole number from %(low)s to %(high)s."), {"low": 1, "high": MAX_PAGE}
        )
    if name == PER_PAGE:
        return FieldError(
            name, _("Give a whole number from %(low)s to %(high)s."), {"low": 1, "high": MAX_PER_PAGE}
        )
    if not value:
        return FieldError(name, _("Fill this in."))
    if name == WORDS:
        return FieldError(
            name,
            _("Write words of at most %(high)s characters together, on one line."),
            {"high": MAX_WORDS_READ},
        )
    return FieldError(name, _("%(value)s is not known here."), {"value": value})
