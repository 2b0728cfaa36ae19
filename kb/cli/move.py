"""`kb move --to URL`: everything from this database to another, as from SQLite to PostgreSQL."""

import click

from kb.cli.running import running, stop
from kb.language.texts import gettext as _
from kb.language.texts import ngettext
from kb.runtime import Runtime
from kb.services import moving
from kb.settings import Settings, SettingsError


@click.command()
@click.option("--to", "url", required=True, help="Address of the new, empty database: postgresql://...")
def move(url: str) -> None:
    """Copy everything to another database and prove that it arrived. Stop the portal first."""
    with running() as runtime:
        settings = _settings_with(runtime.settings, url)
        try:
            moved = moving.move(runtime.engine, settings.database_url, progress=_show)
        except moving.NotMoved as problem:
            stop(_not_moved(problem))
    _index(settings)
    click.echo(
        ngettext(
            "%(n)s row moved; counts and hashes agree. Set KB_DATABASE_URL to the new address.",
            "%(n)s rows moved; counts and hashes agree. Set KB_DATABASE_URL to the new address.",
            moved.rows,
        )
    )


def _settings_with(settings: Settings, url: str) -> Settings:
    try:
        return settings.with_database(url)
    except SettingsError as error:
        stop(*error.problems)


def _not_moved(problem: moving.NotMoved) -> str:
    if not problem.was_empty:
        return _("Nothing was moved: table %(table)s of the new database has rows.", table=problem.table)
    return _("Nothing was moved: table %(table)s did not arrive as it was sent.", table=problem.table)


def _index(settings: Settings) -> None:
    """The search index is not moved but made from what arrived."""
    arrived = Runtime(settings)
    try:
        arrived.open_index()
    finally:
        arrived.close()


def _show(copied: moving.Copied) -> None:
    click.echo(f"{copied.table:<28}{copied.rows:>10}  {copied.hash[:12]}")
