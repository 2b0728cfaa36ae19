"""`kb dump` and `kb site`: everything public as files, and the portal as pages in a folder."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import ScriptInfo

from kb.cli.folders import made_anew
from kb.cli.running import running
from kb.domain.search import Search, Sort
from kb.exchange.approaches_out import approaches_yaml
from kb.exchange.atom import MOST
from kb.exchange.edition import Edition
from kb.exchange.formats import KINDS, Format, write
from kb.exchange.manifest import Manifest
from kb.exchange.terms_out import terms_csv
from kb.language.texts import LANGUAGES, ngettext
from kb.language.texts import gettext as _
from kb.runtime import Runtime
from kb.services import exporting, places

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


def write_data(runtime: Runtime, folder: Path) -> int:
    """All public data, and how many initiatives that are."""
    manifest = Manifest(runtime.settings.name, runtime.clock(), runtime.settings.base_url)
    for wanted in Format:
        name = "feed.atom" if wanted is Format.ATOM else f"initiatieven.{wanted}"
        asked, most = (Search(sort=Sort.NEWEST), MOST) if wanted is Format.ATOM else (None, None)
        with exporting.export(runtime.work, asked, most=most) as outgoing, (folder / name).open("wb") as file:
            for piece in write(wanted, outgoing, _edition(runtime, outgoing, name)):
                file.write(piece)
            manifest.records = max(manifest.records, outgoing.total)
        manifest.note(folder, name, KINDS[wanted].media_type)
    with runtime.work() as work:
        (folder / "aanpakken.yaml").write_bytes(approaches_yaml(one for one, _ in places.approaches(work)))
        (folder / "lijsten.csv").write_bytes(terms_csv(work.vocabulary))
    manifest.note(folder, "aanpakken.yaml", KINDS[Format.YAML].media_type)
    manifest.note(folder, "lijsten.csv", KINDS[Format.CSV].media_type)
    manifest.write(folder)
    return manifest.records


def _edition(runtime: Runtime, outgoing: exporting.Outgoing, name: str) -> Edition:
    site = runtime.settings.base_url
    return Edition(
        vocabulary=outgoing.work.vocabulary,
        now=outgoing.work.now,
        site_name=runtime.settings.name,
        site_url=site,
        address=f"{site}/{name}",
        page=f"{site}/zoeken",
        title=runtime.settings.name,
        approaches=exporting.approach_names(outgoing.work),
    )


def _tell(done: int) -> None:
    if done % EVERY == 0:
        click.echo(ngettext("%(n)s page", "%(n)s pages", done), err=True)
