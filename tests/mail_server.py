"""A real mail server on this machine, with a certificate of its own, that keeps what it gets."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
USER, PASSWORD = "portaal", "geheim van de mailserver"


class Mailbox(Sink):
    """What arrived: who it is for and its text, and whether the line was safe and the sender known."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], bytes]] = []
        self.was_safe: list[bool] = []
        self.refused: set[str] = set()

    async def handle_RCPT(  # noqa: N802 - the library looks for this name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.letters.append((envelope.rcpt_tos, envelope.content))
        self.was_safe.append(session.ssl is not None)
        return "250 OK"


class OnFreePort(Controller):
    """The library knocks at the port it was told, which is 0 until the system has chosen one."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine that nobody trusts unless told to, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "server.pem", folder / "server.key"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return paths


@contextmanager
def mail_server(certificate: Path, key: Path, *, tls: str = "starttls") -> Iterator[tuple[int, Mailbox]]:
    """The port it listens on and its mailbox; `tls` is as in our settings."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    mailbox = Mailbox()
    options: dict[str, dict[str, object]] = {
        "starttls": {
            "tls_context": context,
            "require_starttls": True,
            "authenticator": _knows,
            "auth_required": True,
        },
        "ssl": {"ssl_context": context},
        "none": {},
    }
    controller = OnFreePort(mailbox, hostname=HOST, port=0, **options[tls])
    controller.start()
    try:
        yield controller.port, mailbox
    finally:
        controller.stop()


def _knows(_server, _session, _envelope, _mechanism, given: LoginPassword) -> AuthResult:
    is_right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)
