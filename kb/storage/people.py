"""People in the database: found, written, forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from kb.domain.workflow import Role
from kb.storage.desk_tables import CoEditor, JoinRequest
from kb.storage.import_tables import ImportHeading, ImportRun
from kb.storage.ministry_tables import SavedSearchRow, ShortlistRow
from kb.storage.people_tables import (
    LinkRow,
    MailRow,
    PersonRegion,
    PersonRow,
    RecoveryCode,
    ReminderRow,
    SessionRow,
)
from kb.storage.token_tables import TokenRow

# What goes with the person: rights, secrets, mails, and what they kept for themselves.
_PERSONAL = (
    PersonRegion,
    SessionRow,
    LinkRow,
    RecoveryCode,
    MailRow,
    ReminderRow,
    TokenRow,
    SavedSearchRow,
    ShortlistRow,
    ImportRun,
    ImportHeading,
    CoEditor,
    JoinRequest,
)
# Who can log in: not let go, and in possession of a password or known at the organisation's own log-in.
_USABLE = (
    PersonRow.disabled_at.is_(None),
    PersonRow.erased_at.is_(None),
    PersonRow.password_hash.is_not(None) | PersonRow.oidc_subject.is_not(None),
)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody's account as the desk shows it; no secrets."""

    id: int
    email: str
    name: str
    role: Role
    regions: tuple[str, ...]
    language: str
    created_at: datetime
    last_login_at: datetime | None
    disabled_at: datetime | None
    erased_at: datetime | None
    has_password: bool
    has_second_factor: bool
    uses_oidc: bool

    @property
    def is_active(self) -> bool:
        return self.disabled_at is None and self.erased_at is None

    @property
    def is_waiting(self) -> bool:
        """Invited, but never came in."""
        return self.is_active and not self.has_password and not self.uses_oidc


def plain_email(email: str) -> str:
    """One spelling for each mailbox; hardly any server tells capitals apart."""
    return email.strip().lower()


def add_person(
    session: Session,
    *,
    email: str,
    name: str,
    role: Role,
    regions: Iterable[str] = (),
    language: str = "nl",
    now: datetime,
) -> PersonRow:
    row = PersonRow(
        email=plain_email(email), name=name.strip(), role=role.value, language=language, created_at=now
    )
    session.add(row)
    session.flush()
    write_regions(session, row.id, regions)
    return row


def person_row(session: Session, person_id: int) -> PersonRow | None:
    return session.get(PersonRow, person_id)


def person_row_by_email(session: Session, email: str) -> PersonRow | None:
    return session.scalar(select(PersonRow).where(PersonRow.email == plain_email(email)))


def person_row_by_subject(session: Session, subject: str) -> PersonRow | None:
    return session.scalar(select(PersonRow).where(PersonRow.oidc_subject == subject))


def regions_of(session: Session, person_id: int) -> tuple[str, ...]:
    codes = select(PersonRegion.code).where(PersonRegion.person_id == person_id).order_by(PersonRegion.code)
    return tuple(session.scalars(codes))


def write_regions(session: Session, person_id: int, codes: Iterable[str]) -> None:
    session.execute(delete(PersonRegion).where(PersonRegion.person_id == person_id))
    session.add_all(PersonRegion(person_id=person_id, code=code) for code in sorted(set(codes)))
    session.flush()


def account_of(session: Session, row: PersonRow) -> Account:
    return Account(
        id=row.id,
        email=row.email or "",
        name=row.name,
        role=Role(row.role),
        regions=regions_of(session, row.id),
        language=row.language,
        created_at=row.created_at,
        last_login_at=row.last_login_at,
        disabled_at=row.disabled_at,
        erased_at=row.erased_at,
        has_password=row.password_hash is not None,
        has_second_factor=row.totp_confirmed_at is not None,
        uses_oidc=row.oidc_subject is not None,
    )


def all_accounts(session: Session) -> tuple[Account, ...]:
    rows = session.scalars(select(PersonRow).order_by(PersonRow.role, func.lower(PersonRow.name)))
    return tuple(account_of(session, row) for row in rows)


def usable_rows(session: Session) -> tuple[PersonRow, ...]:
    """Everybody who can log in now, in the order of their ids."""
    rows = select(PersonRow).where(*_USABLE).order_by(PersonRow.id)
    return tuple(session.scalars(rows))


def names_of(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """What colleagues are called; a forgotten person has a pseudonym for a name."""
    wanted = set(ids)
    rows = session.scalars(select(PersonRow).where(PersonRow.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def ids_like(session: Session, words: str) -> tuple[int, ...]:
    """People whose name or mail address has these words in it."""
    columns = (PersonRow.name, PersonRow.email)
    found = or_(*(column.icontains(words, autoescape=True) for column in columns))
    return tuple(session.scalars(select(PersonRow.id).where(found).limit(500)))


def number_of_administrators(session: Session, *, besides: int | None = None) -> int:
    """Administrators who can log in."""
    query = select(func.count(PersonRow.id)).where(PersonRow.role == Role.ADMINISTRATOR.value, *_USABLE)
    return session.scalar(query if besides is None else query.where(PersonRow.id != besides)) or 0


def forget(session: Session, row: PersonRow, *, pseudonym: str, now: datetime) -> None:
    """Leaves a number with a pseudonym; what the person wrote stays under that."""
    for table in _PERSONAL:
        session.execute(delete(table).where(table.person_id == row.id))
    row.name, row.email = pseudonym, None
    row.password_hash = row.totp_secret = row.oidc_subject = None
    row.totp_confirmed_at = row.totp_last_step = row.last_login_at = None
    row.disabled_at = row.disabled_at or now
    row.erased_at = now
