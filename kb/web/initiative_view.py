"""Words and links for the page of one initiative, prepared so that the template only shows them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.domain.content import Content, PartnerRole, Theory
from kb.domain.terms import Scheme, Vocabulary
from kb.language import labels
from kb.language.formats import period
from kb.language.texts import gettext as _
from kb.language.texts import language, ngettext
from kb.services.reading import InitiativePage, Lineage, Related
from kb.web.facets import region_text
from kb.web.speech import base

Link = tuple[str, str]
Fact = tuple[str, tuple[Link, ...]]


@dataclass(frozen=True, slots=True)
class Described:
    """One part of the description; what nobody translated is in Dutch on an English page too."""

    heading: str
    text: str
    is_translated: bool


@dataclass(frozen=True, slots=True)
class Has:
    """Which sections there is something to tell in."""

    reasoning: bool
    numbers: bool


@dataclass(frozen=True, slots=True)
class InitiativeView:
    title: str
    summary: str
    years: str
    places: tuple[str, ...]
    described: tuple[Described, ...]
    facts: tuple[Fact, ...]
    sources: dict[str, int]
    has: Has


def view_of(page: InitiativePage, vocabulary: Vocabulary) -> InitiativeView:
    content, english = page.content, language() == "en"
    return InitiativeView(
        title=content.title_en if english and content.title_en else content.title,
        summary=content.summary_en if english and content.summary_en else content.summary,
        years=period(content.start_year, content.end_year) if content.start_year or content.end_year else "",
        places=place_names(content.area, content.regions, vocabulary),
        described=tuple(part for part in _described(content, english) if part.text),
        facts=tuple((name, links) for name, links in _facts(page, vocabulary) if links),
        sources={source.url: number for number, source in enumerate(content.sources, 1)},
        has=Has(
            reasoning=content.theory != Theory(),
            numbers=bool(content.funding or content.costs or content.delivery),
        ),
    )


def place_names(area: str, regions: Sequence[str], vocabulary: Vocabulary, most: int = 3) -> tuple[str, ...]:
    """The name people use, or the regions; more than a few are counted."""
    if area:
        return (area,)
    names = [region_text(code, vocabulary) for code in regions]
    if len(names) > most:
        return (*names[:most], _("and %(n)s more", n=len(names) - most))
    return tuple(names)


def _described(content: Content, english: bool) -> Iterator[Described]:
    headings = {
        "goal": _("Goal"),
        "audience": _("For whom"),
        "activities": _("What people do"),
        "requirements": _("What it takes"),
        "lessons": _("What we would do differently"),
    }
    for name, heading in headings.items():
        translated = getattr(content, f"{name}_en") if english else ""
        yield Described(heading, translated or getattr(content, name), bool(translated))


def _facts(page: InitiativePage, vocabulary: Vocabulary) -> Iterator[Fact]:
    content = page.content
    yield _("Region"), tuple((region_text(c, vocabulary), f"{base()}/regios/{c}") for c in content.regions)
    for role in PartnerRole:
        partners = [partner for partner in page.partners if partner.role is role]
        links = tuple((partner.name, f"{base()}/organisaties/{partner.slug}") for partner in partners)
        yield labels.label(role), links
    yield _("Target group"), _tags(Scheme.TARGET_GROUP, content.target_groups, content, vocabulary)
    yield _("Instrument"), _tags(Scheme.INSTRUMENT, content.instruments, content, vocabulary)
    yield _("Sector"), _tags(Scheme.SECTOR, content.sectors, content, vocabulary)
    yield _("Programme"), _tags(Scheme.PROGRAMME, content.programmes, content, vocabulary)
    yield _("Part of"), _related(page.part_of)
    yield _("Succeeded by"), _related(page.succeeded_by)
    yield _("Taken over from"), tuple(_origins(page.lineage))
    yield _("Phase"), _tags(Scheme.PHASE, (content.phase,) if content.phase else (), content, vocabulary)


def _related(related: Related | None) -> tuple[Link, ...]:
    if related is None:
        return ()
    title = related.title_en if language() == "en" and related.title_en else related.title
    return ((title, f"{base()}/initiatieven/{related.slug}"),)


def _origins(lineage: Lineage) -> Iterator[Link]:
    """With a word for those that are no longer public."""
    for origin in lineage.origins:
        yield from _related(origin)
    if lineage.hidden:
        hidden = ngettext(
            "%(n)s initiative that is no longer public",
            "%(n)s initiatives that are no longer public",
            lineage.hidden,
        )
        yield hidden, ""


def _tags(scheme: Scheme, codes: Sequence[str], content: Content, vocabulary: Vocabulary) -> tuple[Link, ...]:
    """The terms as links to a search, then the words of the source that fit no term."""
    links = tuple(
        (vocabulary.label(scheme, code, language()), f"{base()}/zoeken?{scheme.value}={code}")
        for code in codes
    )
    return links + tuple((free.word, "") for free in content.free_words if free.scheme == scheme.value)
