"""Links that work once and for an hour: invitations, resets and the set-up of the first administrator."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kb.domain.problems import Denied, NotFound
from kb.services.work import Work
from kb.storage.logins import drop_links, link_by_hash, use_link
from kb.storage.people_tables import LinkRow

LASTS = timedelta(hours=1)


class Purpose(StrEnum):
    INVITATION = "uitnodiging"
    RESET = "wachtwoord"
    SET_UP = "eerste beheerder"


@dataclass(frozen=True, slots=True)
class Link:
    purpose: Purpose
    person_id: int | None
    is_expired: bool


def make_link(work: Work, purpose: Purpose, person_id: int | None) -> str:
    """The token for the address; an older link for the same purpose stops working."""
    drop_links(work.session, purpose=purpose.value, person_id=person_id)
    token = secrets.token_urlsafe(32)
    row = LinkRow(
        token_hash=work.office.keys.digest(token),
        purpose=purpose.value,
        person_id=person_id,
        created_at=work.now,
        expires_at=work.now + LASTS,
    )
    work.session.add(row)
    work.session.flush()
    return token


def read_link(work: Work, token: str, *purposes: Purpose) -> Link:
    """The link as it stands; used and unknown ones are not found."""
    row = _row(work, token, purposes)
    return Link(Purpose(row.purpose), row.person_id, row.expires_at <= work.now)


def spend_link(work: Work, token: str, *purposes: Purpose) -> Link:
    """Uses the link up; of two people at once one gets in."""
    row = _row(work, token, purposes)
    if row.expires_at <= work.now:
        raise Denied("This link is more than one hour old. Ask for a new one.")
    if not use_link(work.session, row, now=work.now):
        raise NotFound("link", "")
    return Link(Purpose(row.purpose), row.person_id, False)


def _row(work: Work, token: str, purposes: tuple[Purpose, ...]) -> LinkRow:
    row = link_by_hash(work.session, work.office.keys.digest(token))
    if row is None or row.used_at is not None or Purpose(row.purpose) not in purposes:
        raise NotFound("link", "")
    return row
