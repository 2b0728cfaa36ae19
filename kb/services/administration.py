"""What an administrator looks at: how the portal is doing, and who has which rights."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from kb.domain.people import ACCOUNT_ROLES, WRITERS, Person
from kb.domain.permissions import PERMISSIONS
from kb.domain.rights import HOLDERS, Right, require_right
from kb.domain.workflow import Action, Role
from kb.services import health
from kb.services.health import Finding
from kb.services.work import Work
from kb.storage.audit_search import Asked, Entry, entries
from kb.storage.people import Account, all_accounts

# Deeds that give or take rights; BIO2 asks that changes to strong accounts are watched.
WATCHED = (
    "uitnodigen",
    "rechten wijzigen",
    "account uitzetten",
    "account aanzetten",
    "tweede factor weghalen",
    "wachtwoord intrekken",
    "persoon wissen",
    "eerste beheerder",
)
UNUSED = timedelta(days=90)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Holder:
    """An account with what a reviewer of rights should look at."""

    account: Account
    is_unused: bool
    lacks_second_factor: bool


@dataclass(frozen=True, slots=True)
class RightsReport:
    """Who can do what now, and what changed in that lately."""

    holders: tuple[Holder, ...]
    roles: tuple[Role, ...]
    rights: tuple[tuple[Right, frozenset[Role]], ...]
    actions: tuple[tuple[Action, frozenset[Role]], ...]
    changes: tuple[Entry, ...]


def examine(work: Work, person: Person, data_dir: Path) -> tuple[Finding, ...]:
    require_right(person, Right.HEALTH)
    return health.examine(work, data_dir)


def rights_report(work: Work, person: Person) -> RightsReport:
    require_right(person, Right.PEOPLE)
    holders = [_holder(work, account) for account in all_accounts(work.session) if account.is_active]
    return RightsReport(
        holders=tuple(sorted(holders, key=lambda each: ACCOUNT_ROLES[::-1].index(each.account.role))),
        roles=ACCOUNT_ROLES,
        rights=tuple(HOLDERS.items()),
        actions=tuple((action, _roles_that_may(action)) for action in Action),
        changes=entries(work.session, Asked(actions=WATCHED), limit=SHOWN),
    )


def _holder(work: Work, account: Account) -> Holder:
    last_used = account.last_login_at or account.created_at
    lacks = account.role in WRITERS and not account.has_second_factor and not account.is_waiting
    return Holder(account, work.now - last_used > UNUSED, lacks)


def _roles_that_may(action: Action) -> frozenset[Role]:
    return frozenset(role for role, deed in PERMISSIONS if deed is action)
