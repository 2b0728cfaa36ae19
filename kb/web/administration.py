"""For administrators: how the portal is doing, the audit trail, and who has which rights."""

from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, current_app, render_template, request

from kb.domain.people import ACCOUNT_ROLES, PUBLIC, Person
from kb.domain.policies import policy
from kb.domain.rights import Right
from kb.language.texts import gettext as _
from kb.runtime import running
from kb.services import administration as administering
from kb.services import auditing
from kb.services.auditing import Asked
from kb.web import login, policies
from kb.web.speech import base

administration = Blueprint("administration", __name__)

RESULTS = (auditing.DONE, auditing.REFUSED, auditing.FAILED)


@administration.get("/beheer")
@policy(Right.HEALTH)
def overview() -> str:
    with running().work() as work:
        findings = administering.examine(work, login.visitor(), running().settings.data_dir)
    return render_template("administration/overview.html", findings=findings)


@administration.get("/beheer/logboek")
@policy(Right.AUDIT)
def audit() -> str:
    with running().work() as work:
        page = auditing.look_up(work, login.visitor(), _asked())
        broken = auditing.verify(work, login.visitor()) if request.args.get("controle") else None
    checked = auditing.broken_trail(broken[0]) if broken else _("Every row follows from the one before.")
    return render_template(
        "administration/audit.html", page=page, results=RESULTS, broken=broken, checked=checked, older=_older
    )


@administration.get("/beheer/rechten")
@policy(Right.PEOPLE)
def rights() -> str:
    with running().work() as work:
        report = administering.rights_report(work, login.visitor())
    return render_template("administration/rights.html", report=report)


@administration.get("/beheer/rechten/adressen")
@policy(Right.PEOPLE)
def addresses() -> str:
    """The permission matrix, made from what every address declares."""
    people = (PUBLIC, *(Person(0, role) for role in ACCOUNT_ROLES))
    lines = policies.matrix(current_app, people)
    return render_template("administration/addresses.html", lines=lines, roles=[each.role for each in people])


def _asked() -> Asked:
    """What the address asks for; what makes no sense is left out."""
    chosen = request.args.get
    action = chosen("handeling", "")
    return Asked(
        words=chosen("q", "").strip()[:200],
        actor=chosen("wie", "").strip()[:80],
        actions=(action[:40],) if action else (),
        result=chosen("resultaat", "")[:20],
        first_day=_day(chosen("vanaf", "")),
        last_day=_day(chosen("tot", "")),
        before=_number(chosen("voor", "")),
    )


def _older(before: int) -> str:
    """The same question, for the rows before this one."""
    asked = {**request.args, "voor": str(before)}
    return f"{base()}/beheer/logboek?{urlencode(asked)}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
