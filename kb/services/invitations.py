"""Coming in by a link in a mail: for the first time, or with a new password."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb.domain.passwords import password_errors
from kb.domain.people import SYSTEM, Person
from kb.domain.problems import Denied, FieldError, Invalid, NotFound
from kb.domain.rights import Right, require_right
from kb.domain.workflow import Role
from kb.language.texts import LANGUAGES
from kb.services import accounts, letters, limits, sessions
from kb.services.auditing import note
from kb.services.limits import Limit
from kb.services.links import Purpose, make_link, read_link, spend_link
from kb.services.logging_in import Begun, begin_session
from kb.services.mailing import queue
from kb.services.persons import known_row
from kb.services.work import Work
from kb.storage.people import add_person, person_row_by_email, plain_email

# Enough to catch slips of the pen; only a mail that arrives proves an address.
EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\".]+(\.[^@\s,;<>\".]+)+")
LONGEST_EMAIL = 254
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who gets an account."""

    email: str
    name: str
    role: Role
    regions: tuple[str, ...] = ()
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the page behind a link shows."""

    purpose: Purpose
    email: str
    name: str
    is_expired: bool


def invite(work: Work, person: Person, newcomer: Newcomer, *, mailed: bool = True) -> tuple[int, str]:
    """The new person's id and the token of the link, which is also mailed unless somebody hands it over."""
    require_right(person, Right.PEOPLE)
    _check(work, newcomer)
    row = add_person(
        work.session,
        email=newcomer.email,
        name=newcomer.name,
        role=newcomer.role,
        regions=newcomer.regions if newcomer.role is Role.COORDINATOR else (),
        language=newcomer.language,
        now=work.now,
    )
    token = make_link(work, Purpose.INVITATION, row.id)
    if mailed:
        queue(work, row, letters.invitation(work.office, row.language, token))
    details = f"{newcomer.role.value}; regio's: {', '.join(newcomer.regions) or 'geen'}"
    note(work, person.actor, "uitnodigen", "persoon", row.id, details=details)
    return row.id, token


def invite_again(work: Work, person: Person, person_id: int) -> None:
    require_right(person, Right.PEOPLE)
    row = known_row(work, person_id)
    if row.password_hash is not None or row.disabled_at is not None:
        raise Denied("This person has come in already, or the account is disabled.")
    token = make_link(work, Purpose.INVITATION, row.id)
    queue(work, row, letters.invitation(work.office, row.language, token))
    note(work, person.actor, "uitnodigen", "persoon", row.id)


def renew_invitation(work: Work, token: str) -> None:
    """A fresh link to the same mailbox for somebody who opened theirs too late."""
    link = read_link(work, token, Purpose.INVITATION)
    row = known_row(work, link.person_id)
    if not link.is_expired or row.disabled_at is not None:
        raise NotFound("link", "")
    limits.count(work, Limit.RESET_ACCOUNT, row.email or "")
    queue(
        work, row, letters.invitation(work.office, row.language, make_link(work, Purpose.INVITATION, row.id))
    )


def welcome(work: Work, token: str, *purposes: Purpose) -> Welcome:
    link = read_link(work, token, *purposes)
    if link.person_id is None:
        return Welcome(link.purpose, "", "", link.is_expired)
    row = known_row(work, link.person_id)
    return Welcome(link.purpose, row.email or "", row.name, link.is_expired)


def accept(work: Work, token: str, purpose: Purpose, password: str, *, device: str) -> Begun:
    """Sets the password that an invitation or a reset asks for, and begins a session."""
    link = spend_link(work, token, purpose)
    row = known_row(work, link.person_id)
    if row.disabled_at is not None:
        raise NotFound("link", "")
    accounts.set_password(work, row, password)
    if link.purpose is Purpose.RESET:
        queue(work, row, letters.password_changed(work.office, row.language))
    return begin_session(work, row, device=device)


def reset_by_hand(work: Work, person: Person, person_id: int, *, mailed: bool = True) -> str:
    """By an administrator: the old password and all sessions end now; the link gives a new one."""
    require_right(person, Right.PEOPLE)
    row = known_row(work, person_id)
    if row.disabled_at is not None:
        raise Denied("This account is disabled.")
    row.password_hash = None
    sessions.end_all(work, row.id)
    token = make_link(work, Purpose.RESET, row.id)
    if mailed:
        queue(work, row, letters.new_password(work.office, row.language, token))
    note(work, person.actor, "wachtwoord intrekken", "persoon", row.id)
    return token


def offer_set_up(work: Work) -> str | None:
    """The token with which the first administrator comes in; None when there is one already."""
    if accounts.has_administrator(work):
        return None
    return make_link(work, Purpose.SET_UP, None)


def set_up(work: Work, token: str, *, email: str, name: str, password: str, device: str) -> Begun:
    """The first administrator; only while there is none."""
    if accounts.has_administrator(work):
        raise NotFound("link", "")
    read_link(work, token, Purpose.SET_UP)
    newcomer = Newcomer(email, name, Role.ADMINISTRATOR)
    _check(work, newcomer, password_errors(password, own_words=(name, email)))
    spend_link(work, token, Purpose.SET_UP)
    row = add_person(work.session, email=email, name=name, role=Role.ADMINISTRATOR, now=work.now)
    note(work, SYSTEM.actor, "eerste beheerder", "persoon", row.id)
    accounts.set_password(work, row, password)
    return begin_session(work, row, device=device)


def _check(work: Work, newcomer: Newcomer, more: Iterable[FieldError] = ()) -> None:
    """Everything that is wrong with somebody new, at once."""
    errors = [*_own_errors(work, newcomer), *more]
    try:
        accounts.check_role(work, newcomer.role, newcomer.regions)
    except Invalid as invalid:
        errors += invalid.errors
    if errors:
        raise Invalid(tuple(errors))


def _own_errors(work: Work, newcomer: Newcomer) -> Iterable[FieldError]:
    name = newcomer.name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        yield FieldError("naam", "Fill in a name of at most %(n)s characters.", {"n": LONGEST_NAME})
    email = plain_email(newcomer.email)
    if not EMAIL.fullmatch(email) or len(email) > LONGEST_EMAIL or not email.isprintable():
        yield FieldError("email", "Fill in a mail address, such as name@example.nl.")
    elif person_row_by_email(work.session, email) is not None:
        yield FieldError("email", "There is an account with this mail address already.")
    if newcomer.language not in LANGUAGES:
        yield FieldError("taal", "Choose Dutch or English.")
