"""Pages for people."""

from flask import Flask

from kb.web import errors, security, speech
from kb.web.operations import operations
from kb.web.places import places
from kb.web.public import public
from kb.web.static_files import StaticFiles
from kb.web.texts import texts

PAGES = (public, places, texts)


def register(app: Flask) -> None:
    """Hangs every page onto the application, in Dutch and under /en/ in English."""
    security.protect(app)
    speech.prepare(app)
    StaticFiles(app)
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
        app.register_blueprint(blueprint, url_prefix="/en", name=f"en_{blueprint.name}")
    app.register_blueprint(operations)
    errors.register(app)
