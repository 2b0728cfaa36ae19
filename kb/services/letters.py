"""The words of our mails: plain text, in the language of whoever reads it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kb.domain.messages import Message, MessageKind
from kb.domain.reminders import Duty, Reason
from kb.domain.terms import Scheme, Vocabulary
from kb.language import texts
from kb.language.formats import day
from kb.language.texts import gettext as _
from kb.language.texts import ngettext, speaking
from kb.services.office import Office

# A mail with more lines than this is read by nobody; the desk shows the rest.
LINES = 25


@dataclass(frozen=True, slots=True)
class Letter:
    """`ends` is the address at which a mail program can end such mails, with one click (RFC 8058)."""

    subject: str
    text: str
    ends: str = ""


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


def asks_to_join(office: Office, language: str, *, name: str, title: str, words: str) -> Letter:
    """A colleague wants to work on it too; the answer is given on the desk."""
    with speaking(language):
        return _letter(
            office,
            _("May %(name)s work on this too? %(title)s", name=name, title=title),
            _("%(name)s asks to work with you on “%(title)s”.", name=name, title=title),
            *(("\n".join(f"| {line}" for line in words.splitlines()),) if words else ()),
            _("Say yes or no on your desk:"),
            office.address("/mijn", language),
        )


def may_join(office: Office, language: str, *, slug: str, title: str) -> Letter:
    with speaking(language):
        return _letter(
            office,
            _("You can work on %(title)s now", title=title),
            _("You asked to work on “%(title)s”. You can from now on:", title=title),
            office.address(f"/mijn/initiatieven/{slug}/controleren", language),
        )


def may_not_join(office: Office, language: str, *, slug: str, title: str) -> Letter:
    with speaking(language):
        return _letter(
            office,
            _("You cannot work on %(title)s", title=title),
            _("You asked to work on “%(title)s”. Whoever keeps it up said no.", title=title),
            _("Something to tell them? Write to them through the page:"),
            office.address(f"/initiatieven/{slug}/contact", language),
        )


def takes_over(
    office: Office, language: str, *, name: str, lead: str, where: str, slug: str, title: str
) -> Letter:
    """A colleague elsewhere will do the same; nothing has to be answered."""
    with speaking(language):
        who = _(
            "%(name)s (%(lead)s) began a draft that takes over “%(title)s”.",
            name=name,
            lead=lead,
            title=title,
        )
        return _letter(
            office,
            _("Your approach is taken over: %(title)s", title=title),
            who,
            *((_("Where: %(where)s.", where=where),) if where else ()),
            _("Once it is public, both pages lead to each other. You need not do anything."),
            _("Is your own page still right? Here it is:"),
            office.address(f"/initiatieven/{slug}", language),
        )


def reminder(office: Office, language: str, duties: Sequence[Duty], vocabulary: Vocabulary) -> Letter:
    """What somebody should look at, each with the address where it is done."""
    with speaking(language):
        lines = [
            f"- {_duty(duty, vocabulary)}\n"
            f"  {office.address(f'/mijn/initiatieven/{duty.slug}/controleren', language)}"
            for duty in duties[:LINES]
        ]
        if len(duties) > LINES:
            rest = len(duties) - LINES
            lines.append(ngettext("And %(n)s more thing.", "And %(n)s more things.", rest))
        n, name = len(duties), office.name
        return _letter(
            office,
            ngettext("%(name)s: %(n)s thing to look at", "%(name)s: %(n)s things to look at", n, name=name),
            _("You keep initiatives up. Please look at this:"),
            *lines,
            _("You get this mail once. Everything stands on your desk too:"),
            office.address("/mijn", language),
        )


class News(StrEnum):
    """What happened to an initiative in a search that somebody follows."""

    NEW = "nieuw"
    CHANGED = "veranderd"
    GONE = "weg"


@dataclass(frozen=True, slots=True)
class DigestLine:
    news: News
    title: str
    slug: str


def digest(
    office: Office, language: str, *, name: str, lines: Sequence[DigestLine], key: int, token: str
) -> Letter:
    """What changed in a search, and how to get no more of these mails."""
    with speaking(language):
        told = [
            f"- {_news(line)}\n  {office.address(f'/initiatieven/{line.slug}', language)}"
            for line in lines[:LINES]
        ]
        if len(lines) > LINES:
            rest = len(lines) - LINES
            told.append(ngettext("And %(n)s more change.", "And %(n)s more changes.", rest))
        n = len(lines)
        ends = office.address(f"/volgen/{key}/opzeggen/{token}", language)
        letter = _letter(
            office,
            ngettext("“%(name)s”: %(n)s change", "“%(name)s”: %(n)s changes", n, name=name),
            _("You follow this search. Since the last time this changed:"),
            *told,
            _("All your searches:"),
            office.address("/mijn/volgen", language),
            _("No more mails about this search? Open this address:"),
            ends,
        )
        return replace(letter, ends=ends)


def _news(line: DigestLine) -> str:
    if line.news is News.NEW:
        return _("New: %(title)s", title=line.title)
    if line.news is News.CHANGED:
        return _("Changed: %(title)s", title=line.title)
    return _("No longer found: %(title)s", title=line.title)


def _duty(duty: Duty, vocabulary: Vocabulary) -> str:
    if duty.reason is Reason.CONFIRM:
        return _(
            "%(title)s: is it still right? It was last confirmed or published on %(day)s.",
            title=duty.title,
            day=day(duty.day),
        )
    words = {
        "title": duty.title,
        "indicator": vocabulary.label(Scheme.INDICATOR, duty.indicator, texts.language()),
        "day": day(duty.day),
    }
    if duty.reason is Reason.LATE:
        return _("%(title)s: the promised measurement of %(indicator)s was due on %(day)s.", **words)
    return _("%(title)s: the promised measurement of %(indicator)s is due on %(day)s.", **words)


def _letter(office: Office, subject: str, *paragraphs: str) -> Letter:
    return Letter(subject, "\n\n".join((*paragraphs, f"{office.name}\n{office.base_url}")) + "\n")
