"""What every command shares: the runtime of the settings, and errors told in one clear line each."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from kb.domain.problems import Invalid, Problem
from kb.language.texts import gettext as _
from kb.runtime import Runtime
from kb.schemas.seed import InvalidSeed, RecordError
from kb.settings import Settings, SettingsError, unknown_variables


@contextmanager
def running() -> Iterator[Runtime]:
    """The runtime of the environment's settings, its tables up to date; problems end the command."""
    try:
        runtime = Runtime(Settings.from_environment(os.environ))
    except SettingsError as error:
        stop(*error.problems)
    for strange in unknown_variables(os.environ):
        click.echo(strange, err=True)
    try:
        runtime.prepare()
        yield runtime
    except InvalidSeed as problem:
        stop(*(_record_line(each) for each in problem.errors))
    except Invalid as problem:
        stop(*(f"{each.field}: {_(each.message, **each.values)}" for each in problem.errors))
    except Problem as problem:
        stop(str(problem))
    finally:
        runtime.close()


def stop(*lines: str) -> NoReturn:
    """Says what is wrong, a line each, and ends with exit code 2."""
    for line in lines:
        click.echo(line, err=True)
    sys.exit(2)


def _record_line(each: RecordError) -> str:
    return _(
        "%(file)s, record %(number)s (%(record)s), field %(field)s: %(reason)s",
        file=each.file,
        number=each.number,
        record=each.record,
        field=each.error.field,
        reason=_(each.error.message, **each.error.values),
    )
