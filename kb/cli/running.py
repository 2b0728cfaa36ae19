"""What every command shares: the runtime of the settings, and errors told in one clear line each."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from kb.domain.problems import Denied, Invalid, NotFound, Problem, Unreachable
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
    except OSError as error:
        stop(_unusable(error))
    for strange in unknown_variables(os.environ):
        click.echo(strange, err=True)
    try:
        runtime.prepare()
        yield runtime
    except InvalidSeed as problem:
        stop(*(_record_line(each) for each in problem.errors))
    except Invalid as problem:
        stop(*(f"{each.field}: {_(each.message, **each.values)}" for each in problem.errors))
    except Unreachable as problem:
        stop(_unreachable(problem))
    except Problem as problem:
        stop(_in_words(problem))
    except OSError as error:
        stop(_unusable(error))
    finally:
        runtime.close()


def stop(*lines: str) -> NoReturn:
    """Says what is wrong, a line each, and ends with exit code 2."""
    for line in lines:
        click.echo(line, err=True)
    sys.exit(2)


def _unreachable(problem: Unreachable) -> str:
    return _(
        "The database does not answer: %(reason)s. Is KB_DATABASE_URL right, and is the database running?",
        # A driver explains at length, over several lines.
        reason=next(iter(problem.reason.splitlines()), "").rstrip(".?!"),
    )


def _unusable(error: OSError) -> str:
    """A folder or a port that the program cannot have; anything else is a fault of ours and shows itself."""
    if error.filename is None and error.errno != errno.EADDRINUSE:
        raise error
    if error.errno == errno.EADDRINUSE:
        return _("Another program uses this port already. Stop it, or choose another one with KB_PORT.")
    return _(
        "%(file)s cannot be used: %(reason)s. Choose another folder with KB_DATA_DIR, or mend this one.",
        file=error.filename,
        reason=error.strerror or "",
    )


def _in_words(problem: Problem) -> str:
    if isinstance(problem, Denied):
        return _(problem.reason)
    if isinstance(problem, NotFound):
        return _("There is no %(kind)s %(key)s.", kind=problem.kind, key=problem.key)
    return str(problem)


def _record_line(each: RecordError) -> str:
    if not each.number:
        return f"{each.file}: {_(each.error.message, **each.error.values)}"
    return _(
        "%(file)s, record %(number)s (%(record)s), field %(field)s: %(reason)s",
        file=each.file,
        number=each.number,
        record=each.record,
        field=each.error.field,
        reason=_(each.error.message, **each.error.values),
    )
