"""Documents for machines."""

from flask import Flask

from kb.api.evidence import evidence
from kb.api.initiatives import initiatives
from kb.api.insight import insight

# Everyone may read all of these.
READING = (initiatives, insight, evidence)


def register(app: Flask) -> None:
    """Hangs every door for machines onto the application."""
    for blueprint in READING:
        app.register_blueprint(blueprint)
