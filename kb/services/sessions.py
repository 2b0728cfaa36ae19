"""Sessions: a row for each log-in, ended by removing it; how long one may stay unused, and at all."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kb.domain.people import Person
from kb.domain.problems import NotFound
from kb.domain.rights import Right, require_right
from kb.domain.workflow import Role
from kb.services.auditing import note
from kb.services.persons import person_of
from kb.services.work import Work
from kb.storage.logins import (
    end_session,
    end_sessions,
    end_sessions_before,
    session_by_hash,
    sessions_of,
)
from kb.storage.people import person_row
from kb.storage.people_tables import PersonRow, SessionRow

LONGEST = timedelta(hours=12)
IDLE: dict[Role, timedelta] = {
    Role.REVIEWER: timedelta(minutes=30),
    Role.ADMINISTRATOR: timedelta(minutes=30),
    Role.COORDINATOR: timedelta(hours=8),
    Role.MINISTRY: timedelta(hours=8),
}
# While a second factor is asked for, there is no reason to wait long.
HALFWAY = timedelta(minutes=15)
# Writing the last moment at every request would make every page a write.
TOUCH_EVERY = timedelta(minutes=1)


class Stage(StrEnum):
    """How far somebody is with logging in."""

    CODE = "code"
    ENROL = "aanmelden"
    FULL = "volledig"


@dataclass(frozen=True, slots=True)
class Visit:
    """A session with whose it is. `person` is only to be trusted with anything when the stage is FULL."""

    id: int
    stage: Stage
    person: Person
    needs_touch: bool = False

    @property
    def is_full(self) -> bool:
        return self.stage is Stage.FULL


@dataclass(frozen=True, slots=True)
class OwnSession:
    id: int
    device: str
    origin: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


def begin(work: Work, row: PersonRow, *, device: str = "", verified: bool = False) -> tuple[str, Stage]:
    """A new session; what comes back is the only copy of its token, with the next step of logging in."""
    end_sessions_before(work.session, work.now - LONGEST)
    token = secrets.token_urlsafe(32)
    stage = Stage.FULL if verified else first_stage(row)
    session = SessionRow(
        token_hash=work.office.keys.digest(token),
        person_id=row.id,
        stage=stage.value,
        device=device[:200],
        origin=work.origin[:80],
        created_at=work.now,
        last_seen_at=work.now,
    )
    work.session.add(session)
    if stage is Stage.FULL:
        note_log_in(work, row)
    return token, stage


def first_stage(row: PersonRow) -> Stage:
    if row.totp_confirmed_at is not None:
        return Stage.CODE
    return Stage.ENROL if Person(row.id, Role(row.role)).needs_second_factor else Stage.FULL


def note_log_in(work: Work, row: PersonRow) -> None:
    row.last_login_at = work.now
    note(work, f"persoon:{row.id}", "inloggen", "persoon", row.id)


def look_up(work: Work, token: str) -> Visit | None:
    """Whose session this is; None when it ended, stood unused too long, or the person may not come in."""
    session = session_by_hash(work.session, work.office.keys.digest(token))
    row = person_row(work.session, session.person_id) if session else None
    if session is None or row is None or row.disabled_at is not None:
        return None
    stage = Stage(session.stage)
    unused = work.now - session.last_seen_at
    if unused > (IDLE[Role(row.role)] if stage is Stage.FULL else HALFWAY):
        return None
    if work.now - session.created_at > LONGEST:
        return None
    return Visit(session.id, stage, person_of(work, row), needs_touch=unused > TOUCH_EVERY)


def touch(work: Work, visit: Visit) -> None:
    session = work.session.get(SessionRow, visit.id)
    if session is not None:
        session.last_seen_at = work.now


def end(work: Work, token: str) -> None:
    """Logs out everywhere. Who has no more than the password ends nothing of who came in."""
    session = session_by_hash(work.session, work.office.keys.digest(token))
    if session is None:
        return
    note(work, f"persoon:{session.person_id}", "uitloggen", "persoon", session.person_id)
    if Stage(session.stage) is Stage.FULL:
        end_sessions(work.session, session.person_id)
    else:
        end_session(work.session, session.person_id, session.id)


def end_all(work: Work, person_id: int) -> None:
    end_sessions(work.session, person_id)


def own_sessions(work: Work, person: Person, visit: Visit) -> tuple[OwnSession, ...]:
    require_right(person, Right.OWN_ACCOUNT)
    assert person.id is not None  # noqa: S101 - the right is for those who logged in
    return tuple(
        OwnSession(row.id, row.device, row.origin, row.created_at, row.last_seen_at, row.id == visit.id)
        for row in sessions_of(work.session, person.id)
        if row.stage == Stage.FULL
    )


def end_own(work: Work, person: Person, session_id: int) -> None:
    """Ends one of the own sessions; another's is not found."""
    require_right(person, Right.OWN_ACCOUNT)
    assert person.id is not None  # noqa: S101
    if not end_session(work.session, person.id, session_id):
        raise NotFound("sessie", session_id)
    note(work, person.actor, "sessie beëindigen", "persoon", person.id)


def end_others(work: Work, person: Person, visit: Visit) -> None:
    require_right(person, Right.OWN_ACCOUNT)
    assert person.id is not None  # noqa: S101
    end_sessions(work.session, person.id, besides=visit.id)
    note(work, person.actor, "andere sessies beëindigen", "persoon", person.id)
