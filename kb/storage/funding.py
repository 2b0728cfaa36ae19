"""Money that is known of published initiatives."""

from collections.abc import Collection

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from kb.storage.tables import InitiativeRow, Revision


def amounts_by_initiative(session: Session, only: Collection[int] | None = None) -> dict[int, int]:
    """In whole euros, for those of which an amount is known: all its sources of money added up.

    Of these only, if they are named."""
    funding = Revision.content["funding"]
    rows = session.execute(
        select(InitiativeRow.id, funding)
        .join(Revision, Revision.id == InitiativeRow.published_revision_id)
        .where(funding.isnot(None), true() if only is None else InitiativeRow.id.in_(only))
    )
    told = {key: [each["amount"] for each in given if each.get("amount")] for key, given in rows if given}
    return {key: sum(amounts) for key, amounts in told.items() if amounts}
