"""`kb init` and `kb seed`: tables, vocabularies and initiatives, with progress shown."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from kb.cli.running import running, stop
from kb.language.texts import gettext as _
from kb.language.texts import ngettext
from kb.paths import asset_dir
from kb.runtime import Runtime
from kb.schemas.seed import read_approaches, read_seed
from kb.schemas.vocabulary import read_vocabularies
from kb.services import indexing, seeding

LINE_EVERY = 100


@click.command()
def init() -> None:
    """Make the tables and load the vocabularies."""
    with running() as runtime, runtime.work(writing=True) as work:
        changed = seeding.load_vocabularies(work, read_vocabularies(asset_dir("seed_data") / "vocabularies"))
    click.echo(ngettext("%(n)s term loaded", "%(n)s terms loaded", changed))


@click.command()
@click.argument("place", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--voorbeeld", is_flag=True, help="Load made-up initiatives instead, to show how the rules work."
)
def seed(place: Path | None, voorbeeld: bool) -> None:
    """Load the vocabularies and the initiatives in PLACE: a file or folder, ours unless given."""
    with running() as runtime:
        _refuse_mixing(runtime, voorbeeld)
        done = load_example(runtime) if voorbeeld else load(runtime, place)
    if done is None:
        click.echo(_("Everything was loaded before; nothing has changed."))
        return
    click.echo(
        ngettext("%(n)s initiative loaded", "%(n)s initiatives loaded", done.initiatives)
        + "; "
        + ngettext("%(n)s was there already", "%(n)s were there already", done.known)
    )


def load(runtime: Runtime, place: Path | None = None) -> seeding.Seeded | None:
    """Loads what is not loaded yet in one transaction; None when there is nothing to load.

    A catalogue of made-up initiatives stays one: the real ones never join them.
    """
    folder = asset_dir("seed_data")
    with runtime.work() as work:
        if seeding.is_example(work):
            return None
    return _load(runtime, place or folder / "initiatives", folder / "approaches.yaml")


def load_example(runtime: Runtime) -> seeding.Seeded | None:
    """Loads the made-up initiatives and marks the catalogue, so that every page says so."""
    folder = asset_dir("seed_data") / "example"
    done = _load(runtime, folder / "initiatives.yaml", folder / "approaches.yaml")
    with runtime.work(writing=True) as work:
        seeding.mark_example(work)
    return done


def _refuse_mixing(runtime: Runtime, voorbeeld: bool) -> None:
    with runtime.work() as work:
        example, filled = seeding.is_example(work), seeding.is_filled(work)
    if filled and example != voorbeeld:
        stop(
            _(
                "Real and made-up initiatives do not go together in one catalogue. "
                "Set KB_DATA_DIR to another folder."
            )
        )


def _load(runtime: Runtime, place: Path, approaches_file: Path) -> seeding.Seeded | None:
    vocabularies = asset_dir("seed_data") / "vocabularies"
    fingerprint = _fingerprint([vocabularies, approaches_file, place])
    with runtime.work() as work:
        if seeding.is_loaded(work, fingerprint):
            return None
    with runtime.work(writing=True) as work:
        terms = seeding.load_vocabularies(work, read_vocabularies(vocabularies))
        records = read_seed(place, work.vocabulary)
        approaches = read_approaches(approaches_file)
        with _progress(_("Loading initiatives")) as progress:
            done = seeding.seed(
                work, records, approaches, terms=terms, fingerprint=fingerprint, progress=progress
            )
    if done.initiatives:
        click.echo(_("Building the search index"), err=True)
        with runtime.work() as work:
            indexing.build(work)
    return done


@contextmanager
def _progress(text: str) -> Iterator[seeding.Progress]:
    """A bar for somebody who looks on; a line now and then where the output goes into a file."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, total: _line(text, done, total)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        bar = bars.add_task(text, total=None)
        yield lambda done, total: bars.update(bar, completed=done, total=total)


def _line(text: str, done: int, total: int) -> None:
    if done % LINE_EVERY == 0 or done == total:
        click.echo(f"{text} {done}/{total}", err=True)


def _fingerprint(places: list[Path]) -> str:
    """Names the contents of these files together."""
    digest = hashlib.sha256()
    for path in _files(places):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(places: list[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from sorted(path for path in place.rglob("*") if path.is_file())
        elif place.exists():
            yield place
