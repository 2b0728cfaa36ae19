"""Keeping the search index in step with the database, which is the truth."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import TypeVar
from weakref import WeakKeyDictionary

from kb.domain.catalogue import NATIONAL, Badge, studied_of, years_of
from kb.domain.content import Content
from kb.domain.merging import under_one_name
from kb.domain.pillars import pillars_of
from kb.domain.reasons import Explanation
from kb.domain.search import Facet, Record, Search
from kb.domain.suggestions import Suggestion
from kb.domain.terms import Scheme, Vocabulary, plain
from kb.search.catalogue import Catalogue
from kb.search.engine import IndexBroken, IndexBusy
from kb.search.found import Found, Health
from kb.services.work import Work
from kb.storage.approaches import merged_approaches
from kb.storage.changes import changes_after, newest_sequence
from kb.storage.initiatives import Kept, all_published, published_by_ids
from kb.storage.lists import HERE, NO_BADGE, badges_of
from kb.storage.organisations import organisation_slugs
from kb.storage.projection import TAGS

log = logging.getLogger(__name__)

Asked = TypeVar("Asked")

NOT_MEASURED = "niet_gemeten"

# What decides what a record is, besides the database and the year. Change the number when `record_of` gives
# something else than before.
EDITION = f"{version('initiatievenbank-techniek')} 1"

# A full disk or a wrong folder is not mended by trying at every search.
MEND_AGAIN = timedelta(minutes=1)
# Another process that makes the index will soon be done.
BUSY_AGAIN = timedelta(seconds=1)

# Facets that are simply the tags of a scheme.
TAGGED = {facet: scheme for facet in Facet for scheme in TAGS if facet.value == scheme.value}


def load(work: Work, *, mend: bool = True) -> bool:
    """Reads everything public into this process; rebuilds the index where it is missing or broken.

    False where it was; until it is rebuilt a plain search answers.
    """
    sequence = newest_sequence(work.session)
    loaded = work.catalogue.load(
        all_records(work),
        sequence,
        lambda number: changes_after(work.session, number),
        lambda ids: _records(work, published_by_ids(work.session, sorted(ids)).values()),
    )
    if not loaded and mend:
        build(work)
    return loaded


def search(work: Work, asked: Search, language: str) -> Found:
    """The answer of the index; should it break under us, it is made anew or a plain search answers."""
    found = _mended(work, lambda: work.catalogue.search(asked, language))
    if found.degraded and _may_mend(work):
        load(work)
        return work.catalogue.search(asked, language)
    return found


def ids(work: Work, asked: Search, language: str) -> tuple[int, ...]:
    """All hits in their order, whatever the page; mended like a search."""
    return _mended(work, lambda: work.catalogue.ids(asked, language))


def explanations(work: Work, asked: Search, ids: Iterable[int], language: str) -> dict[int, Explanation]:
    """Why each of these was found."""
    records = _records(work, published_by_ids(work.session, sorted(ids)).values())
    return {record.id: work.catalogue.explain(asked, record, language) for record in records}


def suggest(work: Work, typed: Search, language: str, limit: int) -> tuple[Suggestion, ...]:
    """What is typed, finished; mended like a search."""
    return _mended(work, lambda: work.catalogue.suggest(typed, language, limit))


def _mended(work: Work, ask: Callable[[], Asked]) -> Asked:
    """The answer of what is up to date; should the index break under us, it is made anew."""
    catch_up(work)
    try:
        return ask()
    except IndexBroken as broken:
        log.warning("the search index broke: %s", broken)
        load(work)
        return ask()


def _may_mend(work: Work) -> bool:
    """Whether it is time to try again; one thread at a time does."""
    if work.now < _again.setdefault(work.catalogue, work.now + BUSY_AGAIN):
        return False
    _again[work.catalogue] = work.now + MEND_AGAIN
    return True


# When this process may try again to mend an index.
_again: WeakKeyDictionary[Catalogue, datetime] = WeakKeyDictionary()


def build(work: Work) -> None:
    """Rebuilds; where that cannot be done the plain search goes on and the log says why."""
    try:
        rebuild(work)
    except IndexBusy:
        log.info("another process makes the search index")
        _again[work.catalogue] = work.now + BUSY_AGAIN
    except (OSError, IndexBroken) as trouble:
        log.error("the search index cannot be made anew: %s", trouble)
        _again[work.catalogue] = work.now + MEND_AGAIN


def rebuild(work: Work) -> int:
    """Writes a new index beside the old one, swaps them, and returns the number of initiatives."""
    return work.catalogue.rebuild(all_records(work), newest_sequence(work.session))


def catch_up(work: Work) -> int:
    """Shows what changed since this process last looked, and returns how many changes that were."""
    changes = changes_after(work.session, work.catalogue.sequence)
    if not changes:
        return 0
    ids = sorted({change.initiative_id for change in changes})
    kept = published_by_ids(work.session, ids).values()
    work.catalogue.catch_up(changes, {record.id: record for record in _records(work, kept)})
    return len(changes)


def commit(work: Work) -> bool:
    """Writes what was caught up into the index folder; False when there was nothing to write."""
    return work.catalogue.commit()


def check(work: Work) -> Health:
    """Whether the index is whole and holds what the database holds."""
    health = work.catalogue.health()
    newest = newest_sequence(work.session)
    if health.problem or health.sequence == newest:
        return health
    return Health(health.sequence, health.records, f"index at {health.sequence}, database at {newest}")


def all_records(work: Work) -> Iterator[Record]:
    """Everything that is public, as search knows it."""
    return _records(work, all_published(work.session))


def _records(work: Work, kept: Iterable[Kept]) -> Iterator[Record]:
    for batch in _batches(_under_one_name(work, kept), 500):
        badges = badges_of(work.session, [each.id for each in batch])
        slugs = organisation_slugs(work.session, _organisations(batch))
        for each in batch:
            badge = badges.get((each.id, HERE), NO_BADGE)
            yield record_of(each, work.vocabulary, slugs, badge, this_year=work.this_year)


def _under_one_name(work: Work, kept: Iterable[Kept]) -> Iterator[Kept]:
    """An approach counts under the name that stands, also where an initiative still says another."""
    merged = merged_approaches(work.session)
    for each in kept:
        yield replace(each, content=under_one_name(each.content, merged))


def _organisations(batch: Iterable[Kept]) -> set[str]:
    return {plain(organisation.name) for each in batch for organisation in each.content.organisations}


def _batches(kept: Iterable[Kept], size: int) -> Iterator[list[Kept]]:
    batch: list[Kept] = []
    for each in kept:
        batch.append(each)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def record_of(
    kept: Kept,
    vocabulary: Vocabulary,
    organisations: dict[str, str],
    badge: Badge,
    *,
    this_year: int,
) -> Record:
    """What search knows of an initiative; `organisations` gives the address of each plain name."""
    content, trede, direction = kept.content, badge.trede, badge.direction
    facets = _facets(content, vocabulary, organisations)
    facets[Facet.TREDE] = frozenset({str(int(trede))})
    facets[Facet.DIRECTION] = frozenset({direction or NOT_MEASURED})
    facets[Facet.STUDIED] = frozenset(studied_of(content, is_outdated=badge.is_outdated))
    facets[Facet.YEAR] = frozenset(str(year) for year in years_of(content, this_year=this_year))
    confirmed = kept.last_confirmed_at or kept.published_at
    return Record(
        id=kept.id,
        slug=kept.slug,
        title=content.title,
        summary=content.summary,
        title_en=content.title_en,
        summary_en=content.summary_en,
        body=_body(content),
        names="\n".join(organisation.name for organisation in content.organisations),
        tags="\n".join(_tag_words(content, vocabulary)),
        facets=facets,
        trede=int(trede),
        direction=direction or NOT_MEASURED,
        published=kept.published_at.isoformat(),
        confirmed=confirmed.isoformat(),
        national=NATIONAL in content.regions,
    )


def _facets(
    content: Content, vocabulary: Vocabulary, organisations: dict[str, str]
) -> dict[Facet, frozenset[str]]:
    facets = {
        facet: _with_ancestors(scheme, getattr(content, TAGS[scheme]), vocabulary)
        for facet, scheme in TAGGED.items()
    }
    facets[Facet.PHASE] = frozenset({content.phase} if content.phase else ())
    facets[Facet.APPROACH] = frozenset(content.approaches)
    facets[Facet.PILLAR] = frozenset(pillars_of(content.instruments, vocabulary))
    slugs = (organisations.get(plain(organisation.name)) for organisation in content.organisations)
    facets[Facet.ORGANISATION] = frozenset(slug for slug in slugs if slug)
    return facets


def _with_ancestors(scheme: Scheme, codes: tuple[str, ...], vocabulary: Vocabulary) -> frozenset[str]:
    """All codes above these; the whole country counts only for what is meant for the whole country."""
    above = vocabulary.with_ancestors(scheme, codes)
    return above - {NATIONAL} if NATIONAL not in codes else above


def _body(content: Content) -> str:
    parts = (content.goal, content.audience, content.activities, content.requirements, content.lessons)
    words = (free.word for free in content.free_words)
    measured = (f"{each.label} {each.words} {each.unit}" for each in content.measurements)
    return "\n".join(filter(None, (*parts, content.area, *words, *measured)))


def _tag_words(content: Content, vocabulary: Vocabulary) -> Iterator[str]:
    for scheme, name in TAGS.items():
        for code in getattr(content, name):
            term = vocabulary.get(scheme, code)
            if term:
                yield " ".join((term.label, term.label_en, *term.synonyms, *term.synonyms_en))
