"""A search in an address: read leniently for people, strictly for programs, and written back."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from kb.domain.evidence import Direction, Level
from kb.domain.problems import FieldError, Invalid
from kb.domain.search import DEFAULT_PER_PAGE, MAX_PAGE, MAX_PER_PAGE, MAX_QUERY_LENGTH, Facet, Search, Sort
from kb.domain.terms import RegionKind, Scheme, Vocabulary, region_kind
from kb.language.texts import mark as _

Pairs = Iterable[tuple[str, str]]

WORDS, NATIONAL, SORT, PAGE, PER_PAGE = "q", "landelijk", "sorteer", "pagina", "perPagina"
NOT_MEASURED = "niet_gemeten"
MAX_CHOICES = 60
MAX_SHOWN = 40
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd]+")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
YEAR = re.compile(r"(?:19|20)\d\d")
# What others hang on a link; it says nothing about the search.
TRACKING = ("utm_", "fbclid", "gclid", "mc_")

# Facets whose codes do not stand in a vocabulary.
CODES: Mapping[Facet, frozenset[str]] = {
    Facet.TREDE: frozenset(str(int(level)) for level in Level),
    Facet.DIRECTION: frozenset({*(direction.value for direction in Direction), NOT_MEASURED}),
}
PATTERNS: Mapping[Facet, re.Pattern[str]] = {
    Facet.YEAR: YEAR,
    Facet.ORGANISATION: SLUG,
    Facet.APPROACH: SLUG,
}
FACETS = {facet.value: facet for facet in Facet}
LARGEST_FIRST = list(RegionKind)


@dataclass(slots=True)
class _Reading:
    """What was read so far, and what made no sense."""

    words: str = ""
    filters: dict[Facet, list[str]] = field(default_factory=dict)
    include_national: bool = False
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = DEFAULT_PER_PAGE
    errors: list[tuple[str, str, FieldError]] = field(default_factory=list)

    def reject(self, key: str, value: str, message: str, **values: object) -> None:
        shown = CONTROLS.sub(" ", value)[:MAX_SHOWN]
        self.errors.append((key[:MAX_SHOWN], shown, FieldError(key[:MAX_SHOWN], message, values)))


def read_query(args: Pairs, vocabulary: Vocabulary, *, strict: bool = False) -> Search:
    """The search in the parameters; what makes no sense is left out and named in `rejected`.

    Strict: raises Invalid with everything that makes no sense.
    """
    reading = _Reading()
    for key, value in args:
        if key in FACETS:
            _read_choice(reading, FACETS[key], value, vocabulary)
        elif key in READERS:
            READERS[key](reading, value)
        elif not key.startswith(TRACKING):
            reading.reject(key, value, _("There is no such parameter."))
    if strict and len(reading.words) > MAX_QUERY_LENGTH:
        reading.reject(WORDS, reading.words, _("Use at most %(n)s characters."), n=MAX_QUERY_LENGTH)
    if strict and reading.errors:
        raise Invalid(tuple(error for _key, _value, error in reading.errors))
    return Search(
        words=reading.words,
        filters={facet: tuple(reading.filters[facet]) for facet in Facet if facet in reading.filters},
        include_national=reading.include_national,
        sort=reading.sort,
        page=reading.page,
        per_page=reading.per_page,
        rejected=tuple(dict.fromkeys((key, value) for key, value, _error in reading.errors)),
    )


def write_query(search: Search) -> list[tuple[str, str]]:
    """The parameters of an address for this search, always in the same order, without the defaults."""
    pairs = [(WORDS, search.words)] if search.words else []
    pairs += [(facet.value, code) for facet in Facet for code in search.filters.get(facet, ())]
    if search.include_national:
        pairs.append((NATIONAL, "1"))
    if search.sort is not Sort.RELEVANCE:
        pairs.append((SORT, search.sort.value))
    if search.per_page != DEFAULT_PER_PAGE:
        pairs.append((PER_PAGE, str(search.per_page)))
    if search.page != 1:
        pairs.append((PAGE, str(search.page)))
    return pairs


def without_defaults(search: Search) -> Search:
    """The search as a link to its first page holds it."""
    return replace(search, page=1, rejected=())


def _read_words(reading: _Reading, value: str) -> None:
    clean = " ".join(CONTROLS.sub(" ", value[: 4 * MAX_QUERY_LENGTH]).split())
    if CONTROLS.search(value):
        reading.reject(WORDS, clean, _("Leave out signs that are no letters."))
    # The search itself cuts at its limit and says so; this only keeps addresses short.
    reading.words = f"{reading.words} {clean}".strip()[: 2 * MAX_QUERY_LENGTH]


def _read_choice(reading: _Reading, facet: Facet, value: str, vocabulary: Vocabulary) -> None:
    if not value:
        return  # an empty field of a form chooses nothing
    code = _code(facet, value[:200].strip(), vocabulary)
    chosen = reading.filters.setdefault(facet, [])
    if code is None or len(chosen) >= MAX_CHOICES:
        reading.reject(facet.value, value, _("There is no such choice."))
    elif code not in chosen:
        chosen.append(code)
    if not chosen:
        del reading.filters[facet]


def _code(facet: Facet, value: str, vocabulary: Vocabulary) -> str | None:
    """The code that is meant: itself, or the term of that name."""
    if facet in CODES:
        return value if value in CODES[facet] else None
    if facet in PATTERNS:
        return value if PATTERNS[facet].fullmatch(value) else None
    scheme = Scheme(facet.value)
    if (scheme, value) in vocabulary:
        return value
    codes = [term.code for term in vocabulary.named(scheme, value)]
    if scheme is Scheme.REGION:
        # Groningen is a province, a labour-market region and a municipality; the largest holds the others.
        codes.sort(key=lambda code: LARGEST_FIRST.index(region_kind(code)))
        return codes[0] if codes else None
    return codes[0] if len(codes) == 1 else None


def _read_national(reading: _Reading, value: str) -> None:
    if value not in ("0", "1", ""):
        reading.reject(NATIONAL, value, _("This is 0 or 1."))
    reading.include_national = value == "1"


def _read_sort(reading: _Reading, value: str) -> None:
    if value in set(Sort):
        reading.sort = Sort(value)
    elif value:
        reading.reject(SORT, value, _("There is no such order."))


def _read_page(reading: _Reading, value: str) -> None:
    number = _number(value, MAX_PAGE)
    if number is None:
        reading.reject(PAGE, value, _("This is a whole number from 1 to %(most)s."), most=MAX_PAGE)
    reading.page = number or 1


def _read_per_page(reading: _Reading, value: str) -> None:
    number = _number(value, MAX_PER_PAGE)
    if number is None:
        reading.reject(PER_PAGE, value, _("This is a whole number from 1 to %(most)s."), most=MAX_PER_PAGE)
    reading.per_page = number or DEFAULT_PER_PAGE


def _number(value: str, most: int) -> int | None:
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        return None
    return int(value) if 1 <= int(value) <= most else None


READERS: Mapping[str, Callable[[_Reading, str], None]] = {
    WORDS: _read_words,
    NATIONAL: _read_national,
    SORT: _read_sort,
    PAGE: _read_page,
    PER_PAGE: _read_per_page,
}
