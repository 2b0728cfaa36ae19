"""What was one all along: merged initiatives with the way back, and approaches under a second name."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kb.storage.desk_tables import ApproachMerge, CoEditor, InitiativeMerge
from kb.storage.tables import SlugRedirect


def add_merge(session: Session, merge: InitiativeMerge) -> None:
    session.add(merge)
    session.flush()


def standing_merge(session: Session, gone_id: int) -> InitiativeMerge | None:
    """The merge by which an initiative is away, unless it was undone."""
    query = select(InitiativeMerge).where(
        InitiativeMerge.gone_id == gone_id, InitiativeMerge.undone_at.is_(None)
    )
    return session.scalar(query.order_by(InitiativeMerge.id.desc()))


def merges_into(session: Session, into_id: int) -> tuple[InitiativeMerge, ...]:
    """What was merged into an initiative and still is, oldest first."""
    query = select(InitiativeMerge).where(
        InitiativeMerge.into_id == into_id, InitiativeMerge.undone_at.is_(None)
    )
    return tuple(session.scalars(query.order_by(InitiativeMerge.id)))


def close_merges(session: Session, gone_id: int, *, now: datetime) -> None:
    session.execute(
        update(InitiativeMerge)
        .where(InitiativeMerge.gone_id == gone_id, InitiativeMerge.undone_at.is_(None))
        .values(undone_at=now)
    )


def lead_elsewhere(session: Session, slug: str, initiative_id: int) -> None:
    """From now on this address leads to that initiative."""
    session.merge(SlugRedirect(slug=slug, initiative_id=initiative_id))


def lead_home(session: Session, slug: str) -> None:
    """An address leads to its own initiative again."""
    session.execute(delete(SlugRedirect).where(SlugRedirect.slug == slug))


def remove_editors(session: Session, initiative_id: int, people: Iterable[int]) -> None:
    session.execute(
        delete(CoEditor).where(CoEditor.initiative_id == initiative_id, CoEditor.person_id.in_(list(people)))
    )


def approach_merge(session: Session, gone_id: int) -> ApproachMerge | None:
    return session.get(ApproachMerge, gone_id)


def add_approach_merge(session: Session, merge: ApproachMerge) -> None:
    session.add(merge)
    session.flush()


def drop_approach_merge(session: Session, gone_id: int) -> None:
    session.execute(delete(ApproachMerge).where(ApproachMerge.gone_id == gone_id))
