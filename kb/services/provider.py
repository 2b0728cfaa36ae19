"""The organisation's own log-in by OpenID Connect: the question we send somebody with, and its answer.

Needs the extra `oidc`; whoever sets no provider needs neither of the libraries.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from kb.domain.problems import Denied, Unreachable
from kb.language.texts import mark
from kb.services.recognising import Identity, Question

WELL_KNOWN = "/.well-known/openid-configuration"
SCOPE = "openid email profile"
TIMEOUT_S = 5
LEEWAY_S = 60
# Only signatures that nobody but the provider can make.
SIGNATURES = ["RS256", "PS256", "ES256", "ES384", "EdDSA"]
# How somebody came in, as the provider tells it (RFC 8176): with several factors, or with one of these too.
SEVERAL = "mfa"
BESIDE_A_PASSWORD = {"otp", "hwk", "swk", "sc", "fpt", "face", "iris"}
UNTRUSTED = mark("The log-in of your organisation gave an answer that we cannot trust. Begin again.")


@dataclass(frozen=True, slots=True)
class Provider:
    issuer: str
    client_id: str
    client_secret: str
    return_address: str

    def ask(self) -> tuple[str, Question]:
        """Where to send the browser, and what to remember meanwhile. Raises Unreachable."""
        question = Question(*(secrets.token_urlsafe(32) for _ in range(3)))
        with _connection() as client:
            endpoint = self._metadata(client)["authorization_endpoint"]
        address = prepare_grant_uri(
            endpoint,
            self.client_id,
            "code",
            redirect_uri=self.return_address,
            scope=SCOPE,
            state=question.state,
            nonce=question.nonce,
            code_challenge=create_s256_code_challenge(question.verifier),
            code_challenge_method="S256",
        )
        return str(address), question

    def answer(self, question: Question, *, code: str, now: datetime) -> Identity:
        """Who came back with this code; raises Unreachable, and Denied for what cannot be trusted."""
        with _connection() as client:
            metadata = self._metadata(client)
            token = self._token(client, metadata, question, code)
            keys = client.get(metadata["jwks_uri"]).raise_for_status().json()
        try:
            return _identity(self._claims(token, keys, question, now))
        except (JoseError, AuthlibBaseError, KeyError, ValueError, TypeError) as error:
            raise Denied(UNTRUSTED) from error

    def _metadata(self, client: httpx.Client) -> dict[str, Any]:
        """What the provider tells of itself; another name than ours means that we talk to somebody else."""
        address = self.issuer.rstrip("/") + WELL_KNOWN
        found: dict[str, Any] = client.get(address).raise_for_status().json()
        if found["issuer"] != self.issuer:
            raise Unreachable("provider", "it has another name than KB_OIDC_ISSUER")
        return found

    def _token(
        self, client: httpx.Client, metadata: dict[str, Any], question: Question, code: str
    ) -> dict[str, Any]:
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.return_address,
            "client_id": self.client_id,
            "code_verifier": question.verifier,
        }
        # Basic unless the provider says that it takes the secret among the fields only.
        ways = metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        is_basic = "client_secret_basic" in ways and bool(self.client_secret)
        if self.client_secret and not is_basic:
            asked["client_secret"] = self.client_secret
        auth = httpx.BasicAuth(self.client_id, self.client_secret) if is_basic else httpx.Auth()
        answer = client.post(metadata["token_endpoint"], data=asked, auth=auth)
        if answer.is_client_error:
            raise Denied(UNTRUSTED)
        token: dict[str, Any] = answer.raise_for_status().json()
        return token

    def _claims(self, token: dict[str, Any], keys: Any, question: Question, now: datetime) -> CodeIDToken:
        """Signed by the provider, for us, as the answer to this question, and not too old."""
        registry = JWSRegistry(algorithms=SIGNATURES, strict_check_header=False)
        decoded = jwt.decode(token["id_token"], KeySet.import_key_set(keys), registry=registry)
        expected = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client_id},
        }
        known = {
            "nonce": question.nonce,
            "client_id": self.client_id,
            "access_token": token.get("access_token"),
        }
        claims = CodeIDToken(decoded.claims, decoded.header, expected, known)
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY_S)
        return claims


@contextmanager
def _connection() -> Iterator[httpx.Client]:
    """No redirects: the provider tells where everything is."""
    try:
        with httpx.Client(timeout=TIMEOUT_S, headers={"Accept": "application/json"}) as client:
            yield client
    except (httpx.HTTPError, httpx.InvalidURL, KeyError, ValueError, TypeError) as error:
        raise Unreachable("provider", type(error).__name__) from error


def _identity(claims: CodeIDToken) -> Identity:
    # A hash is as good a key, and says nothing about a person.
    subject = hashlib.sha256(f"{claims['iss']} {claims['sub']}".encode()).hexdigest()
    is_checked = claims.get("email_verified") in (True, "true")
    ways = set(claims.get("amr") or ())
    return Identity(
        subject=subject,
        email=str(claims.get("email", "")) if is_checked else "",
        has_second_factor=SEVERAL in ways or ("pwd" in ways and bool(ways & BESIDE_A_PASSWORD)),
    )
