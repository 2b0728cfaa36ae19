"""Passwords as Argon2 keeps them, with the settings that OWASP advises for a web server."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from kb.domain.passwords import LONGEST, normal

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_password(password: str) -> str:
    return HASHER.hash(normal(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Takes as long when there is no hash to compare with, so that time tells nobody who has an account."""
    text, nobody = normal(password[: 4 * LONGEST])[: 2 * LONGEST], _nobody()
    try:
        HASHER.verify(password_hash or nobody, text)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def _nobody() -> str:
    return HASHER.hash("the password of nobody at all")
