"""Accounts: their passwords, roles and regions, and how they end."""

from collections.abc import Iterable

from kb.domain.passwords import password_errors
from kb.domain.people import ACCOUNT_ROLES, Person
from kb.domain.problems import Denied, FieldError, Invalid, NotFound
from kb.domain.rights import Right, require_right
from kb.domain.terms import Scheme
from kb.domain.workflow import Role
from kb.services import sessions
from kb.services.auditing import note
from kb.services.hashing import hash_password, matches
from kb.services.letters import password_changed
from kb.services.mailing import queue
from kb.services.persons import known_row
from kb.services.sessions import Visit
from kb.services.work import Work
from kb.storage.logins import end_sessions, replace_recovery_codes
from kb.storage.people import (
    Account,
    account_of,
    all_accounts,
    forget,
    number_of_administrators,
    person_row_by_email,
    write_regions,
)
from kb.storage.people_tables import PersonRow


def list_people(work: Work, person: Person) -> tuple[Account, ...]:
    require_right(person, Right.PEOPLE)
    return all_accounts(work.session)


def see(work: Work, person: Person, person_id: int) -> Account:
    require_right(person, Right.PEOPLE)
    return account_of(work.session, known_row(work, person_id))


def find(work: Work, person: Person, email: str) -> Account:
    require_right(person, Right.PEOPLE)
    row = person_row_by_email(work.session, email)
    if row is None:
        raise NotFound("account", email)
    return account_of(work.session, row)


def own_account(work: Work, person: Person) -> Account:
    require_right(person, Right.OWN_ACCOUNT)
    return account_of(work.session, known_row(work, person.id))


def has_administrator(work: Work) -> bool:
    return number_of_administrators(work.session) > 0


def check_password(row: PersonRow, password: str) -> None:
    errors = password_errors(password, own_words=(row.name, row.email or ""))
    if errors:
        raise Invalid(tuple(errors))


def set_password(work: Work, row: PersonRow, password: str) -> None:
    """Ends every session: whoever knew the old password is out."""
    check_password(row, password)
    row.password_hash = hash_password(password)
    row.password_changed_at = work.now
    sessions.end_all(work, row.id)
    note(work, f"persoon:{row.id}", "wachtwoord instellen", "persoon", row.id)


def change_password(work: Work, person: Person, visit: Visit, *, old: str, new: str) -> None:
    """Of one's own account, with the old password; this session stays, the others end."""
    require_right(person, Right.OWN_ACCOUNT)
    row = known_row(work, person.id)
    if not matches(row.password_hash, old):
        raise Invalid((FieldError("huidig", "This is not your present password."),))
    check_password(row, new)
    row.password_hash = hash_password(new)
    row.password_changed_at = work.now
    end_sessions(work.session, row.id, besides=visit.id)
    queue(work, row, password_changed(work.office, row.language))
    note(work, person.actor, "wachtwoord wijzigen", "persoon", row.id)


def change_role(
    work: Work, person: Person, person_id: int, *, role: Role, regions: Iterable[str] = ()
) -> None:
    """Works at the next request of whoever it is about; another role asks for a new log-in."""
    require_right(person, Right.PEOPLE)
    row = known_row(work, person_id)
    codes = tuple(regions)
    check_role(work, role, codes)
    if role is not Role.ADMINISTRATOR:
        _keep_an_administrator(work, row)
    if role.value != row.role:
        sessions.end_all(work, row.id)
    before = row.role
    row.role = role.value
    write_regions(work.session, row.id, codes if role is Role.COORDINATOR else ())
    details = f"{before} wordt {role.value}; regio's: {', '.join(codes) or 'geen'}"
    note(work, person.actor, "rechten wijzigen", "persoon", row.id, details=details)


def check_role(work: Work, role: Role, regions: Iterable[str]) -> None:
    """An account has a role that can be given, and regions that exist."""
    errors = []
    if role not in ACCOUNT_ROLES:
        errors.append(FieldError("rol", "Choose a role."))
    codes = tuple(regions)
    if role is Role.COORDINATOR and not codes:
        errors.append(FieldError("regios", "Choose at least one region for a coordinator."))
    unknown = [code for code in codes if (Scheme.REGION, code) not in work.vocabulary]
    if unknown:
        errors.append(FieldError("regios", "There is no region %(code)s.", {"code": unknown[0]}))
    if errors:
        raise Invalid(tuple(errors))


def disable(work: Work, person: Person, person_id: int) -> None:
    """Nobody comes in with this account any more, from this moment on."""
    require_right(person, Right.PEOPLE)
    row = known_row(work, person_id)
    if row.id == person.id:
        raise Denied("You cannot disable your own account.")
    _keep_an_administrator(work, row)
    row.disabled_at = row.disabled_at or work.now
    sessions.end_all(work, row.id)
    note(work, person.actor, "account uitzetten", "persoon", row.id)


def enable(work: Work, person: Person, person_id: int) -> None:
    require_right(person, Right.PEOPLE)
    row = known_row(work, person_id)
    if row.erased_at is not None:
        raise Denied("This person was erased. Invite them again.")
    row.disabled_at = None
    note(work, person.actor, "account aanzetten", "persoon", row.id)


def remove_second_factor(work: Work, person: Person, person_id: int) -> None:
    """For somebody who lost the telephone and the codes; at the next log-in they make a new one."""
    require_right(person, Right.PEOPLE)
    row = known_row(work, person_id)
    row.totp_secret = row.totp_confirmed_at = row.totp_last_step = None
    replace_recovery_codes(work.session, row.id, ())
    sessions.end_all(work, row.id)
    note(work, person.actor, "tweede factor weghalen", "persoon", row.id)


def erase(work: Work, person: Person, person_id: int) -> None:
    """Forgets who somebody was; what they wrote stays under a pseudonym. There is no way back."""
    require_right(person, Right.PEOPLE)
    row = known_row(work, person_id)
    if row.id == person.id:
        raise Denied("You cannot erase your own account.")
    _keep_an_administrator(work, row)
    forget(work.session, row, pseudonym=f"voormalig gebruiker {row.id}", now=work.now)
    note(work, person.actor, "persoon wissen", "persoon", row.id)


def _keep_an_administrator(work: Work, row: PersonRow) -> None:
    is_administrator = row.role == Role.ADMINISTRATOR.value and row.disabled_at is None
    if is_administrator and not number_of_administrators(work.session, besides=row.id):
        raise Denied("This is the last administrator. Give somebody else that role first.")
