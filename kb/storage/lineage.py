"""Who took an approach over from whom; an address counts for where it leads today, after merges too."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.storage.initiatives import redirected_slug
from kb.storage.public_tables import Published, PublishedOrigin
from kb.storage.tables import InitiativeRow, SlugRedirect


def standing_slug(session: Session, slug: str) -> str:
    """Where this address leads today: the address itself, unless it was merged away or renamed."""
    seen = {slug}
    while (further := redirected_slug(session, slug)) and further not in seen:
        slug = further
        seen.add(slug)
    return slug


def addresses_of(session: Session, initiative_id: int) -> set[str]:
    """Its own address and every one that leads to it, over as many merges as there were."""
    found: set[str] = set()
    ahead = {initiative_id}
    while ahead:
        own = select(InitiativeRow.slug).where(InitiativeRow.id.in_(ahead))
        leading = select(SlugRedirect.slug).where(SlugRedirect.initiative_id.in_(ahead))
        fresh = set(session.scalars(own.union(leading))) - found
        found |= fresh
        merged = select(InitiativeRow.id).where(InitiativeRow.slug.in_(fresh), InitiativeRow.id.not_in(ahead))
        ahead = set(session.scalars(merged)) if fresh else set()
    return found


def takers_of(session: Session, initiative_id: int) -> list[int]:
    """The public initiatives that took theirs over from this one, the surest evidence first."""
    named = select(PublishedOrigin.initiative_id).where(
        PublishedOrigin.slug.in_(addresses_of(session, initiative_id))
    )
    query = (
        select(Published.initiative_id)
        .where(Published.initiative_id.in_(named), Published.initiative_id != initiative_id)
        .order_by(Published.trede.desc(), Published.title)
    )
    return list(session.scalars(query))
