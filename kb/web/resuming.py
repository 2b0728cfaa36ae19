"""A form whose sender is not logged in any more: the log-in page carries the text along and gives it back."""

import json
from collections.abc import Sequence
from urllib.parse import quote_plus, urlencode

from flask import redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from kb.language.texts import gettext as _
from kb.runtime import running
from kb.web.login import own_path
from kb.web.speech import base

Fields = Sequence[tuple[str, str]]

# Never carried: the token of another session, and anything secret.
LEFT_OUT = ("csrf_token", "wachtwoord", "huidig", "code")
# As it travels: a request has room for little more.
LONGEST = 900_000


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


def resume_page(action: str, fields: Fields) -> str:
    """What was carried along, for its sender to send."""
    return _resume(_("You are logged in again"), action, fields)


def give_back() -> str | None:
    """The text of a form of ours with the token of another session, to be sent anew; None without text.

    Somebody logged in again in another tab, and then went on in this one."""
    if not _is_own_form():
        return None
    kept = request.form.get("kept", "")
    fields = fields_of(kept) if kept else _pairs()
    action = own_path(request.form.get("next", ""), "POST") if kept else request.path
    if not action or not any(value.strip() for _name, value in fields):
        return None
    return _resume(_("Your text was not sent yet"), action, fields)


def _resume(heading: str, action: str, fields: Fields) -> str:
    """All of it goes along; only what somebody wrote is shown, not the names and codes of a form."""
    typed = [value for _name, value in fields if " " in value.strip()]
    return render_template("account/resume.html", heading=heading, action=action, fields=fields, typed=typed)


def _kept() -> str:
    text = json.dumps(_pairs(), ensure_ascii=False)
    return text if len(quote_plus(text)) <= LONGEST else ""


def _pairs() -> list[tuple[str, str]]:
    form: MultiDict[str, str] = request.form
    return [(name, value) for name, value in form.items(multi=True) if name not in LEFT_OUT]


def _is_own_form() -> bool:
    """Another site could send a form in somebody's name and have it confirmed after the log-in."""
    site = request.headers.get("Sec-Fetch-Site", "")
    own = request.headers.get("Origin", "") == running().settings.base_url
    return own or site == "same-origin"


def _here() -> str:
    query = request.query_string.decode("ascii", "replace")
    return f"{request.path}?{query}" if query else request.path
