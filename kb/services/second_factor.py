"""The second factor: a code that changes every half minute, and recovery codes for when it is lost."""

import secrets
from datetime import datetime

import pyotp

from kb.domain.people import Person
from kb.domain.problems import Denied, FieldError, Invalid
from kb.domain.rights import Right, require_right
from kb.services import limits
from kb.services.auditing import FAILED, note
from kb.services.limits import Limit
from kb.services.persons import known_row
from kb.services.sessions import Stage, Visit, note_log_in
from kb.services.work import Work
from kb.storage.logins import recovery_codes_left, replace_recovery_codes, session_by_hash, use_recovery_code
from kb.storage.people_tables import PersonRow, SessionRow

STEP_S = 30
# A clock may be one step off on either side.
DRIFT = (-1, 0, 1)
RECOVERY_CODES = 10
CODE_LENGTH = 12
# Without letters and digits that look alike.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
WRONG_CODE = FieldError("code", "This code is not right, or was used before. Wait for the next one.")


def prepare(work: Work, row: PersonRow) -> None:
    """Makes the secret that somebody will put in a telephone; an unconfirmed one is kept."""
    if row.totp_secret is None or work.office.keys.unseal(row.totp_secret) is None:
        row.totp_secret = work.office.keys.seal(pyotp.random_base32())


def secret_of(work: Work, visit: Visit) -> str:
    """The secret to show, as long as it is not confirmed."""
    row = known_row(work, visit.person.id)
    secret = work.office.keys.unseal(row.totp_secret) if row.totp_secret else None
    if row.totp_confirmed_at is not None or secret is None:
        raise Denied("You have a second factor already.")
    return secret


def address_of(work: Work, visit: Visit, secret: str) -> str:
    """What the QR code says."""
    row = known_row(work, visit.person.id)
    return pyotp.TOTP(secret).provisioning_uri(name=row.email or row.name, issuer_name=work.office.name)


def go_on(work: Work, visit: Visit, code: str) -> tuple[str, ...]:
    """The second half of logging in; recovery codes for whoever just set up the telephone."""
    if visit.stage is Stage.ENROL:
        return enrol(work, visit, code)
    if visit.stage is Stage.CODE:
        pass_code(work, visit, code)
    return ()


def enrol(work: Work, visit: Visit, code: str) -> tuple[str, ...]:
    """Confirms the telephone by a first code; what comes back are the recovery codes, shown once."""
    row = known_row(work, visit.person.id)
    if row.totp_confirmed_at is not None:
        raise Denied("You have a second factor already.")
    _check_code(work, row, code)
    row.totp_confirmed_at = work.now
    note(work, f"persoon:{row.id}", "tweede factor instellen", "persoon", row.id)
    _let_in(work, visit, row)
    return _fresh_codes(work, row)


def pass_code(work: Work, visit: Visit, code: str) -> None:
    """Lets somebody in who gave the password before: by a code of now, or by a recovery code."""
    row = known_row(work, visit.person.id)
    if len(_compact(code)) == CODE_LENGTH and _is_recovery_code(work, row, code):
        note(work, f"persoon:{row.id}", "herstelcode gebruiken", "persoon", row.id)
    else:
        _check_code(work, row, code)
    limits.reset(work, Limit.SECOND_FACTOR, str(row.id))
    _let_in(work, visit, row)


def count_try(work: Work, visit: Visit) -> None:
    """Before a code is looked at; in a piece of work of its own, so that a wrong code counts."""
    limits.count(work, Limit.SECOND_FACTOR, str(visit.person.id))


def note_failure(work: Work, visit: Visit) -> None:
    note(work, visit.person.actor, "tweede factor", "persoon", visit.person.id, result=FAILED)


def renew_recovery_codes(work: Work, person: Person, code: str) -> tuple[str, ...]:
    """New ones in place of the old, after a code of now."""
    require_right(person, Right.OWN_ACCOUNT)
    row = known_row(work, person.id)
    _check_code(work, row, code)
    note(work, person.actor, "herstelcodes vernieuwen", "persoon", row.id)
    return _fresh_codes(work, row)


def codes_left(work: Work, person: Person) -> int:
    require_right(person, Right.OWN_ACCOUNT)
    return recovery_codes_left(work.session, known_row(work, person.id).id)


def replace_session_token(work: Work, token: str) -> str:
    """Another token for the same session: what was worth half a log-in must not be worth a whole one."""
    session = session_by_hash(work.session, work.office.keys.digest(token))
    fresh = secrets.token_urlsafe(32)
    if session is not None:
        session.token_hash = work.office.keys.digest(fresh)
    return fresh


def _let_in(work: Work, visit: Visit, row: PersonRow) -> None:
    session = work.session.get(SessionRow, visit.id)
    if session is not None and session.stage != Stage.FULL:
        session.stage = Stage.FULL.value
        session.last_seen_at = work.now
        note_log_in(work, row)


def _check_code(work: Work, row: PersonRow, code: str) -> None:
    """A code is good once: its step must be later than the last one used."""
    secret = work.office.keys.unseal(row.totp_secret) if row.totp_secret else None
    step = _step_of(secret, _compact(code), work.now) if secret else None
    if step is None or step <= (row.totp_last_step or 0):
        raise Invalid((WRONG_CODE,))
    row.totp_last_step = step


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    present = int(now.timestamp()) // STEP_S
    totp = pyotp.TOTP(secret)
    fitting = [
        present + drift
        for drift in DRIFT
        if secrets.compare_digest(totp.at((present + drift) * STEP_S).encode(), code.encode())
    ]
    return max(fitting, default=None)


def _fresh_codes(work: Work, row: PersonRow) -> tuple[str, ...]:
    codes = tuple(
        "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(RECOVERY_CODES)
    )
    replace_recovery_codes(work.session, row.id, (_digest(work, row, code) for code in codes))
    return tuple("-".join((code[:4], code[4:8], code[8:])) for code in codes)


def _is_recovery_code(work: Work, row: PersonRow, code: str) -> bool:
    return use_recovery_code(work.session, row.id, _digest(work, row, _compact(code)), now=work.now)


def _digest(work: Work, row: PersonRow, code: str) -> str:
    return work.office.keys.digest(f"herstelcode {row.id} {code}")


def _compact(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()[:64]
