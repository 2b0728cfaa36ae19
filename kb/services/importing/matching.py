"""Which initiative a row is about: by its address, the reference of its maker, or title and place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kb.domain.content import Content
from kb.domain.people import Person
from kb.domain.permissions import Standing, may
from kb.domain.terms import plain
from kb.domain.workflow import Action, Status
from kb.exchange.overlaying import Reading, overlay
from kb.exchange.proposals import Proposal
from kb.services.work import Work
from kb.storage.bulk_drafts import (
    editors_of_all,
    ids_by_slug,
    ids_by_source_key,
    owners_of,
    titles,
    working_by_ids,
)
from kb.storage.initiatives import content_of


@dataclass(frozen=True, slots=True)
class Known:
    """An initiative that is there already, in its newest version."""

    id: int
    slug: str
    revision_id: int
    content: Content
    standing: Standing


@dataclass(frozen=True, slots=True)
class Matcher:
    """Looks up every name of a file at once, then answers for each row."""

    person: Person
    reading: Reading
    by_slug: Mapping[str, int]
    by_source_key: Mapping[str, int]
    by_title: Mapping[str, list[int]]
    known: Mapping[int, Known]

    def match(self, proposal: Proposal) -> Known | None:
        """The initiative itself, also where this person may not change it."""
        key = self.by_slug.get(proposal.slug) or self.by_source_key.get(proposal.source_key)
        if key is not None:
            return self.known.get(key)
        if proposal.slug and proposal.line is None and proposal.document is None:
            return None
        candidates = [
            self.known[key] for key in self.by_title.get(plain(proposal.title), ()) if key in self.known
        ]
        visible = [one for one in candidates if self._sees(one)]
        return self._in_the_same_place(proposal, visible) if visible else None

    def _sees(self, known: Known) -> bool:
        return known.standing.is_public or bool(may(self.person, Action.INSPECT, known.standing))

    def _in_the_same_place(self, proposal: Proposal, candidates: list[Known]) -> Known | None:
        """Of one title there may be one in every town; without any place the only one is meant."""
        regions, area = self._place_of(proposal)
        for one in candidates:
            same_area = bool(area) and plain(area) == plain(one.content.area)
            if same_area or regions & set(one.content.regions):
                return one
            if not regions and not area and not one.content.regions and not one.content.area:
                return one
        return candidates[0] if len(candidates) == 1 and not regions and not area else None

    def _place_of(self, proposal: Proposal) -> tuple[set[str], str]:
        made = overlay(proposal, {}, self.reading)
        document: Any = made.document if isinstance(made.document, Mapping) else {}
        regions, area = document.get("regios"), document.get("gebied")
        codes = {code for code in regions if isinstance(code, str)} if isinstance(regions, list) else set()
        return codes, area if isinstance(area, str) else ""


def matcher(work: Work, person: Person, reading: Reading, found: Iterable[Proposal]) -> Matcher:
    wanted = list(found)
    by_slug = ids_by_slug(work.session, {one.slug for one in wanted if one.slug})
    by_source_key = ids_by_source_key(work.session, {one.source_key for one in wanted if one.source_key})
    asked = {plain(one.title) for one in wanted if one.title}
    by_title: dict[str, list[int]] = {}
    for key, title in titles(work.session):
        if (name := plain(title)) in asked:
            by_title.setdefault(name, []).append(key)
    ids = {*by_slug.values(), *by_source_key.values(), *(key for keys in by_title.values() for key in keys)}
    return Matcher(person, reading, by_slug, by_source_key, by_title, known_by_ids(work, ids))


def known_by_ids(work: Work, ids: Iterable[int]) -> dict[int, Known]:
    """Those among these that have a version, each with what the permissions ask of it."""
    wanted = list(ids)
    owners, editors = owners_of(work.session, wanted), editors_of_all(work.session, wanted)
    found = {}
    for key, (row, revision) in working_by_ids(work.session, wanted).items():
        content = content_of(revision)
        standing = Standing(
            status=Status(row.status),
            is_public=row.published_revision_id is not None,
            regions=frozenset(content.regions),
            owner=owners.get(key),
            editors=editors.get(key, frozenset()),
        )
        found[key] = Known(key, row.slug, revision.id, content, standing)
    return found
