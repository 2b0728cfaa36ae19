"""Initiatives as lists show them: cards with their verdicts, in the order asked for."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.domain.catalogue import Badge, Card, Listed
from kb.storage.counting import compared
from kb.storage.documents import from_document
from kb.storage.public_tables import Published, PublishedApproach, PublishedOrganisation, VerdictRow
from kb.storage.tables import InitiativeRow

HERE, APPROACH = "hier", "aanpak"
NO_BADGE = Badge(0, "niet_gemeten")


def listed(session: Session, ids: Sequence[int]) -> tuple[Listed, ...]:
    """The published ones among these, in the same order."""
    badges = badges_of(session, ids)
    rows = session.execute(
        select(Published.initiative_id, Published.card, InitiativeRow.last_confirmed_at)
        .join(InitiativeRow, InitiativeRow.id == Published.initiative_id)
        .where(Published.initiative_id.in_(ids))
    )
    found = {
        key: Listed(
            id=key,
            card=from_document(card, Card),
            here=badges.get((key, HERE), NO_BADGE),
            approach=badges.get((key, APPROACH)),
            confirmed=confirmed.date().isoformat() if confirmed else "",
        )
        for key, card, confirmed in rows
    }
    return tuple(found[key] for key in ids if key in found)


def titles_of(session: Session, slugs: Iterable[str]) -> dict[str, str]:
    """The titles of the published ones among these."""
    rows = session.execute(
        select(InitiativeRow.slug, Published.title)
        .join(Published, Published.initiative_id == InitiativeRow.id)
        .where(InitiativeRow.slug.in_(list(slugs)))
    )
    return dict(rows.all())


def badges_of(session: Session, ids: Iterable[int]) -> dict[tuple[int, str], Badge]:
    rows = session.execute(
        select(
            VerdictRow.initiative_id,
            VerdictRow.axis,
            VerdictRow.trede,
            VerdictRow.direction,
            VerdictRow.attributable,
            VerdictRow.places,
            VerdictRow.flags,
        ).where(VerdictRow.initiative_id.in_(list(ids)))
    )
    return {(row[0], row[1]): Badge(row[2], row[3], row[4], row[5], tuple(row[6])) for row in rows}


def newest_ids(session: Session, limit: int, *, only_compared: bool = False) -> list[int]:
    """The initiatives that were published last, if asked only those that compared."""
    query = (
        select(Published.initiative_id)
        .join(InitiativeRow, InitiativeRow.id == Published.initiative_id)
        .order_by(InitiativeRow.first_published_at.desc(), Published.initiative_id.desc())
        .limit(limit)
    )
    if only_compared:
        query = query.where(compared())
    return list(session.scalars(query))


def ids_of_organisation(session: Session, organisation_id: int) -> dict[str, list[int]]:
    """The initiatives of an organisation by the part it plays."""
    rows = session.execute(
        select(PublishedOrganisation.role, PublishedOrganisation.initiative_id)
        .join(Published, Published.initiative_id == PublishedOrganisation.initiative_id)
        .where(PublishedOrganisation.organisation_id == organisation_id)
        .order_by(PublishedOrganisation.role, Published.title)
    )
    by_role: dict[str, list[int]] = {}
    for role, key in rows:
        by_role.setdefault(role, []).append(key)
    return by_role


def ids_of_approach(session: Session, approach_id: int) -> list[int]:
    query = (
        select(PublishedApproach.initiative_id)
        .join(Published, Published.initiative_id == PublishedApproach.initiative_id)
        .where(PublishedApproach.approach_id == approach_id)
        .order_by(Published.trede.desc(), Published.title)
    )
    return list(session.scalars(query))


def best_ids(session: Session, limit: int) -> list[int]:
    """The initiatives with the strongest evidence: trede first, then those that compared."""
    query = (
        select(Published.initiative_id)
        .order_by(Published.trede.desc(), compared().desc(), Published.title)
        .limit(limit)
    )
    return list(session.scalars(query))
