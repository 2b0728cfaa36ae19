"""Organisations, found by name whatever its case and accents."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from kb.domain.content import Participation, PartnerRole
from kb.domain.slugs import free_slug, slug_of
from kb.domain.terms import plain
from kb.storage.public_tables import PublishedOrganisation
from kb.storage.tables import OrganisationRow

# As many are looked at closely for what somebody is typing.
CLOSELY = 60


class Organisations:
    """The organisations of one transaction; a name that is new gets its own row and address."""

    def __init__(self, session: Session) -> None:
        self._session = session
        rows = session.scalars(select(OrganisationRow)).all()
        self._by_name = {row.plain_name: row for row in rows}
        self._slugs = {row.slug for row in rows}

    def row_of(self, participation: Participation) -> OrganisationRow:
        name = plain(participation.name)
        row = self._by_name.get(name) or self._add(name, participation)
        if participation.actor_type and not row.actor_type:
            row.actor_type = participation.actor_type
        return row

    def _add(self, name: str, participation: Participation) -> OrganisationRow:
        slug = free_slug(slug_of(participation.name), self._slugs)
        row = OrganisationRow(slug=slug, name=participation.name, plain_name=name, actor_type="")
        self._session.add(row)
        self._session.flush()
        self._by_name[name] = row
        self._slugs.add(slug)
        return row


def organisation_slugs(session: Session, names: Iterable[str]) -> dict[str, str]:
    """The address of each organisation by its plain name."""
    columns = select(OrganisationRow.plain_name, OrganisationRow.slug)
    return dict(session.execute(columns.where(OrganisationRow.plain_name.in_(list(names)))).all())


def organisations_with(session: Session, words: Sequence[str]) -> Iterator[str]:
    """The names in which each of these plain words begins a word."""
    query = select(OrganisationRow.name)
    for word in words:
        begins = OrganisationRow.plain_name.startswith(word, autoescape=True)
        inside = OrganisationRow.plain_name.contains(f" {word}", autoescape=True)
        query = query.where(or_(begins, inside))
    yield from session.scalars(query.order_by(func.length(OrganisationRow.name)).limit(CLOSELY))


def organisation_by_slug(session: Session, slug: str) -> OrganisationRow | None:
    return session.scalar(select(OrganisationRow).where(OrganisationRow.slug == slug))


def organisations_of(session: Session, initiative_id: int) -> list[tuple[str, str, PartnerRole]]:
    """Name, address and part of each organisation, in the order of the initiative."""
    rows = session.execute(
        select(OrganisationRow.name, OrganisationRow.slug, PublishedOrganisation.role)
        .join(PublishedOrganisation, PublishedOrganisation.organisation_id == OrganisationRow.id)
        .where(PublishedOrganisation.initiative_id == initiative_id)
        .order_by(PublishedOrganisation.position)
    )
    return [(name, slug, PartnerRole(role)) for name, slug, role in rows]
