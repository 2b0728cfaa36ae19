"""`kb import`: a file becomes drafts, with a dry run first."""

import sys
from pathlib import Path

import click

from kb.cli.limits import limit_process
from kb.cli.running import running, stop
from kb.domain.imports import Outcome, Stage
from kb.domain.people import SYSTEM, Person
from kb.exchange.mapping import FileMapping
from kb.language.imports import outcome_line, remark_text, row_error
from kb.language.texts import gettext as _
from kb.language.texts import ngettext
from kb.runtime import Runtime
from kb.services.importing import reporting, runs, stepping
from kb.services.persons import person_by_email

SHOWN = 20


@click.command("import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--apply", "applied", is_flag=True, help="Write the good rows as drafts. Without it: a dry run."
)
@click.option("--person", default="", help="E-mail address of the one whose drafts they become.")
@click.option("--clear/--keep", default=None, help="Whether an empty cell empties what is known.")
@click.option("--with-alike", is_flag=True, help="Take rows along that look like a public initiative.")
@click.option("--report", type=click.Path(path_type=Path), help="Where the file with an error column goes.")
@click.option("--undo", default="", metavar="KEY", help="Take back a whole import by its key.")
def import_file(
    file: Path | None,
    applied: bool,
    person: str,
    clear: bool | None,
    with_alike: bool,
    report: Path | None,
    undo: str,
) -> None:
    """Check FILE (XLSX, CSV, YAML or JSON) row by row, and with --apply make drafts of the good rows."""
    limit_process()
    with running() as runtime:
        who = _person(runtime, person)
        if undo:
            _undo(runtime, who, undo)
        elif file is None:
            stop(_("Name the file to import."))
        else:
            key = _check(runtime, who, file, clear)
            well = _tell(runtime, who, key, report)
            if applied:
                _apply(runtime, who, key, with_alike)
            sys.exit(0 if well else 1)


@click.command("import-step", hidden=True)
@click.argument("key")
@click.option("--straight-on", is_flag=True)
def import_step(key: str, straight_on: bool) -> None:
    """Take the next step of an import; the portal starts this."""
    limit_process()
    with running() as runtime:
        stepping.step(runtime.work, key, straight_on=straight_on)


def _person(runtime: Runtime, email: str) -> Person:
    if not email:
        return SYSTEM
    with runtime.work() as work:
        return person_by_email(work, email)


def _check(runtime: Runtime, who: Person, file: Path, clear: bool | None) -> str:
    with runtime.work(writing=True) as work:
        key = runs.receive(work, who, file.name, file.read_bytes())
    stage = _step(runtime, who, key)
    if stage is Stage.READ:
        with runtime.work(writing=True) as work:
            _incoming, mapping = runs.sheets(work, who, key)
            wanted = mapping.clear if clear is None else clear
            runs.choose(work, who, key, FileMapping(mapping.sheets, wanted))
        _step(runtime, who, key)
    return key


def _step(runtime: Runtime, who: Person, key: str) -> Stage:
    """Ends the command where the file cannot be used."""
    stage = stepping.step(runtime.work, key)
    if stage is Stage.REFUSED:
        with runtime.work() as work:
            stop(remark_text(*runs.look(work, who, key).run.refusal))
    return stage


def _tell(runtime: Runtime, who: Person, key: str, report: Path | None) -> bool:
    """Prints what would happen; False where a row has an error."""
    with runtime.work() as work:
        overview = runs.look(work, who, key)
        for outcome in Outcome:
            if number := overview.counts.get(outcome):
                click.echo(outcome_line(outcome, number))
        wrong = runs.rows(work, who, key, Outcome.ERROR, page=1, per_page=SHOWN)
        for row in wrong:
            for error in row.notes["errors"]:
                click.echo(f"  {row_error(error)}", err=True)
        if report is not None:
            report.write_bytes(reporting.report(work, who, key))
        click.echo(_("Key of this import: %(key)s", key=key))
    return not overview.counts.get(Outcome.ERROR)


def _apply(runtime: Runtime, who: Person, key: str, with_alike: bool) -> None:
    with runtime.work(writing=True) as work:
        runs.apply(work, who, key, with_alike=with_alike)
    _step(runtime, who, key)
    with runtime.work() as work:
        drafts = runs.look(work, who, key).drafts
    click.echo(ngettext("%(n)s draft written", "%(n)s drafts written", drafts))


def _undo(runtime: Runtime, who: Person, key: str) -> None:
    with runtime.work(writing=True) as work:
        runs.undo(work, who, key)
    _step(runtime, who, key)
    with runtime.work() as work:
        left = runs.look(work, who, key).drafts
    click.echo(_("The import was taken back."))
    if left:
        click.echo(
            ngettext(
                "%(n)s initiative was changed since and stays as it is",
                "%(n)s initiatives were changed since and stay as they are",
                left,
            )
        )
