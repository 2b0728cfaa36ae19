"""A new password for somebody who forgot it: asked on a page, answered by mail afterwards.

Who asks is only written down, whoever it is; whether there is such an account is looked up when nobody is
waiting for an answer any more. So neither words nor time tell who has an account.
"""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

from kb.services import letters, limits, mailing
from kb.services.auditing import FAILED, note
from kb.services.limits import Limit
from kb.services.links import Purpose, make_link
from kb.services.mailing import Post, queue
from kb.services.work import Work
from kb.storage.logins import add_reset_request, reset_requests, take_reset_request
from kb.storage.people import person_row_by_email, plain_email

OpenWork = Callable[..., AbstractContextManager[Work]]
ASK = "nieuw wachtwoord vragen"


def ask(work: Work, email: str, place: str) -> None:
    """Writes down that a link is wanted; raises TooOften."""
    limits.count(work, Limit.RESET_PLACE, place)
    limits.count(work, Limit.RESET_ACCOUNT, plain_email(email))
    sealed = work.office.keys.seal(json.dumps({"email": plain_email(email), "origin": work.origin}))
    add_reset_request(work.session, sealed, now=work.now)


def send_mail(open_work: OpenWork, post: Post) -> int:
    """Writes the mails that were asked for, and sends all that waits; how many went."""
    with open_work() as work:
        waiting = reset_requests(work.session)
    for key in waiting:
        with open_work(writing=True) as work:
            _answer(work, take_reset_request(work.session, key))
    return mailing.deliver(open_work, post)


def _answer(work: Work, sealed: str | None) -> None:
    """Nothing where somebody else took it, or where it was sealed under another secret."""
    text = work.office.keys.unseal(sealed) if sealed else None
    if text is None:
        return
    asked = json.loads(text)
    work.origin = asked["origin"]
    row = person_row_by_email(work.session, asked["email"])
    if row is None or row.disabled_at is not None:
        note(work, "publiek", ASK, "persoon", "onbekend", result=FAILED)
        return
    token = make_link(work, Purpose.RESET, row.id)
    queue(work, row, letters.new_password(work.office, row.language, token))
    note(work, f"persoon:{row.id}", ASK, "persoon", row.id)
