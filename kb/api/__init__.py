"""Documents for machines."""

from flask import Flask

from kb.api.evidence import evidence
from kb.api.initiatives import initiatives
from kb.api.insight import insight
from kb.api.suggestions import suggestions

# Everyone may read all of these.
READING = (initiatives, suggestions, insight, evidence)


def register(app: Flask) -> None:
    """Hangs every door for machines onto the application."""
    for blueprint in READING:
        app.register_blueprint(blueprint)
