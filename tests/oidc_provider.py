"""A real OpenID Connect provider on this machine: Authlib's own server, with one user whom a test chooses."""

# The library calls these methods with more than this provider needs.
# ruff: noqa: ARG002, ARG005

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import AuthorizationCodeMixin, OpenIDCode, UserInfo
from flask import Flask, jsonify, request
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

CLIENT_ID, SECRET = "initiatievenbank", "geheim van het portaal"


@dataclass
class Colleague:
    """Who is logged in at the provider, and how."""

    id: str = "u-17"
    email: str = "jan@example.nl"
    email_verified: bool = True
    amr: list[str] = field(default_factory=lambda: ["pwd"])


@dataclass
class Misbehaviour:
    """What a provider that is not to be trusted does otherwise."""

    claims: dict[str, object] = field(default_factory=dict)
    other_key: bool = False
    refuses: bool = False
    name: str = ""


class Client(ClientMixin):
    def __init__(self, return_address: str) -> None:
        self.return_address = return_address
        self.client_id = CLIENT_ID
        self.id_token_signed_response_alg = "RS256"

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.return_address

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.return_address

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):
    code: str
    user: Colleague
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    auth_time: int = field(default_factory=lambda: int(time.time()))

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> list[str]:
        return self.user.amr


class Provider:
    """Its endpoints, keys and codes; `user` and `misbehaviour` are for the test to set."""

    def __init__(self, return_address: str) -> None:
        self.user = Colleague()
        self.misbehaviour = Misbehaviour()
        self.issuer = ""
        self.codes: dict[str, Code] = {}
        self.key = RSAKey.generate_key(2048, {"kid": "eerste", "use": "sig", "alg": "RS256"})
        self.stranger = RSAKey.generate_key(2048, {"kid": "eerste", "use": "sig", "alg": "RS256"})
        self.app = Flask("provider")
        client = Client(return_address)
        self.server = AuthorizationServer(
            self.app,
            query_client=lambda client_id: client if client_id == CLIENT_ID else None,
            save_token=lambda token, request: None,
        )
        self.server.register_grant(_code_grant(self), [_open_id(self)(), CodeChallenge(required=True)])
        self.app.add_url_rule("/.well-known/openid-configuration", view_func=self.metadata)
        self.app.add_url_rule("/keys", view_func=self.keys)
        self.app.add_url_rule("/authorize", view_func=self.authorize)
        self.app.add_url_rule("/token", view_func=self.token, methods=["POST"])

    def metadata(self):
        return jsonify(
            issuer=self.misbehaviour.name or self.issuer,
            authorization_endpoint=f"{self.issuer}/authorize",
            token_endpoint=f"{self.issuer}/token",
            jwks_uri=f"{self.issuer}/keys",
            response_types_supported=["code"],
            subject_types_supported=["public"],
            id_token_signing_alg_values_supported=["RS256"],
        )

    def keys(self):
        return jsonify(KeySet([self.key]).as_dict(private=False))

    def authorize(self):
        """The user is logged in here already, and agrees or not."""
        grant = self.server.get_consent_grant(end_user=self.user)
        agrees = None if self.misbehaviour.refuses else self.user
        return self.server.create_authorization_response(request, grant_user=agrees, grant=grant)

    def token(self):
        return self.server.create_token_response()


def _code_grant(provider: Provider) -> type[grants.AuthorizationCodeGrant]:
    class CodeGrant(grants.AuthorizationCodeGrant):
        def save_authorization_code(self, code, request):
            given = request.payload.data
            provider.codes[code] = Code(
                code,
                request.user,
                request.payload.redirect_uri,
                request.payload.scope,
                given["nonce"],
                given["code_challenge"],
                given["code_challenge_method"],
            )

        def query_authorization_code(self, code, client):
            return provider.codes.get(code)

        def delete_authorization_code(self, authorization_code):
            del provider.codes[authorization_code.code]

        def authenticate_user(self, authorization_code):
            return authorization_code.user

    return CodeGrant


def _open_id(provider: Provider) -> type[OpenIDCode]:
    class OpenID(OpenIDCode):
        def exists_nonce(self, nonce, request):
            return any(code.nonce == nonce for code in provider.codes.values())

        def resolve_client_private_key(self, client):
            return provider.stranger if provider.misbehaviour.other_key else provider.key

        def get_client_claims(self, client):
            return {"iss": provider.issuer, "aud": [CLIENT_ID]}

        def get_encode_header(self, client):
            return {"alg": "RS256", "kid": "eerste"}

        def generate_user_info(self, user, scope):
            claims = {"sub": user.id, "email": user.email, "email_verified": user.email_verified}
            return UserInfo({**claims, **provider.misbehaviour.claims})

    return OpenID


@contextmanager
def serve(provider: Provider) -> Iterator[Provider]:
    server = make_server("127.0.0.1", 0, provider.app, threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield provider
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
