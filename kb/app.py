"""The application: settings, runtime, doors and headers hung together."""

import logging
import os

from flask import Flask
from flask.cli import AppGroup, ScriptInfo
from werkzeug.middleware.proxy_fix import ProxyFix

from kb import api, web
from kb.cli.main import COMMANDS
from kb.paths import asset_dir
from kb.runtime import EXTENSION, Runtime
from kb.services.work import Clock, utc_now
from kb.settings import Settings

MAX_REQUEST_BYTES = 1024 * 1024


def create_app(settings: Settings | None = None, *, clock: Clock = utc_now) -> Flask:
    """The portal, ready to answer; the index is read into memory here, in the process that serves."""
    settings = settings or Settings.from_environment(os.environ)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.basicConfig(
        level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    app = Flask("kb", template_folder=str(asset_dir("templates")), static_folder=str(asset_dir("static")))
    app.config.update(
        # Whatever FLASK_DEBUG says: a page with a traceback is for nobody.
        DEBUG=False,
        SECRET_KEY=settings.signing_key(),
        MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
    )
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.extensions[EXTENSION] = runtime = Runtime(settings, clock=clock, environment=os.environ)
    runtime.prepare()
    web.register(app)
    api.register(app)
    web.policies.open_for_reading(app, *api.READING)
    web.policies.open_for_machines(*api.BLUEPRINTS)
    web.errors.let_machines_answer(app, api.answer_error, api.problem_document)
    runtime.open_index()
    return app


def main() -> None:
    """The command `kb`. Only a command that needs the application makes it: help touches no data."""
    group = AppGroup("kb", help="The knowledge base at a terminal: prepare, load, serve, look after.")
    for command in COMMANDS:
        group.add_command(command)
    group(obj=ScriptInfo(create_app=create_app, set_debug_flag=False))
