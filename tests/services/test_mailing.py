"""Mail as it goes out: over a real server, over a safe line, once, and later when it cannot go now."""

import socket
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import make_msgid

import pytest
from sqlalchemy import select

from kb.runtime import Runtime
from kb.services import mailing
from kb.services.letters import Letter
from kb.services.mailing import Server
from kb.settings import Settings, Tls
from kb.storage.people_tables import MailRow
from tests.accounts import Clock, letters_of
from tests.conftest import NOW
from tests.mail_server import HOST, PASSWORD, USER, mail_server, make_certificate

LETTER = Letter("Café: één vraag", "Hallo,\n\nDit is een tekst met een ë.\n")


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def runtime(tmp_path, clock):
    """A database and nothing in it."""
    runtime = Runtime(Settings(data_dir=tmp_path), clock=clock)
    runtime.prepare()
    yield runtime
    runtime.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("mail"))


@pytest.fixture
def server(certificate):
    """How the portal reaches a server that asks for a safe line and a password, and what arrives there."""
    with mail_server(*certificate) as (port, mailbox):
        yield (
            Server(HOST, port, "noreply@example.nl", user=USER, password=PASSWORD, ca_file=certificate[0]),
            mailbox,
        )


def _queue(runtime: Runtime, address: str = "jan@example.nl", **more: str) -> bool:
    with runtime.work(writing=True) as work:
        return mailing.queue_to(work, address, LETTER, **more)


def _rows(runtime: Runtime) -> list[MailRow]:
    with runtime.work() as work:
        return list(work.session.scalars(select(MailRow).order_by(MailRow.id)))


def test_a_mail_arrives_over_a_safe_line_with_its_accents(runtime, server):
    post, mailbox = server
    _queue(runtime, reply_to="vraag@example.org")
    assert mailing.deliver(runtime.work, post) == 1
    ((receivers, text),) = mailbox.letters
    message = message_from_bytes(text, policy=policy.default)
    assert (receivers, mailbox.was_safe) == (["jan@example.nl"], [True])
    assert (message["From"], message["To"]) == ("noreply@example.nl", "jan@example.nl")
    assert (message["Subject"], message["Reply-To"]) == (LETTER.subject, "vraag@example.org")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().replace("\r\n", "\n") == LETTER.text


def test_a_server_that_speaks_tls_from_the_start_is_reached_too(runtime, certificate):
    with mail_server(*certificate, tls="ssl") as (port, mailbox):
        post = Server(HOST, port, "noreply@example.nl", tls="ssl", ca_file=certificate[0])
        _queue(runtime)
        assert mailing.deliver(runtime.work, post) == 1
    assert len(mailbox.letters) == 1


def test_a_server_on_this_machine_needs_no_certificate(runtime, certificate):
    with mail_server(*certificate, tls="none") as (port, mailbox):
        _queue(runtime)
        assert mailing.deliver(runtime.work, Server(HOST, port, "noreply@example.nl", tls="none")) == 1
    assert mailbox.was_safe == [False]


def test_the_settings_say_which_server(tmp_path, certificate):
    with mail_server(*certificate) as (port, mailbox):
        settings = Settings(
            data_dir=tmp_path,
            mail_host=HOST,
            mail_port=port,
            mail_tls=Tls.STARTTLS,
            mail_user=USER,
            mail_password=PASSWORD,
            mail_ca_file=certificate[0],
        )
        runtime = Runtime(settings)
        runtime.prepare()
        _queue(runtime)
        assert mailing.deliver(runtime.work, runtime.post) == 1
        runtime.close()
    assert len(mailbox.letters) == 1


def test_a_server_whose_certificate_nobody_trusts_gets_nothing(runtime, server):
    post, mailbox = server
    _queue(runtime)
    assert mailing.deliver(runtime.work, replace(post, ca_file=None)) == 0
    assert mailbox.letters == []
    assert _rows(runtime)[0].sent_at is None


def test_a_wrong_password_of_the_portal_keeps_the_mail_for_later(runtime, server, clock):
    post, mailbox = server
    _queue(runtime)
    assert mailing.deliver(runtime.work, replace(post, password="fout")) == 0
    clock.forward(minutes=2)
    assert mailing.deliver(runtime.work, post) == 1
    assert len(mailbox.letters) == 1


def test_one_mailbox_that_is_refused_does_not_stop_the_others(runtime, server):
    post, mailbox = server
    mailbox.refused.add("weg@example.nl")
    for address in ("weg@example.nl", "jan@example.nl", "piet@example.nl"):
        _queue(runtime, address)
    assert mailing.deliver(runtime.work, post) == 2
    assert [receivers for receivers, _ in mailbox.letters] == [["jan@example.nl"], ["piet@example.nl"]]


def test_more_than_one_batch_goes_at_once(runtime, server):
    post, mailbox = server
    for number in range(mailing.BATCH + 5):
        _queue(runtime, f"nummer{number}@example.nl")
    assert mailing.deliver(runtime.work, post) == mailing.BATCH + 5
    assert len(mailbox.letters) == mailing.BATCH + 5


def test_without_a_server_it_is_tried_again_ever_later_and_then_given_up(runtime, clock):
    with socket.create_server((HOST, 0)) as closed:
        port = closed.getsockname()[1]
    post = Server(HOST, port, "noreply@example.nl", tls="none")
    _queue(runtime)
    waits = []
    while (row := _rows(runtime)[0]).next_try_at is not None:
        waits.append(row.next_try_at - clock.now)
        clock.now = row.next_try_at
        assert mailing.deliver(runtime.work, post) == 0
    assert waits == [timedelta(0), *mailing.WAITS]
    assert (row.sent_at, row.sealed) == (None, "")


def test_a_mail_about_the_same_thing_goes_once(runtime, server):
    post, mailbox = server
    assert _queue(runtime, about="iets 1")
    assert not _queue(runtime, about="iets 1")
    mailing.deliver(runtime.work, post)
    assert not _queue(runtime, about="iets 1")
    assert mailing.deliver(runtime.work, post) == 0
    assert len(mailbox.letters) == 1


def test_of_two_postmen_at_once_one_takes_the_mail(runtime, server):
    post, mailbox = server
    _queue(runtime)

    class Nested:
        """While the first is busy sending, a second comes along."""

        sender = post.sender

        def send(self, message) -> None:
            assert mailing.deliver(runtime.work, post) == 0
            post.send(message)

    assert mailing.deliver(runtime.work, Nested()) == 1
    assert len(mailbox.letters) == 1


def test_c25_nobody_adds_receivers_or_headers_by_a_line_end(runtime, server):
    post, mailbox = server
    with runtime.work(writing=True) as work:
        letter = Letter("Vraag\r\nBcc: b@example.org", "Tekst\r\n.\r\nMAIL FROM:<x@example.org>\r\n")
        mailing.queue_to(work, "jan@example.nl", letter, reply_to="a@example.org\nBcc: c@example.org")
    mailing.deliver(runtime.work, post)
    for receivers, text in mailbox.letters:
        assert receivers == ["jan@example.nl"]
        assert message_from_bytes(text, policy=policy.default)["Bcc"] is None


def test_in_development_a_mail_becomes_a_file_for_the_owner_only(runtime):
    _queue(runtime)
    assert mailing.deliver(runtime.work, runtime.post) == 1
    (path,) = (runtime.settings.data_dir / "mail").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert letters_of(runtime) == [f"jan@example.nl\n{LETTER.subject}\n{LETTER.text}"]


def test_after_it_went_the_text_is_gone_from_the_database(runtime):
    _queue(runtime, about="iets 2")
    mailing.deliver(runtime.work, runtime.post)
    (row,) = _rows(runtime)
    assert (row.sealed, row.sent_at) == ("", NOW)


def test_mails_of_one_moment_are_each_a_file_of_their_own(tmp_path):
    box = mailing.Folder(tmp_path, "portaal@example.nl")
    for number in range(200):
        message = EmailMessage()
        message["Date"] = "Mon, 02 Mar 2026 09:30:00 +0000"
        message["Message-ID"] = make_msgid(domain="example.nl")
        message.set_content(f"Bericht {number}")
        box.send(message)
    assert len(list(tmp_path.glob("*.eml"))) == 200
