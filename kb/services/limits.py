"""How often something may be tried. Asked before anything costly, such as a password hash, is done."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kb.domain.problems import TooOften
from kb.services.work import Work
from kb.storage.logins import count_attempt, forget_attempts


class Limit(StrEnum):
    """Each counts by a key of its own: an account, a network address, a person."""

    LOG_IN_ACCOUNT = "inloggen per account"
    LOG_IN_PLACE = "inloggen per adres"
    SECOND_FACTOR = "tweede factor"
    RESET_ACCOUNT = "nieuw wachtwoord per account"
    RESET_PLACE = "nieuw wachtwoord per adres"
    LINK_PLACE = "link per adres"
    CONTACT_PLACE = "bericht per adres"
    CONTACT_SUBJECT = "bericht per initiatief"


@dataclass(frozen=True, slots=True)
class Allowance:
    times: int
    within: timedelta


QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)

# A whole school board may share one network address, so those counts are wide; those of one account are not.
ALLOWANCES: dict[Limit, Allowance] = {
    Limit.LOG_IN_ACCOUNT: Allowance(10, QUARTER),
    Limit.LOG_IN_PLACE: Allowance(100, QUARTER),
    Limit.SECOND_FACTOR: Allowance(5, QUARTER),
    Limit.RESET_ACCOUNT: Allowance(3, HOUR),
    Limit.RESET_PLACE: Allowance(20, HOUR),
    Limit.LINK_PLACE: Allowance(60, HOUR),
    Limit.CONTACT_PLACE: Allowance(5, HOUR),
    Limit.CONTACT_SUBJECT: Allowance(20, HOUR),
}


def count(work: Work, limit: Limit, key: str) -> None:
    """Counts one more try; raises TooOften once the allowance is used up. Needs a writing piece of work."""
    allowance = ALLOWANCES[limit]
    if (
        count_attempt(work.session, _name(work, limit, key), now=work.now, within=allowance.within)
        > allowance.times
    ):
        raise TooOften(int(allowance.within.total_seconds()))


def reset(work: Work, limit: Limit, key: str) -> None:
    """Starts counting anew, after it went well."""
    forget_attempts(work.session, _name(work, limit, key))


def _name(work: Work, limit: Limit, key: str) -> str:
    # Counts hold no mail or network addresses.
    return work.office.keys.digest(f"{limit.value} {key}")
