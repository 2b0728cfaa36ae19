"""A form whose sender is not logged in any more: the log-in page carries the text along and gives it back."""

import json
from urllib.parse import urlencode

from flask import redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from kb.runtime import running
from kb.web.speech import base

# Never carried: the token of another session, and anything secret.
LEFT_OUT = ("csrf_token", "wachtwoord", "huidig", "code")
LONGEST = 700_000


def ask_to_log_in() -> Response | str:
    """The log-in page, and afterwards back to here; a form of our own is kept."""
    if request.method in ("GET", "HEAD"):
        return redirect(f"{base()}/inloggen?{urlencode({'next': _here()})}", 303)
    kept = _kept() if _is_own_form() else ""
    return render_template(
        "account/log_in.html", next=request.path, kept=kept, errors=(), email="", lost=True
    )


def fields_of(kept: str) -> list[tuple[str, str]]:
    """The fields that were carried along; nothing when somebody wrote something else there."""
    try:
        pairs = json.loads(kept)
        return [(str(name), str(value)) for name, value in pairs if str(name) not in LEFT_OUT]
    except (ValueError, TypeError):
        return []


def _kept() -> str:
    form: MultiDict[str, str] = request.form
    pairs = [(name, value) for name, value in form.items(multi=True) if name not in LEFT_OUT]
    text = json.dumps(pairs, ensure_ascii=False)
    return text if len(text) <= LONGEST else ""


def _is_own_form() -> bool:
    """Another site could send a form in somebody's name and have it confirmed after the log-in."""
    site = request.headers.get("Sec-Fetch-Site", "")
    own = request.headers.get("Origin", "") == running().settings.base_url
    return own or site == "same-origin"


def _here() -> str:
    query = request.query_string.decode("ascii", "replace")
    return f"{request.path}?{query}" if query else request.path
