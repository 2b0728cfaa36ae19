"""Candidate groups of one approach: finding them off the request, and what reviewers do with them."""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.domain.catalogue import Listed
from kb.domain.clusters import ClusterState, key_of
from kb.domain.content import MeasureKind
from kb.domain.people import Person
from kb.domain.problems import FieldError, Invalid, NotFound
from kb.domain.rights import Right, require_right
from kb.domain.workflow import Action
from kb.search.clustering import AVERAGE_LINK, Pair
from kb.search.clustering import clusters as group
from kb.services import noticing
from kb.services.insight import NOT_MEASURED
from kb.services.judging import judge_approaches
from kb.services.linking import LONGEST, amend, carrying, named_approach, without
from kb.services.mailing import OpenWork
from kb.services.work import Work
from kb.storage.approaches import approach_by_slug, approach_names, approaches_by_initiative, approaches_of
from kb.storage.audit import Deed, record_deed
from kb.storage.changes import changes_after
from kb.storage.cluster_tables import CandidateCluster
from kb.storage.clusters import (
    add_candidate,
    all_pairs,
    cluster_row,
    cluster_rows,
    compared_up_to,
    drop_open,
    note_compared,
    replace_pairs,
    waiting_changes,
)
from kb.storage.initiatives import initiative_by_id
from kb.storage.lists import listed

KIND = "groep"
DECIDED = (ClusterState.ACCEPTED, ClusterState.DISMISSED)
FEWEST = 2
DECIDED_SHOWN = 20
# As long as a person wants to wait.
PATIENCE_S = 2.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A group with its members as they are today; `carried` names the approaches that some of them have."""

    key: str
    state: ClusterState
    score: float
    members: tuple[Listed, ...]
    carried: Mapping[str, str]
    reason: str = ""
    approach: str = ""

    @property
    def regions(self) -> int:
        return len({code for one in self.members for code in one.card.regions})

    @property
    def measured(self) -> int:
        """Members of which an outcome was measured, or a study says something."""
        return sum(_is_measured(one) for one in self.members)


@dataclass(frozen=True, slots=True)
class ClusterQueue:
    """What waits, the largest first; what was decided; how many changes were not compared yet."""

    waiting: tuple[Candidate, ...]
    decided: tuple[Candidate, ...]
    changes: int


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed initiatives look like, up to this change; `is_done` when nothing is left to compare."""

    sequence: int
    alike: Mapping[int, Mapping[int, float]]
    is_done: bool


def compare(work: Work, *, seconds: float | None = None) -> Compared:
    """Compares what changed since the last time with everything, as long as there is time.

    At 10,000 initiatives one takes some 10 ms: what changed in a day is done in a moment, only the first time
    takes long. Reading only, so nobody waits for it to write.
    """
    ended = time.monotonic() + seconds if seconds is not None else None
    sequence = compared_up_to(work.session)
    alike: dict[int, Mapping[int, float]] = {}
    for change in changes_after(work.session, sequence):
        if ended is not None and time.monotonic() > ended:
            return Compared(sequence, alike, False)
        if change.initiative_id not in alike:
            alike[change.initiative_id] = noticing.alike_to(work, change.initiative_id, AVERAGE_LINK)
        sequence = change.sequence
    return Compared(sequence, alike, True)


def keep(work: Work, found: Compared) -> None:
    """Keeps what was compared, so that the next time goes on from there; groups anew when all is done."""
    for key, alike in found.alike.items():
        replace_pairs(work.session, key, alike)
    note_compared(work.session, found.sequence)
    if found.is_done:
        _group(work)


def find(open_work: OpenWork, *, seconds: float | None = None) -> bool:
    """Both, each in a transaction of its own; False where the time was up first."""
    with open_work() as work:
        found = compare(work, seconds=seconds)
    with open_work(writing=True) as work:
        keep(work, found)
    return found.is_done


def search_again(open_work: OpenWork, person: Person) -> bool:
    """As much as somebody who waits has patience for; False where there is more to do."""
    require_right(person, Right.REVIEW)
    return find(open_work, seconds=PATIENCE_S)


def find_all(open_work: OpenWork) -> None:
    """Until nothing is left, a moment at a time."""
    while not find(open_work, seconds=PATIENCE_S):
        pass


def queue(work: Work, person: Person) -> ClusterQueue:
    require_right(person, Right.REVIEW)
    carried = approaches_by_initiative(work.session)
    rows = [row for row in cluster_rows(work.session, [ClusterState.OPEN]) if _is_news(row.members, carried)]
    waiting = _candidates(work, rows)
    decided = _candidates(work, cluster_rows(work.session, DECIDED)[:DECIDED_SHOWN])
    return ClusterQueue(
        waiting=tuple(
            sorted(
                (one for one in waiting if len(one.members) >= FEWEST),
                key=lambda one: (-len(one.members), -one.score),
            )
        ),
        decided=tuple(decided),
        changes=waiting_changes(work.session),
    )


def look(work: Work, person: Person, key: str) -> Candidate:
    require_right(person, Right.REVIEW)
    [found] = _candidates(work, [_row(work, key)])
    return found


def accept(
    work: Work, person: Person, key: str, members: Collection[int], *, slug: str = "", name: str = ""
) -> None:
    """These members carry one approach from now on, a known one or a new one; the others are split off."""
    require_right(person, Right.REVIEW)
    row = _open_row(work, key)
    chosen = _chosen(row, members)
    approach = _approach(work, slug, name)
    if len(chosen) < len(row.members):
        row = _part(work, person, row, chosen)
    linked = [one for one in chosen if _link(work, person, one, approach)]
    row.approach, row.linked = approach, linked
    _decide(work, person, row, ClusterState.ACCEPTED, f"{approach}: {_words(chosen)}")
    found = approach_by_slug(work.session, approach)
    judge_approaches(work, [found[1]] if found else [])


def split(work: Work, person: Person, key: str, members: Collection[int]) -> None:
    """Two groups of one: the members that were chosen, and the others."""
    require_right(person, Right.REVIEW)
    row = _open_row(work, key)
    chosen = _chosen(row, members)
    if len(chosen) == len(row.members):
        raise Invalid((FieldError("leden", "Leave at least one out, or there is nothing to split."),))
    _part(work, person, row, chosen)


def dismiss(work: Work, person: Person, key: str, *, reason: str) -> None:
    """Not one approach; it stays away as long as it has the same members."""
    require_right(person, Right.REVIEW)
    row = _open_row(work, key)
    if not reason.strip():
        raise Invalid((FieldError("reden", "Say why these are not one approach."),))
    row.reason = reason.strip()[:1000]
    _decide(work, person, row, ClusterState.DISMISSED, row.reason)


def undo(work: Work, person: Person, key: str) -> None:
    """Waits again, and who got the approach by it loses it; what others changed since stays."""
    require_right(person, Right.REVIEW)
    row = _row(work, key)
    if ClusterState(row.state) not in DECIDED:
        raise NotFound(KIND, key)
    touched = {each.slug: each for one in row.linked for each in approaches_of(work.session, one)}
    for one in row.linked:
        initiative = initiative_by_id(work.session, one)
        if initiative is not None:
            amend(work, person, initiative, lambda its: without(its, row.approach), f"niet {row.approach}")
    row.approach, row.linked, row.reason = "", [], ""
    _decide(work, person, row, ClusterState.OPEN, "ongedaan gemaakt")
    judge_approaches(work, touched.values())


def _group(work: Work) -> None:
    pairs = [Pair(*row) for row in all_pairs(work.session)]
    carried = approaches_by_initiative(work.session)
    grouped = noticing.grouped(work, lambda known: group(known, pairs))
    found = [each for each in grouped if _is_news(each.keys, carried)]
    for each in found:
        add_candidate(work.session, each.keys, each.score, now=work.now)
    drop_open(work.session, [key_of(each.keys) for each in found] + _split_off(work))


def _is_news(keys: Sequence[int], carried: Mapping[int, Sequence[str]]) -> bool:
    """Unless all carry one approach already."""
    first, *others = (set(carried.get(key, ())) for key in keys)
    return not first.intersection(*others)


def _split_off(work: Work) -> list[str]:
    """Parts that a reviewer made wait on, as long as the whole that they come from is found."""
    wholes = [set(row.members) for row in cluster_rows(work.session, [ClusterState.SPLIT])]
    open_rows = cluster_rows(work.session, [ClusterState.OPEN])
    return [row.key for row in open_rows if any(set(row.members) < whole for whole in wholes)]


def _candidates(work: Work, rows: Sequence[CandidateCluster]) -> list[Candidate]:
    keys = sorted({key for row in rows for key in row.members})
    known = {one.id: one for one in listed(work.session, keys)}
    carried = approaches_by_initiative(work.session) if rows else {}
    names = approach_names(work.session) if rows else {}
    return [
        Candidate(
            key=row.key,
            state=ClusterState(row.state),
            score=row.score,
            members=tuple(known[key] for key in row.members if key in known),
            carried={
                slug: names.get(slug, slug)
                for slug in sorted({slug for key in row.members for slug in carried.get(key, ())})
            },
            reason=row.reason,
            approach=names.get(row.approach, row.approach),
        )
        for row in rows
    ]


def _row(work: Work, key: str) -> CandidateCluster:
    row = cluster_row(work.session, key)
    if row is None:
        raise NotFound(KIND, key)
    return row


def _open_row(work: Work, key: str) -> CandidateCluster:
    row = _row(work, key)
    if row.state != ClusterState.OPEN.value:
        raise Invalid((FieldError("leden", "Somebody has decided about this group already."),))
    return row


def _chosen(row: CandidateCluster, members: Collection[int]) -> list[int]:
    chosen = [key for key in row.members if key in set(members)]
    if len(chosen) < FEWEST:
        raise Invalid((FieldError("leden", "Choose at least two that belong together."),))
    return chosen


def _approach(work: Work, slug: str, name: str) -> str:
    """The one that was chosen from the list, else the one with this name, made where there is none."""
    if slug:
        found = approach_by_slug(work.session, slug)
        if found is None:
            raise Invalid((FieldError("aanpak", "Choose an approach from the list."),))
        return found[1].slug
    if not name.strip():
        raise Invalid((FieldError("aanpak", "Choose an approach, or give a new one a name."),))
    return named_approach(work, name.strip()[:LONGEST]).slug


def _part(work: Work, person: Person, row: CandidateCluster, chosen: Sequence[int]) -> CandidateCluster:
    """The whole is decided; the chosen ones become a group of their own, and so do two or more others."""
    rest = [key for key in row.members if key not in chosen]
    for part in (chosen, rest):
        if len(part) >= FEWEST:
            add_candidate(work.session, part, row.score, now=work.now)
    _decide(work, person, row, ClusterState.SPLIT, f"{_words(chosen)} | {_words(rest)}")
    return _row(work, key_of(chosen))


def _link(work: Work, person: Person, key: int, approach: str) -> bool:
    """False where it carried the approach already, or is not public any more."""
    initiative = initiative_by_id(work.session, key)
    if initiative is None or initiative.published_revision_id is None:
        return False
    if approach in (each.slug for each in approaches_of(work.session, key)):
        return False
    amend(work, person, initiative, lambda its: carrying(its, (approach,)), f"aanpak {approach}")
    return True


def _is_measured(one: Listed) -> bool:
    finding = one.card.finding
    told = finding is not None and finding.kind is MeasureKind.OUTCOME
    return told or one.here.direction != NOT_MEASURED


def _words(keys: Iterable[int]) -> str:
    return ", ".join(str(key) for key in keys)


def _decide(work: Work, person: Person, row: CandidateCluster, state: ClusterState, details: str) -> None:
    row.state, row.person_id, row.decided_at = state.value, person.id, work.now
    if state is ClusterState.OPEN:
        row.decided_at = None
    deed = Deed(
        actor=person.actor,
        action=Action.EDIT.value,
        object_kind=KIND,
        object_key=row.key,
        origin=work.origin[:80],
        details=f"{state.value}: {details}"[:1000],
    )
    record_deed(work.session, deed, now=work.now)
