"""The command line `kb`: its commands, hung onto Flask's by the application."""

import click

from kb.cli.daily import daily
from kb.cli.doctor import doctor
from kb.cli.evidence import evidence
from kb.cli.importing import import_file, import_step
from kb.cli.index import index
from kb.cli.loading import init, seed
from kb.cli.move import move
from kb.cli.people import audit, mail, remind, user
from kb.cli.publishing import dump, site
from kb.cli.search import search
from kb.cli.serve import serve

COMMANDS: tuple[click.Command, ...] = (
    init,
    seed,
    serve,
    index,
    search,
    evidence,
    import_file,
    import_step,
    dump,
    site,
    user,
    audit,
    mail,
    remind,
    daily,
    move,
    doctor,
)
