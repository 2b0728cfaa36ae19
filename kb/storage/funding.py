"""Money that is known of published initiatives."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.storage.tables import InitiativeRow, Revision


def amounts_by_initiative(session: Session) -> dict[int, int]:
    """In whole euros, for those of which an amount is known: all its sources of money added up."""
    funding = Revision.content["funding"]
    rows = session.execute(
        select(InitiativeRow.id, funding)
        .join(Revision, Revision.id == InitiativeRow.published_revision_id)
        .where(funding.isnot(None))
    )
    told = {key: [each["amount"] for each in given if each.get("amount")] for key, given in rows if given}
    return {key: sum(amounts) for key, amounts in told.items() if amounts}
