"""Filling a new catalogue: vocabularies, approaches and the initiatives that come with the program."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kb.domain.content import Approach, Content
from kb.domain.terms import Term
from kb.services.judging import judge_approaches
from kb.services.publishing import make_public
from kb.services.work import Work
from kb.storage.approaches import approach_counts, save_approaches
from kb.storage.initiatives import add_initiative, add_revision, known_source_keys
from kb.storage.kept import identity, keep, kept
from kb.storage.projection import Projection
from kb.storage.vocabulary import load_vocabulary, save_terms

Progress = Callable[[int, int], None]
SEED_ACTOR = "systeem"
LOADED = "seed"
EXAMPLE = "voorbeeld"


class SeedRecord(Protocol):
    """One initiative to load. `source_key` tells a second load that it is already there."""

    @property
    def slug(self) -> str: ...
    @property
    def source_key(self) -> str: ...
    @property
    def content(self) -> Content: ...


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a load did; a second load of the same files does nothing."""

    terms: int
    initiatives: int
    known: int


def load_vocabularies(work: Work, terms: Iterable[Term]) -> int:
    """Brings the vocabularies in step and returns how many terms changed."""
    identity(work.session)
    changed = save_terms(work.session, terms)
    work.vocabulary = load_vocabulary(work.session)
    return changed


def is_loaded(work: Work, fingerprint: str) -> bool:
    """Whether files with this fingerprint were loaded before."""
    return kept(work.session, LOADED) == fingerprint


def is_filled(work: Work) -> bool:
    """Whether there are initiatives already."""
    return bool(known_source_keys(work.session))


def is_example(work: Work) -> bool:
    """Whether this is a catalogue of made-up initiatives."""
    return kept(work.session, EXAMPLE) is not None


def mark_example(work: Work) -> None:
    """From now on every page says that what it shows is made up."""
    keep(work.session, EXAMPLE, "ja")


def seed(
    work: Work,
    records: Sequence[SeedRecord],
    approaches: Iterable[Approach] = (),
    *,
    terms: int = 0,
    fingerprint: str = "",
    progress: Progress | None = None,
) -> Seeded:
    """Publishes the records that are not known yet; what people changed since is left alone.

    All of it is one transaction: a load that is broken off leaves nothing behind.
    """
    save_approaches(work.session, approaches)
    known = known_source_keys(work.session)
    fresh = [record for record in records if record.source_key not in known]
    projection = Projection(work.session, this_year=work.this_year)
    for done, record in enumerate(fresh, 1):
        _add(work, projection, record)
        if progress:
            progress(done, len(fresh))
    keep(work.session, LOADED, fingerprint)
    judge_approaches(work, (approach for approach, _ in approach_counts(work.session)))
    return Seeded(terms=terms, initiatives=len(fresh), known=len(records) - len(fresh))


def _add(work: Work, projection: Projection, record: SeedRecord) -> None:
    initiative = add_initiative(work.session, record.slug, source_key=record.source_key, now=work.now)
    revision = add_revision(work.session, initiative, record.content, now=work.now)
    make_public(work, projection, initiative, revision, actor=SEED_ACTOR)
