"""What an administrator can set: one environment variable KB_... for each field of Settings."""

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import urlsplit

from kb.language.texts import gettext as _

PREFIX = "KB_"
# Variables of the test suite, which the program itself does not read.
TEST_PREFIX = "KB_TEST_"
SHORTEST_SECRET = 32
LOCAL = ("127.0.0.1", "localhost", "::1")
DATABASES = ("sqlite:///", "postgresql+psycopg://")

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Tls(StrEnum):
    """How the connection to the mail server becomes safe; `none` only for a server on this machine."""

    STARTTLS = "starttls"
    SSL = "ssl"
    NONE = "none"


class SettingsError(ValueError):
    """Everything that is wrong with the settings, one sentence for each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def setting(default: Value, read: Callable[[str], Value], doc: str, *, shown: bool = True) -> Value:
    """A field that is read from its variable by `read`; `shown` keeps secrets out of logs."""
    declared: Value = field(default=default, repr=shown, metadata={"read": read, "doc": doc})
    return declared


def _word(text: str) -> str:
    return text


def _number(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise ValueError(_("give a whole number from %(low)s to %(high)s", low=low, high=high))
        return int(text)

    return read


def _one_of(choices: type[Choice]) -> Callable[[str], Choice]:
    def read(text: str) -> Choice:
        try:
            return choices(text.lower())
        except ValueError:
            options = ", ".join(choices)
            raise ValueError(_("choose one of: %(options)s", options=options)) from None

    return read


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError(_("give an address such as https://initiatievenbank.example.nl, without a path"))
    return text.rstrip("/")


def _database_url(text: str) -> str:
    # psycopg 3 is the driver we install; a bare address would ask for the older one.
    text = text.replace("postgresql://", "postgresql+psycopg://", 1)
    if not text.startswith(DATABASES):
        raise ValueError(_("give an address that starts with %(options)s", options=", ".join(DATABASES)))
    return text


def _mailbox(text: str) -> str:
    if not text.isprintable() or "@" not in text or text.count("@") > 1 or " " in text.strip():
        raise ValueError(_("give a mail address, such as noreply@example.nl"))
    return text


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or not text.isascii() or " " in text:
        raise ValueError(_("give an address that starts with https://"))
    return text


def _reachable(text: str) -> str:
    """A mail address, or a page with a form."""
    return _web_address(text) if text.startswith("http") else _mailbox(text)


def _issuer(text: str) -> str:
    parts = urlsplit(text)
    is_local = parts.hostname in LOCAL
    if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and is_local)):
        raise ValueError(_("give an https address, such as https://login.example.nl"))
    return text


def _secret(text: str) -> str:
    if len(text) < SHORTEST_SECRET:
        raise ValueError(_("give at least %(n)s characters that nobody can guess", n=SHORTEST_SECRET))
    return text


@dataclass(frozen=True, slots=True)
class Settings:
    host: str = setting("127.0.0.1", _word, "Address the portal listens on.")
    port: int = setting(8000, _number(1, 65535), "Port the portal listens on.")
    data_dir: Path = setting(Path("var"), Path, "Folder for database, index and generated secret.")
    database_url: str = setting(
        "", _database_url, "Database; SQLite in the data folder unless set.", shown=False
    )
    name: str = setting("Initiatievenbank Techniek", _word, "Name of the portal on every page.")
    base_url: str = setting("", _base_url, "Public address; http://host:port unless set.")
    contact: str = setting("", _mailbox, "Mail address that readers can write to.")
    publisher: str = setting("", _word, "Organisation that publishes the data; the portal's name unless set.")
    publisher_uri: str = setting("", _web_address, "Address that names that organisation in catalogues.")
    security_contact: str = setting("", _reachable, "Where to report a leak: a mail address or a page.")
    security_policy: str = setting("", _web_address, "Page that says how reports of leaks are handled.")
    source_url: str = setting("", _web_address, "Repository of the program, for catalogues of software.")
    secret_key: str = setting("", _secret, "Key that signs sessions and forms.", shown=False)
    threads: int = setting(8, _number(1, 64), "Requests answered at the same time.")
    api_per_minute: int = setting(
        600, _number(1, 1_000_000), "Requests to the API in a minute from one address."
    )
    trusted_proxies: int = setting(0, _number(0, 8), "Reverse proxies in front, whose headers are believed.")
    environment: Environment = setting(
        Environment.DEVELOPMENT, _one_of(Environment), "Production refuses unsafe settings."
    )
    log_level: LogLevel = setting(LogLevel.INFO, _one_of(LogLevel), "Least important message that is logged.")
    mail_host: str = setting("", _word, "Mail server; without one mails become files in the data folder.")
    mail_port: int = setting(587, _number(1, 65535), "Port of the mail server.")
    mail_tls: Tls = setting(Tls.STARTTLS, _one_of(Tls), "How the connection to the mail server is made safe.")
    mail_ca_file: Path | None = setting(None, Path, "Certificates that the mail server is trusted by.")
    mail_user: str = setting("", _word, "Name to log in with at the mail server, if it asks for one.")
    mail_password: str = setting("", _word, "Password for the mail server.", shown=False)
    mail_from: str = setting("", _mailbox, "Sender of all mail.")
    oidc_issuer: str = setting("", _issuer, "Address of an OpenID Connect provider to log in with.")
    oidc_client_id: str = setting("", _word, "Name of this portal at the provider.")
    oidc_client_secret: str = setting("", _word, "Secret of this portal at the provider.", shown=False)
    oidc_name: str = setting("", _word, "What the button to log in with the provider calls it.")

    def __post_init__(self) -> None:
        # Some settings follow others; frozen leaves this as the only way to fill them in.
        if not self.database_url:
            object.__setattr__(self, "database_url", f"sqlite:///{self.data_dir.resolve() / 'kb.sqlite'}")
        if not self.base_url:
            object.__setattr__(self, "base_url", f"http://{self.host}:{self.port}")
        if not self.publisher:
            object.__setattr__(self, "publisher", self.name)
        if not self.mail_from:
            host = urlsplit(self.base_url).hostname or "localhost"
            object.__setattr__(self, "mail_from", f"noreply@{host}")

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> Self:
        """The settings in these variables; SettingsError names everything that is wrong at once."""
        values: dict[str, object] = {}
        problems = []
        for each in fields(cls):
            text = env.get(variable(each.name), "").strip()
            if not text:
                continue
            try:
                values[each.name] = each.metadata["read"](text)
            except ValueError as error:
                problems.append(f"{variable(each.name)}: {error}")
        if problems:
            raise SettingsError(tuple(problems))
        settings = cls(**values)  # type: ignore[arg-type]
        settings.refuse_unsafe()
        return settings

    def with_database(self, address: str) -> Self:
        """The same settings on another database; SettingsError when the address is none."""
        (declared,) = (each for each in fields(self) if each.name == "database_url")
        try:
            return replace(self, database_url=declared.metadata["read"](address))
        except ValueError as error:
            raise SettingsError((f"{address}: {error}",)) from error

    def as_environment(self) -> dict[str, str]:
        """The variables with which another process gets these very settings."""
        values = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {variable(name): str(value) for name, value in values if value not in ("", None)}

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION

    def refuse_unsafe(self) -> None:
        """Raises SettingsError where settings do not go together, and in production where they are unsafe."""
        problems = [*self._half(), *(self._unsafe() if self.is_production else ())]
        if problems:
            raise SettingsError(tuple(problems))

    def _half(self) -> Iterator[str]:
        if self.oidc_issuer and not self.oidc_client_id:
            yield _("KB_OIDC_CLIENT_ID: set it too, beside KB_OIDC_ISSUER")

    def _unsafe(self) -> Iterator[str]:
        """Production needs a secret of its own and safe lines."""
        if not self.secret_key:
            yield _("KB_SECRET_KEY: set it in production; make one with: openssl rand -hex 32")
        if not self.base_url.startswith("https://"):
            yield _("KB_BASE_URL: give the public https address in production")
        if self.mail_host and self.mail_tls is Tls.NONE and self.mail_host not in LOCAL:
            yield _("KB_MAIL_TLS: none is only for a mail server on this machine")

    def signing_key(self) -> str:
        """The secret that was set, or else one that is made once and kept in the data folder."""
        return self.secret_key or _kept_secret(self.data_dir / "secret_key")


def variable(name: str) -> str:
    """The environment variable of a field."""
    return PREFIX + name.upper()


def unknown_variables(env: Mapping[str, str]) -> tuple[str, ...]:
    """KB_ variables that mean nothing here, probably slips of the pen, each with its nearest setting."""
    known = [variable(each.name) for each in fields(Settings)]
    strange = [name for name in sorted(env) if name.startswith(PREFIX) and name not in known]
    return tuple(_suggestion(name, known) for name in strange if not name.startswith(TEST_PREFIX))


def _suggestion(name: str, known: list[str]) -> str:
    nearest = get_close_matches(name, known, n=1)
    if not nearest:
        return _("%(name)s is not a setting", name=name)
    return _("%(name)s is not a setting; did you mean %(nearest)s?", name=name, nearest=nearest[0])


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_hex(32), encoding="ascii")
    try:
        # A link is made or refused as a whole, so two processes at first start agree on one secret.
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text(encoding="ascii")
