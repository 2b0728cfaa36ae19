"""Mail: kept in the same transaction as the deed it tells of, sent after it by whoever comes first."""

import json
import logging
import smtplib
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path

from kb.services.letters import Letter
from kb.services.work import Work
from kb.storage.mail import add_mail, claim_mail, give_up, is_mailed_about, mark_sent, postpone, waiting_mail
from kb.storage.people_tables import PersonRow

log = logging.getLogger(__name__)

BATCH = 20
TIMEOUT_S = 20
# Who claims a mail has this long; then somebody else may try.
CLAIM = timedelta(minutes=5)
# After each failed try a longer wait; after the last we give up.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 600))

OpenWork = Callable[..., AbstractContextManager[Work]]


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over. `tls` is `starttls`, `ssl` or `none` (only for a server on this machine)."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    tls: str = "starttls"
    ca_file: Path | None = None

    def send(self, message: EmailMessage) -> None:
        """Raises OSError or SMTPException when the server does not take it, or is not who it says it is."""
        context = ssl.create_default_context(cafile=self.ca_file)
        with self._connect(context) as connection:
            if self.tls == "starttls":
                connection.starttls(context=context)
            if self.user:
                connection.login(self.user, self.password)
            connection.send_message(message)

    def _connect(self, context: ssl.SSLContext) -> smtplib.SMTP:
        if self.tls == "ssl":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT_S, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_S)


@dataclass(frozen=True, slots=True)
class Folder:
    """For development: each mail becomes a file."""

    place: Path
    sender: str

    def send(self, message: EmailMessage) -> None:
        self.place.mkdir(parents=True, exist_ok=True)
        # The whole of it: its beginning is a time that two mails may share, and one would replace the other.
        number = message["Message-ID"].strip("<>").partition("@")[0]
        name = f"{message['Date'].datetime:%Y%m%d-%H%M%S}-{number}.eml"
        path = self.place / name.replace("/", "_")
        path.touch(mode=0o600)
        path.write_bytes(bytes(message))


Post = Server | Folder


def queue(work: Work, row: PersonRow, letter: Letter, *, reply_to: str = "") -> bool:
    """A mail to somebody with an account; False where the person was erased and has no address."""
    if not row.email:
        return False
    return queue_to(work, row.email, letter, person_id=row.id, reply_to=reply_to)


def queue_to(
    work: Work,
    address: str,
    letter: Letter,
    *,
    about: str | None = None,
    person_id: int | None = None,
    reply_to: str = "",
) -> bool:
    """A mail to a mailbox. `about` names what it tells of: False when a mail about that went before."""
    if about is not None and is_mailed_about(work.session, about):
        return False
    document = {"to": address, "subject": letter.subject, "text": letter.text, "reply_to": reply_to}
    if letter.ends:
        document["ends"] = letter.ends
    sealed = work.office.keys.seal(json.dumps(document))
    add_mail(work.session, sealed=sealed, about=about, person_id=person_id, now=work.now)
    return True


def deliver(open_work: OpenWork, post: Post) -> int:
    """Sends all that waits; no transaction is open while the other side takes its time. How many went."""
    sent = 0
    # What cannot be sent now waits for later, so it is not met again.
    while waiting := _waiting(open_work):
        sent += sum(_deliver_one(open_work, post, mail_id) for mail_id in waiting)
    return sent


def _waiting(open_work: OpenWork) -> tuple[int, ...]:
    with open_work() as work:
        return waiting_mail(work.session, now=work.now, limit=BATCH)


def _deliver_one(open_work: OpenWork, post: Post, mail_id: int) -> bool:
    with open_work(writing=True) as work:
        row = claim_mail(work.session, mail_id, now=work.now, until=work.now + CLAIM)
        if row is None:
            return False
        tries, text = row.tries, work.office.keys.unseal(row.sealed)
        if text is None:
            give_up(work.session, mail_id)
            log.error("mail cannot be read, the secret key has changed mail=%s", mail_id)
            return False
        message = _message(json.loads(text), post.sender, work)
    try:
        post.send(message)
    except (OSError, smtplib.SMTPException) as error:
        _try_later(open_work, mail_id, tries, error)
        return False
    with open_work(writing=True) as work:
        mark_sent(work.session, mail_id, now=work.now)
    log.info("mail sent mail=%s", mail_id)
    return True


def _try_later(open_work: OpenWork, mail_id: int, tries: int, error: Exception) -> None:
    # What a server answers may hold an address, so only its kind is logged.
    log.warning("mail not sent mail=%s try=%s error=%s", mail_id, tries, type(error).__name__)
    with open_work(writing=True) as work:
        if tries > len(WAITS):
            give_up(work.session, mail_id)
        else:
            postpone(work.session, mail_id, until=work.now + WAITS[tries - 1])


def _message(document: dict[str, str], sender: str, work: Work) -> EmailMessage:
    """The library refuses line ends in a header, so nobody adds receivers of their own."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = _one_line(document["to"])
    message["Subject"] = _one_line(document["subject"])
    message["Date"] = format_datetime(work.now)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip("> ") or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    if document["reply_to"]:
        message["Reply-To"] = _one_line(document["reply_to"])
    if ends := document.get("ends"):
        message["List-Unsubscribe"] = f"<{ends}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(document["text"])
    return message


def _one_line(text: str) -> str:
    return " ".join(text.split())
