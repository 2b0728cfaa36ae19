"""What deeds need to know of the portal itself: its name, its address, and keys to seal with."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Keys:
    """Keys that follow from the secret of the portal. Another secret opens nothing of before."""

    def __init__(self, secret: str) -> None:
        self._digest = _derive(secret, b"digest")
        self._fernet = Fernet(base64.urlsafe_b64encode(_derive(secret, b"seal")))

    def digest(self, text: str) -> str:
        """Names a secret without telling it."""
        return hmac.new(self._digest, text.encode(), hashlib.sha256).hexdigest()

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def unseal(self, sealed: str) -> str | None:
        """What was sealed; None when it was sealed under another secret."""
        try:
            return self._fernet.decrypt(sealed.encode("ascii")).decode()
        except InvalidToken:
            return None


@dataclass(frozen=True, slots=True)
class Office:
    """`base_url` comes from the settings, never from a request: a mail must not lead elsewhere."""

    name: str
    base_url: str
    keys: Keys = field(repr=False)

    def address(self, path: str, language: str) -> str:
        return f"{self.base_url}{'/en' if language == 'en' else ''}{path}"


def _derive(secret: str, purpose: bytes) -> bytes:
    # The secret is long and random already, so this only keeps the keys of each purpose apart.
    return HKDF(SHA256(), length=32, salt=None, info=b"initiatievenbank " + purpose).derive(secret.encode())
