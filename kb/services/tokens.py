"""Keys for programs: made and revoked by a person at the desk, recognised at the door for machines."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kb.domain.people import Person
from kb.domain.problems import FieldError, Invalid, NotFound, NotRecognised
from kb.domain.rights import Right, require_right
from kb.domain.scopes import Scope
from kb.services.auditing import note
from kb.services.persons import person_of
from kb.services.work import Work
from kb.storage.people import person_row
from kb.storage.token_tables import TokenRow
from kb.storage.tokens import remove_token, token_by_hash, tokens_of

# So that a key in a log or a repository can be found by those who look for such things.
PREFIX = "ibt_"
RANDOM_BYTES = 32
DAYS = (30, 90, 365)
MOST = 20
LONGEST_NAME = 80
LONGEST_TOKEN = 100
# Writing the last moment at every request would make every request a write.
TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Key:
    """A key as its owner sees it; the key itself is shown once, when it is made."""

    id: int
    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    is_expired: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Who asks with a key, and what that key may be used for."""

    token_id: int
    person: Person
    scopes: frozenset[Scope]
    needs_touch: bool


def own_keys(work: Work, person: Person) -> tuple[Key, ...]:
    require_right(person, Right.KEYS)
    assert person.id is not None  # noqa: S101 - the right is for those who logged in
    return tuple(_key(work, row) for row in tokens_of(work.session, person.id))


def make(work: Work, person: Person, *, name: str, scopes: Iterable[Scope], days: int) -> str:
    """The key; what comes back is the only copy of it."""
    require_right(person, Right.KEYS)
    assert person.id is not None  # noqa: S101
    chosen = tuple(dict.fromkeys(scopes))
    _check(name.strip(), chosen, days, known=len(tokens_of(work.session, person.id)))
    token = PREFIX + secrets.token_urlsafe(RANDOM_BYTES)
    row = TokenRow(
        person_id=person.id,
        name=name.strip(),
        token_hash=work.office.keys.digest(token),
        scopes=[scope.value for scope in chosen],
        created_at=work.now,
        expires_at=work.now + timedelta(days=days),
    )
    work.session.add(row)
    work.session.flush()
    details = f"{', '.join(chosen)}; {days} dagen"
    note(work, person.actor, "sleutel maken", "sleutel", row.id, details=details)
    return token


def revoke(work: Work, person: Person, token_id: int) -> None:
    """Works at the next request; another's key is not found."""
    require_right(person, Right.KEYS)
    assert person.id is not None  # noqa: S101
    if remove_token(work.session, person.id, token_id) is None:
        raise NotFound("sleutel", token_id)
    note(work, person.actor, "sleutel intrekken", "sleutel", token_id)


def recognise(work: Work, token: str) -> Holder:
    """Raises NotRecognised for what is no key, has expired, or belongs to somebody who may not come in."""
    row = token_by_hash(work.session, work.office.keys.digest(token)) if len(token) <= LONGEST_TOKEN else None
    owner = person_row(work.session, row.person_id) if row else None
    if row is None or owner is None or owner.disabled_at is not None or row.expires_at <= work.now:
        raise NotRecognised
    return Holder(
        token_id=row.id,
        person=person_of(work, owner),
        scopes=frozenset(Scope(scope) for scope in row.scopes if scope in set(Scope)),
        needs_touch=row.last_used_at is None or work.now - row.last_used_at > TOUCH_EVERY,
    )


def touch(work: Work, holder: Holder) -> None:
    row = work.session.get(TokenRow, holder.token_id)
    if row is not None:
        row.last_used_at = work.now


def _check(name: str, scopes: tuple[Scope, ...], days: int, *, known: int) -> None:
    errors = []
    if not name:
        errors.append(FieldError("naam", "Say what you will use it for."))
    elif len(name) > LONGEST_NAME:
        errors.append(FieldError("naam", "At most %(n)s characters.", {"n": LONGEST_NAME}))
    if not scopes:
        errors.append(FieldError("rechten", "Choose at least one right."))
    if days not in DAYS:
        errors.append(FieldError("dagen", "Choose how long the key works."))
    if known >= MOST:
        errors.append(FieldError("naam", "You have %(n)s keys. Revoke one that you do not use.", {"n": MOST}))
    if errors:
        raise Invalid(tuple(errors))


def _key(work: Work, row: TokenRow) -> Key:
    return Key(
        id=row.id,
        name=row.name,
        scopes=tuple(Scope(scope) for scope in row.scopes if scope in set(Scope)),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        is_expired=row.expires_at <= work.now,
    )
