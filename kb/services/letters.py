"""The words of our mails: plain text, in the language of whoever reads it."""

from dataclasses import dataclass

from kb.domain.messages import Message, MessageKind
from kb.language.texts import gettext as _
from kb.language.texts import speaking
from kb.services.office import Office


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str


def invitation(office: Office, language: str, token: str) -> Letter:
    with speaking(language):
        return _letter(
            office,
            _("Your invitation to %(name)s", name=office.name),
            _("You are invited to work with %(name)s.", name=office.name),
            _("Choose a password within one hour by opening this address:"),
            office.address(f"/uitnodiging/{token}", language),
            _("Was the hour over? Open the same address and ask for a new invitation."),
        )


def new_password(office: Office, language: str, token: str) -> Letter:
    with speaking(language):
        return _letter(
            office,
            _("Choose a new password for %(name)s", name=office.name),
            _("Somebody asked for a new password for your account."),
            _("Was that you? Open this address within one hour:"),
            office.address(f"/wachtwoord/{token}", language),
            _("Was it not you? Then do nothing. Your password stays as it is."),
        )


def password_changed(office: Office, language: str) -> Letter:
    with speaking(language):
        return _letter(
            office,
            _("Your password for %(name)s was changed", name=office.name),
            _("The password of your account was changed just now."),
            _("Was it not you? Ask for a new password at once:"),
            office.address("/wachtwoord-vergeten", language),
        )


def question(office: Office, language: str, message: Message, *, slug: str, title: str) -> Letter:
    """What a visitor wrote, with a bar before each line, so that nobody takes it for words of ours."""
    with speaking(language):
        about = _("Something is not right: %(title)s", title=title)
        if message.kind is MessageKind.CONTACT:
            about = _("Question about %(title)s", title=title)
        answer = _("The visitor left no mail address.")
        if message.reply_to:
            answer = _("Answer this mail to write back. The visitor does not know your address until then.")
        return _letter(
            office,
            about,
            _("A visitor of %(name)s wrote about this initiative:", name=office.name),
            office.address(f"/initiatieven/{slug}", language),
            "\n".join(f"| {line}" for line in message.words.splitlines()),
            answer,
        )


def _letter(office: Office, subject: str, *paragraphs: str) -> Letter:
    return Letter(subject, "\n\n".join((*paragraphs, f"{office.name}\n{office.base_url}")) + "\n")
