"""`kb user`, `kb audit`, `kb mail` and `kb remind`: what an administrator does at a terminal."""

import sys
from urllib.parse import parse_qsl

import click

from kb.cli.running import running
from kb.domain.people import ACCOUNT_ROLES, SYSTEM
from kb.domain.workflow import Role
from kb.language.labels import label
from kb.language.texts import gettext as _
from kb.language.texts import ngettext
from kb.runtime import Runtime
from kb.schemas.search import read_query
from kb.services import (
    accounts,
    auditing,
    clusters,
    following,
    invitations,
    missed,
    relaying,
    reminding,
    resetting,
)
from kb.services.invitations import Newcomer

ROLES = click.Choice([role.value for role in ACCOUNT_ROLES])


@click.group()
def user() -> None:
    """Look after the people with an account."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="Name as colleagues see it.")
@click.option("--role", type=ROLES, default=Role.COORDINATOR.value, show_default=True)
@click.option("--region", "regions", multiple=True, help="Code of a region, such as AM05; may be repeated.")
@click.option("--language", default="nl", show_default=True, help="Language of the mails: nl or en.")
@click.option("--mail", is_flag=True, help="Mail the link too.")
def create(email: str, name: str, role: str, regions: tuple[str, ...], language: str, mail: bool) -> None:
    """Make an account for EMAIL and show the link with which it gets its password."""
    newcomer = Newcomer(email, name, Role(role), regions, language)
    with running() as runtime:
        with runtime.work(writing=True) as work:
            _number, token = invitations.invite(work, SYSTEM, newcomer, mailed=mail)
        _show_link(runtime, f"/uitnodiging/{token}", language)
        if mail:
            resetting.send_mail(runtime.work, runtime.post)


@user.command()
@click.argument("email")
def disable(email: str) -> None:
    """End all sessions of EMAIL and let nobody in with that account any more."""
    with running() as runtime, runtime.work(writing=True) as work:
        accounts.disable(work, SYSTEM, accounts.find(work, SYSTEM, email).id)
    click.echo(_("The account %(email)s is disabled.", email=email))


@user.command()
@click.argument("email")
@click.option("--second-factor", is_flag=True, help="Take away the second factor too, when it was lost.")
def reset(email: str, second_factor: bool) -> None:
    """End all sessions and the password of EMAIL, and show the link for a new one."""
    with running() as runtime:
        with runtime.work(writing=True) as work:
            found = accounts.find(work, SYSTEM, email)
            if second_factor:
                accounts.remove_second_factor(work, SYSTEM, found.id)
            token = invitations.reset_by_hand(work, SYSTEM, found.id, mailed=False)
        _show_link(runtime, f"/wachtwoord/{token}", found.language)


@user.command("list")
def list_them() -> None:
    """Everybody with an account."""
    with running() as runtime, runtime.work() as work:
        people = accounts.list_people(work, SYSTEM)
    for each in people:
        state = "" if each.is_active else _("disabled")
        places = ", ".join(each.regions)
        click.echo(
            "  ".join(part for part in (each.email, label(each.role), places, each.name, state) if part)
        )
    click.echo(ngettext("%(n)s user", "%(n)s users", len(people)))


@click.group()
def audit() -> None:
    """Look after the audit trail."""


@audit.command()
@click.option("--contains", "known", default="", help="A hash that this command showed before.")
def verify(known: str) -> None:
    """Tell whether a row was changed or removed, and show the hash of the newest row.

    Keep that hash outside this machine: whoever can change the whole database cannot change it there.
    """
    with running() as runtime, runtime.work() as work:
        broken = auditing.verify(work, SYSTEM)
        newest = auditing.newest(work, SYSTEM)
        is_gone = bool(known) and not auditing.contains(work, SYSTEM, known)
    if broken:
        click.echo(auditing.broken_trail(broken[0]), err=True)
    if is_gone:
        click.echo(_("No row has the hash %(hash)s: the trail was written anew.", hash=known), err=True)
    if broken or is_gone:
        sys.exit(1)
    click.echo(_("Every row follows from the one before."))
    click.echo(_("Newest row: %(hash)s", hash=newest))


@click.group()
def mail() -> None:
    """Look after the mail."""


@mail.command()
def send() -> None:
    """Send the mail that waits now."""
    with running() as runtime:
        sent = resetting.send_mail(runtime.work, runtime.post)
    click.echo(ngettext("%(n)s mail sent", "%(n)s mails sent", sent))


@click.command()
def remind() -> None:
    """Mail everybody what needs looking at. Run it once a day; nobody is reminded of one thing twice."""
    with running() as runtime:
        with runtime.work(writing=True) as work:
            told = reminding.remind(work)
            relaying.forget_old(work)
            missed.forget_old(work)
            mails = following.digest(work, lambda query: read_query(parse_qsl(query), work.vocabulary))
        resetting.send_mail(runtime.work, runtime.post)
        clusters.find_all(runtime.work)
    things = ngettext("%(n)s thing", "%(n)s things", sum(map(len, told.values())))
    people = ngettext("%(n)s person", "%(n)s people", len(told))
    click.echo(_("Reminded: %(people)s, of %(things)s", people=people, things=things))
    click.echo(ngettext("%(n)s mail about a search", "%(n)s mails about searches", mails))


def offer_set_up(runtime: Runtime) -> None:
    """At a start without any administrator: the address where the first one is made."""
    with runtime.work(writing=True) as work:
        token = invitations.offer_set_up(work)
    if token:
        address = runtime.office.address(f"/eerste-start/{token}", "nl")
        click.echo(
            _("There is no administrator yet. Make one within one hour at %(address)s", address=address)
        )


def _show_link(runtime: Runtime, path: str, language: str) -> None:
    click.echo(_("Open this address within one hour; it works once:"))
    click.echo(runtime.office.address(path, language))
