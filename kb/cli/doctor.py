"""`kb doctor`: looks at settings, database, index and files, and says what to do."""

import sys

import click

from kb.cli.running import running
from kb.language.texts import gettext as _
from kb.services import health


@click.command()
def doctor() -> None:
    """Check the settings, the database, the index and the files of the program."""
    with running() as runtime, runtime.work() as work:
        findings = health.examine(work, runtime.settings.data_dir)
    for finding in findings:
        click.echo(f"{'ok  ' if finding.is_well else 'NOT '} {_(finding.subject)}: {finding.text}")
    sys.exit(0 if all(finding.is_well for finding in findings) else 1)
