"""Who is at the other end: Flask-Login on our own session rows, cookies, and what may be cached."""

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, current_user, login_user
from flask_wtf.csrf import CSRFProtect

from kb.domain.people import PUBLIC, Person
from kb.domain.permissions import may
from kb.domain.rights import Right, holds
from kb.domain.workflow import Action, Role
from kb.runtime import running
from kb.services import sessions
from kb.services.sessions import Visit
from kb.settings import Settings

csrf = CSRFProtect()
PRIVATE = "private, no-store"


class Sessions(SecureCookieSessionInterface):
    """What was made with somebody's session is for nobody else's eyes, nor for a cache in between."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        # Asked here, because asking through `flask.session` counts as reading it.
        if session.accessed:
            response.headers["Cache-Control"] = PRIVATE
        super().save_session(app, session, response)


class Visitor(UserMixin):  # type: ignore[misc]
    """What Flask-Login keeps: the token of the session row, never the number of the person."""

    def __init__(self, token: str, visit: Visit | None = None) -> None:
        self.token = token
        self.visit = visit

    def get_id(self) -> str:
        return self.token

    @property
    def is_authenticated(self) -> bool:
        return self.visit is not None and self.visit.is_full


def prepare(app: Flask, settings: Settings) -> None:
    """Cookies, log-in and form tokens. Call it after the policies, so that those speak first."""
    is_safe = settings.base_url.startswith("https://")
    app.config.update(
        # The prefix makes a browser refuse the cookie from a subdomain or over http.
        SESSION_COOKIE_NAME="__Host-kb" if is_safe else "kb",
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_SECURE=is_safe,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        # A token is worth as much as the session it belongs to, which ends by itself.
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.session_interface = Sessions()
    manager = LoginManager()
    manager.session_protection = None  # our session rows do that
    manager.user_loader(_load)
    # Its words for templates would read the session of every page; ours read it where there is a cookie.
    manager.init_app(app, add_context_processor=False)
    # It looks in the session at every answer, static files too, for a cookie that we never give.
    app.after_request_funcs[None].remove(manager._update_remember_cookie)
    csrf.init_app(app)
    app.after_request(_vary)
    app.jinja_env.globals.update(
        visitor=visitor, own_place=own_place, may=may, holds=holds, Right=Right, Action=Action
    )
    app.jinja_env.globals["oidc_name"] = lambda: oidc_name(settings)


def oidc_name(settings: Settings) -> str:
    """What the button for the organisation's own log-in says; nothing when there is none."""
    return settings.oidc_issuer and (settings.oidc_name or urlsplit(settings.oidc_issuer).hostname or "")


def visitor() -> Person:
    """The person who logged in fully, or else the public."""
    found = visit()
    return found.person if found is not None and found.is_full else PUBLIC


def own_place() -> str:
    """Where somebody who logged in begins."""
    return "/beheer" if visitor().role is Role.ADMINISTRATOR else "/mijn"


def visit() -> Visit | None:
    """The session of this request, complete or halfway; without cookie no session is read."""
    if g.get("looks_away"):
        return None
    if not g.get("has_begun") and current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        return None
    return getattr(current_user, "visit", None)


def look_away() -> None:
    """From here on everybody is the public: the page about a failure must not ask what just failed."""
    g.looks_away = True


def token() -> str:
    """The token of this request's session, or nothing."""
    return getattr(current_user, "token", "")


def start(fresh_token: str) -> None:
    """Another cookie than before, whatever was in it: nobody can prepare a session for somebody else."""
    session.clear()
    login_user(_load(fresh_token), force=True)
    g.has_begun = True


def forget() -> None:
    """Empties the cookie; the row is the service's to end."""
    session.clear()
    g.pop("_login_user", None)


def origin() -> str:
    """Where a deed comes from, for the audit trail."""
    return f"web {place()}"


def place() -> str:
    return request.remote_addr or "onbekend"


def device() -> str:
    return request.user_agent.string[:200]


def own_path(address: str, method: str = "GET") -> str:
    """The path in `?next=` if it is one of our own pages, else nothing: never another site."""
    parts = urlsplit(address)
    is_path = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    if not is_path or parts.netloc or parts.scheme or "\\" in address:
        return ""
    adapter = current_app.url_map.bind_to_environ(request.environ)
    return address if adapter.test(parts.path, method) else ""


def _load(token: str) -> Visitor | None:
    with running().work(origin=origin()) as work:
        found = sessions.look_up(work, token)
    if found is None:
        return None
    if found.needs_touch:
        with running().work(writing=True, origin=origin()) as work:
            sessions.touch(work, found)
    return Visitor(token, found)


def _vary(response: Response) -> Response:
    """The head of every page tells whether somebody is logged in."""
    if response.mimetype == "text/html":
        response.vary.add("Cookie")
        if current_app.config["SESSION_COOKIE_NAME"] in request.cookies:
            response.headers["Cache-Control"] = PRIVATE
    return response
