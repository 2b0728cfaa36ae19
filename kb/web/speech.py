"""The language of a page: Dutch, or English under /en/, with an address for the other one."""

from typing import Any

from flask import Flask, Response, g, request

from kb.domain.terms import Scheme
from kb.language import formats, labels
from kb.language.texts import DEFAULT_LANGUAGE, LANGUAGES, gettext, language, ngettext, speaking
from kb.runtime import running
from kb.web.words import words_for_templates

ENGLISH = "/en"
# Set by who makes a copy of the site: nobody answers behind its pages.
OFFLINE = "kb.offline"
# A longer question in the address is not repeated: a page of words would come back as a page of links.
MAX_QUERY = 2_000


def prepare(app: Flask) -> None:
    """Sets the language before each request and gives templates their words."""
    app.before_request(_speak)
    app.teardown_request(_fall_silent)
    app.after_request(_tell)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.globals.update(
        _=gettext,
        ngettext=ngettext,
        formats=formats,
        label=labels.label,
        term=term_label,
        **words_for_templates(),
    )
    app.context_processor(_words)


def base() -> str:
    """What every address on a page of this language begins with."""
    return f"{request.script_root}{ENGLISH}" if language() == "en" else request.script_root


def term_label(scheme: str, code: str) -> str:
    """The label of a term in the reader's language."""
    return running().vocabulary.label(Scheme(scheme), code, language())


def alternate(code: str) -> str:
    """This very page in another language, its search included."""
    path = request.path.removeprefix(ENGLISH) if _is_english() else request.path
    prefix = ENGLISH if code == "en" else ""
    query = request.query_string.decode("ascii", "replace")
    address = f"{request.script_root}{prefix}{path or '/'}"
    return f"{address}?{query}" if 0 < len(query) <= MAX_QUERY else address


def _is_english() -> bool:
    return request.path == ENGLISH or request.path.startswith(f"{ENGLISH}/")


def _speak() -> None:
    g.speech = speaking("en" if _is_english() else DEFAULT_LANGUAGE)
    g.speech.__enter__()


def _fall_silent(_error: BaseException | None) -> None:
    if "speech" in g:
        g.pop("speech").__exit__(None, None, None)


def _tell(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = language()
    return response


def _words() -> dict[str, Any]:
    settings = running().settings
    return {
        "base": base(),
        "offline": bool(request.environ.get(OFFLINE)),
        "lang": language(),
        "shows_example": running().shows_example,
        "site_name": settings.name,
        "site_url": settings.base_url,
        "contact": settings.contact,
        "here": request.path.removeprefix(ENGLISH) if _is_english() else request.path,
        "alternates": {code: alternate(code) for code in LANGUAGES},
    }
