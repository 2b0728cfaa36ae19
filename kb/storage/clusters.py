"""Candidate groups and the pairs that they are made of."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.orm import Session

from kb.domain.clusters import ClusterState, key_of
from kb.storage.cluster_tables import AlikePair, CandidateCluster
from kb.storage.kept import keep, kept
from kb.storage.tables import ChangeRow

COMPARED_UP_TO = "alike_pairs"


def compared_up_to(session: Session) -> int:
    """The change up to which everything was compared."""
    return int(kept(session, COMPARED_UP_TO) or 0)


def note_compared(session: Session, sequence: int) -> None:
    keep(session, COMPARED_UP_TO, str(sequence))


def waiting_changes(session: Session) -> int:
    """How many changes were not compared yet."""
    query = select(func.count()).where(ChangeRow.sequence > compared_up_to(session))
    return session.scalar(query) or 0


def replace_pairs(session: Session, key: int, alike: Mapping[int, float]) -> None:
    """What one initiative looks like today, instead of what it looked like."""
    session.execute(delete(AlikePair).where(or_(AlikePair.one_id == key, AlikePair.other_id == key)))
    rows = [
        {"one_id": min(key, other), "other_id": max(key, other), "score": score}
        for other, score in alike.items()
    ]
    if rows:
        session.execute(insert(AlikePair), rows)


def all_pairs(session: Session) -> list[tuple[int, int, float]]:
    rows = session.execute(select(AlikePair.one_id, AlikePair.other_id, AlikePair.score))
    return [(one, other, score) for one, other, score in rows]


def cluster_row(session: Session, key: str) -> CandidateCluster | None:
    return session.get(CandidateCluster, key)


def cluster_rows(session: Session, states: Iterable[ClusterState]) -> list[CandidateCluster]:
    """In these states: what is open by how alike it is, what was decided the newest first."""
    query = select(CandidateCluster).where(CandidateCluster.state.in_([state.value for state in states]))
    order = (CandidateCluster.decided_at.desc(), CandidateCluster.score.desc(), CandidateCluster.key)
    return list(session.scalars(query.order_by(*order)))


def add_candidate(session: Session, members: Collection[int], score: float, *, now: datetime) -> bool:
    """False where this very group is known, whatever was decided about it."""
    key = key_of(members)
    if session.get(CandidateCluster, key) is not None:
        return False
    session.add(
        CandidateCluster(
            key=key,
            members=sorted(members),
            score=score,
            state=ClusterState.OPEN.value,
            found_at=now,
            linked=[],
        )
    )
    session.flush()
    return True


def drop_open(session: Session, but: Collection[str]) -> None:
    """Open groups that are none any more, or have other members by now."""
    open_ones = CandidateCluster.state == ClusterState.OPEN.value
    session.execute(delete(CandidateCluster).where(open_ones, CandidateCluster.key.not_in(list(but))))
