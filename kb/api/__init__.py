"""Documents for machines."""

from flask import Flask

from kb.api.evidence import evidence
from kb.api.initiatives import initiatives


def register(app: Flask) -> None:
    """Hangs every door for machines onto the application."""
    for blueprint in (initiatives, evidence):
        app.register_blueprint(blueprint)
