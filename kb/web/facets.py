"""The groups of choices beside a search: which options there are, their counts and what is chosen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kb.domain.catalogue import NATIONAL, Studied
from kb.domain.evidence import Direction, Level
from kb.domain.pillars import Pillar
from kb.domain.search import Facet, Search
from kb.domain.terms import RegionKind, Scheme, Term, Vocabulary, region_kind
from kb.language import formats, labels
from kb.language.texts import gettext as _
from kb.language.texts import language, ngettext
from kb.services.searching import Page
from kb.web.levels import level_choice

Counts = Mapping[str, int]
Names = Mapping[tuple[Facet, str], str]
NO_NAMES: Names = {}

NOT_MEASURED = "niet_gemeten"
# Order on the page; the rest has no group of its own and shows only as a chosen chip.
GROUPS = (
    Facet.RECOMMENDATION,
    Facet.REGION,
    Facet.LEVEL,
    Facet.TREDE,
    Facet.DIRECTION,
    Facet.STUDIED,
    Facet.SECTOR,
    Facet.TARGET_GROUP,
    Facet.INSTRUMENT,
    Facet.PROGRAMME,
    Facet.PILLAR,
    Facet.PHASE,
    Facet.ROUTE,
    Facet.YEAR,
)
# A longer list shows its most frequent options first, the others under "more".
SHOWN = 6
# Short lists that tell something by their zeroes stay whole.
WHOLE = (Facet.RECOMMENDATION, Facet.TREDE, Facet.DIRECTION, Facet.STUDIED, Facet.ROUTE, Facet.PILLAR)
# Always in sight; the other groups open where something in them is chosen.
IN_SIGHT = (Facet.RECOMMENDATION, Facet.REGION, Facet.LEVEL, Facet.TREDE, Facet.DIRECTION)


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    text: str
    count: int
    on: bool
    depth: int = 0

    @property
    def number(self) -> str:
        return formats.count(self.count)

    @property
    def results(self) -> str:
        """The count as a reader hears it."""
        return ngettext("%(n)s result", "%(n)s results", self.count)


@dataclass(frozen=True, slots=True)
class Group:
    """One facet on the page; `more` stands folded away under `more_text`."""

    name: str
    legend: str
    options: tuple[Option, ...]
    more: tuple[Option, ...] = ()
    more_text: str = ""

    @property
    def folded(self) -> bool:
        return self.name not in IN_SIGHT

    @property
    def is_chosen(self) -> bool:
        return any(option.on for option in (*self.options, *self.more))

    @property
    def more_is_chosen(self) -> bool:
        return any(option.on for option in self.more)


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that is made, with the address of the search without it."""

    text: str
    search: Search


def groups_of(page: Page, vocabulary: Vocabulary) -> tuple[Group, ...]:
    made = (_group(facet, page, vocabulary) for facet in GROUPS)
    return tuple(group for group in made if group.options)


def chips_of(search: Search, vocabulary: Vocabulary, names: Names = NO_NAMES) -> tuple[Chip, ...]:
    """`names` are those of choices that stand in no vocabulary."""
    return tuple(
        Chip(names.get((facet, code)) or choice_text(facet, code, vocabulary), search.without(facet, code))
        for facet, code in search.choices
    )


def choice_text(facet: Facet, code: str, vocabulary: Vocabulary) -> str:
    """What people call this choice."""
    return _choice_text(facet, code, vocabulary, language())


@lru_cache(maxsize=4096)
def _choice_text(facet: Facet, code: str, vocabulary: Vocabulary, _language: str) -> str:
    """Kept: a page of results names two hundred choices, most of them on every page."""
    if facet is Facet.RECOMMENDATION:
        return f"{code}. {vocabulary.label(Scheme.RECOMMENDATION, code, language())}"
    if facet is Facet.TREDE:
        return f"{code}. {labels.label(Level(int(code)))}"
    if facet is Facet.PILLAR:
        return f"{code}. {labels.label(Pillar(code))}"
    if facet is Facet.DIRECTION:
        return labels.label(Direction(code)) if code != NOT_MEASURED else _("Not measured, or not to be told")
    if facet is Facet.STUDIED:
        return labels.label(Studied(code))
    if facet is Facet.LEVEL:
        return level_choice(code, vocabulary)
    if facet is Facet.REGION:
        return region_text(code, vocabulary)
    if facet.value in set(Scheme):
        return vocabulary.label(Scheme(facet.value), code, language())
    return code


def region_text(code: str, vocabulary: Vocabulary) -> str:
    """The name of a region; what else could carry that name is told by its kind."""
    name = vocabulary.label(Scheme.REGION, code, language())
    if code == NATIONAL:
        return _("The whole country")
    if region_kind(code) is RegionKind.LABOUR_MARKET_REGION:
        return _("%(name)s (labour-market region)", name=name)
    if region_kind(code) is RegionKind.MUNICIPALITY:
        return _("%(name)s (municipality)", name=name)
    return name


def _group(facet: Facet, page: Page, vocabulary: Vocabulary) -> Group:
    counts = page.counts.get(facet, {})
    chosen = page.search.filters.get(facet, ())
    if facet is Facet.REGION:
        return _regions(counts, chosen, vocabulary)
    if facet is Facet.LEVEL:
        return _levels(counts, chosen, vocabulary)
    codes = list(_codes(facet, counts, chosen, vocabulary))
    options = [_option(facet, code, counts, chosen, vocabulary) for code in codes]
    if facet in WHOLE:
        return Group(facet.value, labels.label(facet), tuple(options))
    if facet is not Facet.YEAR:
        options.sort(key=lambda option: (not option.on, -option.count, option.text))
    return _folded(facet, options)


def _codes(facet: Facet, counts: Counts, chosen: Iterable[str], vocabulary: Vocabulary) -> Iterator[str]:
    if facet is Facet.TREDE:
        return iter([str(int(level)) for level in reversed(Level)])
    if facet is Facet.DIRECTION:
        return iter([*(direction.value for direction in Direction), NOT_MEASURED])
    if facet is Facet.PILLAR:
        return iter([pillar.value for pillar in Pillar])
    if facet is Facet.STUDIED:
        return iter(Studied)
    if facet is Facet.YEAR:
        return iter(sorted({*counts, *chosen}, reverse=True))
    terms = (term.code for term in vocabulary.all(Scheme(facet.value)))
    return (code for code in terms if facet in WHOLE or counts.get(code) or code in chosen)


def _folded(facet: Facet, options: list[Option]) -> Group:
    shown, more = options[:SHOWN], options[SHOWN:]
    text = _("All %(n)s", n=len(options)) if more else ""
    return Group(facet.value, labels.label(facet), tuple(shown), tuple(more), text)


def _regions(counts: Counts, chosen: tuple[str, ...], vocabulary: Vocabulary) -> Group:
    """Provinces first, what lies inside a chosen region under it, then the rest folded away."""
    of_kind = _regions_of_kind(vocabulary)
    small = (*of_kind[RegionKind.LABOUR_MARKET_REGION], *of_kind[RegionKind.MUNICIPALITY])
    inside = _inside(chosen, vocabulary)
    near = [t for t in small if t.code in chosen or (t.code in inside and counts.get(t.code))]
    tops = (
        vocabulary.term(Scheme.REGION, NATIONAL),
        *of_kind[RegionKind.PROVINCE],
        *(term for term in of_kind[RegionKind.PART] if term.code in chosen),
        *(term for term in near if term.code in chosen and term.code not in inside),
    )
    rest = [term for term in of_kind[RegionKind.LABOUR_MARKET_REGION] if term not in near]
    return Group(
        Facet.REGION.value,
        labels.label(Facet.REGION),
        tuple(_nested(tops, near, counts, chosen, vocabulary)),
        _region_options(rest, counts, chosen, vocabulary),
        _("Labour-market regions"),
    )


@lru_cache(maxsize=2)
def _regions_of_kind(vocabulary: Vocabulary) -> Mapping[RegionKind, tuple[Term, ...]]:
    """Read once: there are four hundred regions, and every search page shows some of them."""
    terms = vocabulary.all(Scheme.REGION)
    return {kind: tuple(term for term in terms if region_kind(term.code) is kind) for kind in RegionKind}


def _nested(
    tops: Iterable[Term],
    near: Iterable[Term],
    counts: Counts,
    chosen: tuple[str, ...],
    vocabulary: Vocabulary,
) -> Iterator[Option]:
    """Each region, and under a chosen one what lies inside it; a region in two of them stands once."""
    left = {term.code: term for term in near}
    for top in tops:
        left.pop(top.code, None)
        yield from _region_options((top,), counts, chosen, vocabulary)
        if top.code in chosen:
            below = vocabulary.descendants(Scheme.REGION, top.code) & left.keys()
            under = [left.pop(code) for code in tuple(left) if code in below]
            yield from _region_options(under, counts, chosen, vocabulary, depth=1)


def _inside(chosen: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """What lies inside the chosen regions, themselves left out."""
    below = (vocabulary.descendants(Scheme.REGION, code) - {code} for code in chosen if code != NATIONAL)
    return frozenset().union(*below)


def _region_options(
    terms: Iterable[Term],
    counts: Counts,
    chosen: tuple[str, ...],
    vocabulary: Vocabulary,
    *,
    depth: int = 0,
) -> tuple[Option, ...]:
    return tuple(_option(Facet.REGION, term.code, counts, chosen, vocabulary, depth) for term in terms)


def _levels(counts: Counts, chosen: tuple[str, ...], vocabulary: Vocabulary) -> Group:
    """The main levels; those below one that is chosen, or has a chosen one below it, stand under it."""
    options: list[Option] = []
    for top in vocabulary.top(Scheme.LEVEL):
        options.append(_option(Facet.LEVEL, top.code, counts, chosen, vocabulary))
        below = vocabulary.descendants(Scheme.LEVEL, top.code)
        if below.isdisjoint(chosen):
            continue
        for term in vocabulary.all(Scheme.LEVEL):
            if (
                term.code in below
                and term.code != top.code
                and (counts.get(term.code) or term.code in chosen)
            ):
                depth = len(vocabulary.ancestors(Scheme.LEVEL, term.code)) - 1
                options.append(_option(Facet.LEVEL, term.code, counts, chosen, vocabulary, depth))
    return Group(Facet.LEVEL.value, labels.label(Facet.LEVEL), tuple(options))


def _option(
    facet: Facet,
    code: str,
    counts: Counts,
    chosen: Iterable[str],
    vocabulary: Vocabulary,
    depth: int = 0,
) -> Option:
    text = choice_text(facet, code, vocabulary)
    return Option(code, text, counts.get(code, 0), code in chosen, depth)


def national_option(page: Page) -> Option:
    """The switch that counts initiatives for the whole country along with a choice of regions."""
    number = page.counts.get(Facet.REGION, {}).get(NATIONAL, 0)
    text = _("Also those for the whole country")
    return Option("ja", text, number, page.search.include_national)
