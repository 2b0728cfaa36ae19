"""`kb daily`: everything that has to be done once a day, so that one line in a timetable is enough."""

import click

from kb.cli.evidence import reassess
from kb.cli.people import remind


@click.command()
@click.pass_context
def daily(context: click.Context) -> None:
    """Derive the verdicts anew that time changed, then remind people. Run it once a day."""
    context.invoke(reassess)
    context.invoke(remind)
