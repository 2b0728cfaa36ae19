"""Briefings: a search or a list with its figures, live or frozen at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from kb.domain.briefing import MOST_LINES, Briefing, BriefLine, BriefSource
from kb.domain.catalogue import Finding, Listed, Standing
from kb.domain.content import MeasureKind, Source
from kb.domain.people import Person
from kb.domain.problems import NotFound
from kb.domain.rights import Right, require_right
from kb.domain.search import Search
from kb.domain.terms import RegionKind, Scheme, region_kind
from kb.services import indexing
from kb.services.insight import current_facts, ids_under
from kb.services.work import Work
from kb.storage.briefings import add_snapshot, snapshot_by_key, snapshots_of
from kb.storage.initiatives import public_ids, sources_of
from kb.storage.insight import Facts
from kb.storage.lists import listed

KIND = "stand"
Name = TypeVar("Name", int, str)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A briefing as it was, under an address that stays."""

    key: str
    made_at: datetime
    briefing: Briefing


def of_search(work: Work, asked: Search, *, title: str, query: str, language: str = "nl") -> Briefing:
    """Everything that the search finds, in its order."""
    ids = indexing.ids(work, asked, language)
    return _briefing(work, ids, title=title, query=query, language=language, notes={})


def of_list(work: Work, notes: Mapping[int, str], *, title: str, language: str = "nl") -> Briefing:
    """These initiatives in this order, each with what somebody noted."""
    indexing.catch_up(work)
    return _briefing(work, tuple(notes), title=title, query="", language=language, notes=notes)


def freeze(work: Work, person: Person, briefing: Briefing) -> str:
    """Keeps the briefing as it is now and gives its key."""
    require_right(person, Right.SAVED_SEARCHES)
    return add_snapshot(work.session, briefing, person_id=person.id, now=work.now)


def frozen(work: Work, key: str) -> Snapshot:
    """Raises NotFound for a key that nothing has."""
    found = snapshot_by_key(work.session, key)
    if found is None:
        raise NotFound(KIND, key)
    return Snapshot(*found)


def own_snapshots(work: Work, person: Person) -> tuple[Snapshot, ...]:
    require_right(person, Right.SAVED_SEARCHES)
    return tuple(Snapshot(*each) for each in snapshots_of(work.session, person.id))


def of_the_same(work: Work, then: Snapshot, asked: Search | None, language: str = "nl") -> Briefing:
    """What the same search finds now; of a list, what is still public of it."""
    title, query = then.briefing.title, then.briefing.query
    if asked is not None:
        return of_search(work, asked, title=title, query=query, language=language)
    slugs = [line.slug for line in then.briefing.lines]
    found = public_ids(work.session, slugs)
    return of_list(work, {found[slug]: "" for slug in slugs if slug in found}, title=title, language=language)


def _briefing(
    work: Work, ids: Sequence[int], *, title: str, query: str, language: str, notes: Mapping[int, str]
) -> Briefing:
    known, wanted = current_facts(work), frozenset(ids)
    return Briefing(
        title="".join(letter for letter in title if letter.isprintable()),
        query=query,
        made_on=work.now.date().isoformat(),
        total=_standing(known, wanted),
        lines=_lines(work, ids[:MOST_LINES], language, notes),
        by_recommendation=_by_recommendation(work, known, wanted),
        by_region=_by_region(work, known, wanted),
        by_trede=_counted(known.by_trede, wanted),
        by_direction=_counted(known.by_direction, wanted),
    )


def _standing(known: Facts, ids: frozenset[int]) -> Standing:
    return Standing(len(ids), len(ids & known.measured), len(ids & known.compared))


def _by_recommendation(work: Work, known: Facts, ids: frozenset[int]) -> tuple[tuple[str, Standing], ...]:
    terms = work.vocabulary.all(Scheme.RECOMMENDATION)
    under = (
        (term.code, ids_under(known, work.vocabulary, Scheme.RECOMMENDATION, term.code)) for term in terms
    )
    return tuple((code, _standing(known, ids & here)) for code, here in under)


def _by_region(work: Work, known: Facts, ids: frozenset[int]) -> tuple[tuple[str, int], ...]:
    """Labour-market regions, by name."""
    terms = [
        term
        for term in work.vocabulary.all(Scheme.REGION)
        if region_kind(term.code) is RegionKind.LABOUR_MARKET_REGION
    ]
    return tuple(
        (term.code, len(ids & ids_under(known, work.vocabulary, Scheme.REGION, term.code)))
        for term in sorted(terms, key=lambda term: term.label)
    )


def _counted(groups: Mapping[Name, frozenset[int]], ids: frozenset[int]) -> tuple[tuple[Name, int], ...]:
    return tuple((name, len(found & ids)) for name, found in sorted(groups.items()) if found & ids)


def _lines(work: Work, ids: Sequence[int], language: str, notes: Mapping[int, str]) -> tuple[BriefLine, ...]:
    sources = sources_of(work.session, ids)
    return tuple(
        _line(each, sources[each.id], language, notes.get(each.id, ""))
        for each in listed(work.session, ids)
        if each.id in sources
    )


def _line(each: Listed, sources: Sequence[Source], language: str, note: str) -> BriefLine:
    card, finding = each.card, each.card.finding
    return BriefLine(
        slug=card.slug,
        title=card.title_in(language),
        summary=card.summary_in(language),
        regions=card.regions,
        area=card.area,
        lead=card.lead,
        levels=card.levels,
        recommendations=card.recommendations,
        start_year=card.start_year,
        end_year=card.end_year,
        trede=each.here.trede,
        direction=each.here.direction,
        is_measured=finding is not None and finding.kind is MeasureKind.OUTCOME,
        approach_trede=each.approach.trede if each.approach else None,
        finding=_words(finding) if finding else "",
        note=note,
        sources=tuple(BriefSource(source.title, source.url) for source in sources),
    )


def _words(finding: Finding) -> str:
    period = f"({finding.period})" if finding.period else ""
    return " ".join(part for part in (f"{finding.label}:", finding.words, finding.unit, period) if part)
