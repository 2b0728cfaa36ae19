"""Logging in by mail address and password. Three short steps, so that no lock is held while hashing."""

from dataclasses import dataclass

from kb.services import limits, second_factor, sessions
from kb.services.auditing import FAILED, note
from kb.services.hashing import matches
from kb.services.limits import Limit
from kb.services.persons import known_row
from kb.services.sessions import Stage
from kb.services.work import Work
from kb.storage.people import person_row_by_email, plain_email
from kb.storage.people_tables import PersonRow


@dataclass(frozen=True, slots=True)
class Begun:
    """A session that just began; the token is for the cookie and kept nowhere else."""

    token: str
    stage: Stage


def count_try(work: Work, email: str, place: str) -> None:
    """The first step; raises TooOften before anything costly is done."""
    limits.count(work, Limit.LOG_IN_PLACE, place)
    limits.count(work, Limit.LOG_IN_ACCOUNT, plain_email(email))


def recognise(work: Work, email: str, password: str) -> int | None:
    """The second step: whose password this is. Unknown, disabled and wrong all give None, as slowly."""
    row = person_row_by_email(work.session, email)
    usable = row is not None and row.disabled_at is None
    is_right = matches(row.password_hash if row is not None and usable else None, password)
    return row.id if row is not None and is_right else None


def begin(work: Work, person_id: int, *, device: str) -> Begun:
    """The third step: a session of its own, whatever session there was before."""
    row = known_row(work, person_id)
    limits.reset(work, Limit.LOG_IN_ACCOUNT, row.email or "")
    return begin_session(work, row, device=device)


def begin_session(work: Work, row: PersonRow, *, device: str, verified: bool = False) -> Begun:
    """`verified` when somebody else has seen a second factor already."""
    token, stage = sessions.begin(work, row, device=device, verified=verified)
    if stage is Stage.ENROL:
        second_factor.prepare(work, row)
    return Begun(token, stage)


def note_failure(work: Work, email: str) -> None:
    """The trail says that it failed and for which account, if there is one; never what was typed."""
    row = person_row_by_email(work.session, email)
    note(work, "publiek", "inloggen", "persoon", row.id if row else "onbekend", result=FAILED)
