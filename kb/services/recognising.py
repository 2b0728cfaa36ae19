"""Letting somebody in who comes back from the organisation's own log-in: only who was invited."""

from dataclasses import dataclass

from kb.services.auditing import FAILED, note
from kb.services.logging_in import Begun, begin_session
from kb.services.work import Work
from kb.storage.people import person_row_by_email, person_row_by_subject
from kb.storage.people_tables import PersonRow


@dataclass(frozen=True, slots=True)
class Question:
    """What to remember until the answer comes, in the visitor's own session."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says somebody is. The address is empty unless the provider checked it."""

    subject: str
    email: str
    has_second_factor: bool


def welcome(work: Work, identity: Identity, *, device: str) -> Begun | None:
    """A session; None for somebody who was not invited. Our second factor is asked unless theirs was used."""
    row = _row(work, identity)
    if row is None:
        note(work, "publiek", "inloggen bij organisatie", "persoon", "onbekend", result=FAILED)
        return None
    return begin_session(work, row, device=device, verified=identity.has_second_factor)


def _row(work: Work, identity: Identity) -> PersonRow | None:
    """By what the provider calls somebody; the first time by the mail address that it checked."""
    known = person_row_by_subject(work.session, identity.subject)
    if known is None and identity.email:
        known = person_row_by_email(work.session, identity.email)
        if known is None or known.oidc_subject is not None or known.disabled_at is not None:
            return None
        known.oidc_subject = identity.subject
        note(work, f"persoon:{known.id}", "organisatie koppelen", "persoon", known.id)
    return known if known is not None and known.disabled_at is None else None
