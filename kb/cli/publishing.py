"""`kb dump` and `kb site`: everything public as files, and the portal as pages in a folder."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import ScriptInfo

from kb.cli.dumping import write_data
from kb.cli.folders import made_anew
from kb.cli.running import running
from kb.exchange.formats import Format
from kb.language.texts import LANGUAGES, ngettext
from kb.language.texts import gettext as _

DATA = "gegevens"
SITE = "kb_static_site"
EVERY = 500
FOLDER = click.argument("folder", type=click.Path(path_type=Path))


@click.command()
@FOLDER
def dump(folder: Path) -> None:
    """Write all public data into FOLDER: every format, the lists, and a manifest of hashes."""
    with running() as runtime:
        runtime.open_index()
        with made_anew(folder) as fresh:
            count = write_data(runtime, fresh)
    click.echo(ngettext("%(n)s initiative written", "%(n)s initiatives written", count))


@click.command()
@FOLDER
@click.option(
    "--language", "languages", multiple=True, type=click.Choice(LANGUAGES), help="Both unless given."
)
@click.pass_obj
def site(script: ScriptInfo, folder: Path, languages: tuple[str, ...]) -> None:
    """Write the whole public portal into FOLDER, as pages that work without a server."""
    with running() as runtime:
        app = script.load_app()
        with made_anew(folder) as fresh:
            (fresh / DATA).mkdir()
            write_data(runtime, fresh / DATA)
            count = write_pages(app, fresh, languages or LANGUAGES)
    click.echo(ngettext("%(n)s file written", "%(n)s files written", count))
    click.echo(_("Open %(file)s in a browser.", file=folder / "index.html"))


def write_pages(app: Flask, folder: Path, languages: tuple[str, ...]) -> int:
    """Every page, script and picture of the copy, and how many there are."""
    downloads = {f"/zoeken.{ending}": f"{DATA}/initiatieven.{ending}" for ending in Format}
    copy = app.extensions[SITE](app, tuple(languages), downloads)
    count = 0
    for name, content in copy.files(_tell):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        count += 1
    return count


def _tell(done: int) -> None:
    if done % EVERY == 0:
        click.echo(ngettext("%(n)s page", "%(n)s pages", done), err=True)
