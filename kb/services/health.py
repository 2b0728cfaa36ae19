"""Is everything in order? What `kb doctor` and the readiness page tell."""

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from kb.domain.terms import Scheme
from kb.language.texts import gettext as _
from kb.language.texts import mark, ngettext
from kb.services import auditing, indexing
from kb.services.work import Work
from kb.storage.audit import broken_links
from kb.storage.counting import total_published
from kb.storage.database import is_sqlite
from kb.storage.mail import number_unsent
from kb.storage.people import number_of_administrators

# Before this release a rare fault in SQLite's log could damage a database with several writers.
SAFE_SQLITE = (3, 51, 3)
ENOUGH_SPACE = 200 * 1024 * 1024
LONG_FOR_MAIL = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `text` says how it is, or what to do."""

    subject: str
    is_well: bool
    text: str


def examine(work: Work, data_dir: Path) -> tuple[Finding, ...]:
    """All findings; every check looks for itself, so one failing does not hide the others."""
    return (
        found(mark("Database"), lambda: _database(work)),
        found(mark("Vocabularies"), lambda: _vocabularies(work)),
        found(mark("Initiatives"), lambda: _initiatives(work)),
        found(mark("Audit trail"), lambda: _audit(work)),
        found(mark("Search index"), lambda: _index(work)),
        found(mark("Administrators"), lambda: _administrators(work)),
        found(mark("Mail"), lambda: _mail(work)),
        found(mark("Disk space"), lambda: _space(data_dir)),
    )


def found(subject: str, look: Callable[[], tuple[bool, str]]) -> Finding:
    """What one look tells; a look that fails is a finding too."""
    try:
        well, text = look()
    except Exception as error:
        return Finding(subject, False, _("could not be looked at: %(error)s", error=error))
    return Finding(subject, well, text)


def _database(work: Work) -> tuple[bool, str]:
    if not is_sqlite(work.session):
        return True, _("PostgreSQL answers")
    version = ".".join(map(str, sqlite3.sqlite_version_info))
    if sqlite3.sqlite_version_info < SAFE_SQLITE:
        return True, _(
            "SQLite %(version)s answers; version 3.51.3 mends a rare fault with several writers, "
            "so upgrade it when you can",
            version=version,
        )
    return True, _("SQLite %(version)s answers", version=version)


def _vocabularies(work: Work) -> tuple[bool, str]:
    missing = [scheme.value for scheme in Scheme if not work.vocabulary.all(scheme)]
    if missing:
        return False, _("nothing in %(schemes)s; run: kb init", schemes=", ".join(missing))
    return True, ngettext("%(n)s term", "%(n)s terms", len(work.vocabulary))


def _initiatives(work: Work) -> tuple[bool, str]:
    number = total_published(work.session)
    if not number:
        return False, _("none published; run: kb seed")
    return True, ngettext("%(n)s published", "%(n)s published", number)


def _audit(work: Work) -> tuple[bool, str]:
    broken = broken_links(work.session)
    if broken:
        return False, auditing.broken_trail(broken[0])
    return True, _("every row follows from the one before")


def _index(work: Work) -> tuple[bool, str]:
    indexing.load(work, mend=False)
    health = indexing.check(work)
    if health.problem:
        return False, _("%(problem)s; run: kb index rebuild", problem=health.problem)
    return True, ngettext("%(n)s initiative", "%(n)s initiatives", health.records)


def _administrators(work: Work) -> tuple[bool, str]:
    number = number_of_administrators(work.session)
    if not number:
        return True, _("none yet; kb serve shows an address to make one")
    return True, ngettext("%(n)s administrator", "%(n)s administrators", number)


def _mail(work: Work) -> tuple[bool, str]:
    stuck = number_unsent(work.session, before=work.now - LONG_FOR_MAIL)
    if stuck:
        text = ngettext("%(n)s mail could not be sent", "%(n)s mails could not be sent", stuck)
        return False, _("%(text)s; look at KB_MAIL_HOST and the log", text=text)
    return True, _("nothing is stuck")


def _space(data_dir: Path) -> tuple[bool, str]:
    free = shutil.disk_usage(data_dir).free
    text = _("%(megabytes)s MB free", megabytes=free // 1024**2)
    if free < ENOUGH_SPACE:
        return False, _("%(text)s; make room, or new work cannot be kept", text=text)
    return True, text
