"""`kb serve`: everything made ready, then the portal by a production server."""

import ctypes
import logging
from contextlib import suppress
from threading import Thread

import click
import waitress
from flask.cli import ScriptInfo
from waitress.server import BaseWSGIServer

from kb.cli.loading import load
from kb.cli.people import offer_set_up
from kb.cli.running import running
from kb.exchange.limits import UPLOAD_BYTES
from kb.language.texts import gettext as _
from kb.language.texts import ngettext
from kb.runtime import EXTENSION
from kb.settings import Settings

# A slow client holds a connection, not a thread; 20 half-sent requests stop servers that count threads.
CONNECTION_LIMIT = 1_000
CHANNEL_TIMEOUT_S = 60
# The largest file that may be imported, with the form around it. Other pages take far less.
BODY_LIMIT = UPLOAD_BYTES + 1024 * 1024

# How glibc calls the number of heaps; other libraries have one anyway.
ARENA_MAX, HEAPS = -8, 1


@click.command()
@click.pass_obj
def serve(script: ScriptInfo) -> None:
    """Start the portal; the first start makes the database and loads what comes with it."""
    share_heaps()
    with running() as runtime:
        done = load(runtime)
        if done and done.initiatives:
            click.echo(ngettext("%(n)s initiative loaded", "%(n)s initiatives loaded", done.initiatives))
        app = script.load_app()
        # Takes the port, so that nothing is promised when another program has it.
        server = _server(app, runtime.settings)
        click.echo(_("The portal is at %(address)s (stop with Ctrl-C)", address=runtime.settings.base_url))
        offer_set_up(runtime)
        Thread(target=app.extensions[EXTENSION].warm, daemon=True).start()
        server.run()


def share_heaps() -> None:
    """glibc lets each thread fill a heap of its own, and keeps what was free in it: 15 MB in all."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(ARENA_MAX, HEAPS)


def _server(app: object, settings: Settings) -> BaseWSGIServer:
    """A production server that has its port already and waits for `run`."""
    logging.getLogger("waitress").setLevel(settings.log_level.upper())
    return waitress.create_server(
        app,
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        connection_limit=CONNECTION_LIMIT,
        channel_timeout=CHANNEL_TIMEOUT_S,
        max_request_body_size=BODY_LIMIT,
        ident=None,
    )
