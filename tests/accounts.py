"""People for tests: an account that can log in, a browser that has, and codes as a telephone shows them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from flask import Flask
from flask.testing import FlaskClient

from kb.domain.workflow import Role
from kb.runtime import EXTENSION, Runtime
from kb.services.hashing import hash_password
from kb.storage.people import add_person

PASSWORD = "drie stoelen onder water"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
EMAILS = {role: f"{role.value}@example.nl" for role in Role}
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Clock:
    """Stands still until a test moves it."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class Hand:
    """Somebody at a browser without script: opens pages, fills in forms."""

    client: FlaskClient
    clock: Clock

    def get(self, path: str, **more: object):
        return self.client.get(path, buffered=True, **more)

    def send(self, path: str, fields: dict[str, object] | None = None, *, page: str = "", **more: object):
        """Opens the page with the form, then sends it with its token."""
        token = self.token(page or path)
        return self.client.post(path, data={"csrf_token": token, **(fields or {})}, **more)

    def token(self, page: str) -> str:
        found = TOKEN.search(self.get(page, follow_redirects=True).text)
        assert found, f"no form on {page}"
        return found[1]

    def log_in(self, email: str, password: str = PASSWORD, *, secret: str | None = SECRET):
        """Password and, unless there is no secret, the code of now."""
        answer = self.send("/inloggen", {"email": email, "wachtwoord": password})
        if secret is None or answer.status_code >= 400:
            return answer
        return self.send("/tweede-factor", {"code": code(self.clock.now, secret)})


def code(now: datetime, secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(now)


def an_account(
    runtime: Runtime,
    role: Role = Role.COORDINATOR,
    *,
    email: str = "",
    name: str = "",
    regions: Iterable[str] = ("AM05",),
    password: str = PASSWORD,
    with_factor: bool = True,
) -> int:
    """Somebody who can log in with the password above, and with the secret above when there is a factor."""
    with runtime.work(writing=True) as work:
        row = add_person(
            work.session,
            email=email or EMAILS[role],
            name=name or f"Iemand van {role.value}",
            role=role,
            regions=regions if role is Role.COORDINATOR else (),
            now=work.now,
        )
        row.password_hash = hash_password(password)
        if with_factor:
            row.totp_secret = work.office.keys.seal(SECRET)
            row.totp_confirmed_at = work.now
        return row.id


def a_hand(app: Flask, clock: Clock) -> Hand:
    return Hand(app.test_client(), clock)


def runtime_of(app: Flask) -> Runtime:
    return app.extensions[EXTENSION]


def letters_of(runtime: Runtime) -> list[str]:
    """The mails that lie in the folder, oldest first, as text."""
    import email as library
    from email import policy

    paths = sorted(
        (runtime.settings.data_dir / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns
    )
    messages = [library.message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]
    return [f"{message['To']}\n{message['Subject']}\n{message.get_content()}" for message in messages]


def link_in(letter: str) -> str:
    """The path of the link in a mail."""
    found = re.search(r"https?://[^/\s]+(/\S*/[\w-]{40,})", letter)
    assert found, letter
    return found[1]
