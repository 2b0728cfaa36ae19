"""`kb index`: the search index, which follows the database and can always be made again."""

import sys
import time

import click

from kb.cli.running import running
from kb.language.texts import gettext as _
from kb.language.texts import ngettext
from kb.services import indexing


@click.group()
def index() -> None:
    """Look after the search index."""


@index.command()
def rebuild() -> None:
    """Write the index anew from the database."""
    started = time.perf_counter()
    with running() as runtime, runtime.work() as work:
        number = indexing.rebuild(work)
    seconds = time.perf_counter() - started
    click.echo(
        ngettext(
            "%(n)s initiative indexed in %(seconds)s seconds",
            "%(n)s initiatives indexed in %(seconds)s seconds",
            number,
            seconds=f"{seconds:.1f}",
        )
    )


@index.command()
def check() -> None:
    """Tell whether the index is whole and holds what the database holds."""
    with running() as runtime, runtime.work() as work:
        indexing.load(work, mend=False)
        health = indexing.check(work)
    if health.problem:
        click.echo(_("The index is not in order: %(problem)s. Run: kb index rebuild", problem=health.problem))
        sys.exit(1)
    click.echo(
        ngettext(
            "The index is in order: %(n)s initiative, change %(sequence)s",
            "The index is in order: %(n)s initiatives, change %(sequence)s",
            health.records,
            sequence=health.sequence,
        )
    )


@index.command("catch-up")
def catch_up() -> None:
    """Write changes that the index has not seen yet."""
    with running() as runtime, runtime.work() as work:
        indexing.load(work)
        indexing.catch_up(work)
        written = indexing.commit(work)
    click.echo(_("The index is up to date.") if written else _("There was nothing to write."))
