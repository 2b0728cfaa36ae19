"""Documents for machines."""

from flask import Flask

from kb.api import gate
from kb.api.description import description
from kb.api.evidence import evidence
from kb.api.harvest import harvest
from kb.api.imports import imports
from kb.api.initiatives import initiatives
from kb.api.insight import insight
from kb.api.organisations import organisations
from kb.api.problems import answer_error, problem_document
from kb.api.suggestions import suggestions
from kb.api.terms import terms
from kb.api.writing import writing

# Everyone may read all of these.
READING = (description, initiatives, suggestions, organisations, terms, insight)
BLUEPRINTS = (*READING, evidence, writing, imports, harvest)

__all__ = ["BLUEPRINTS", "READING", "answer_error", "problem_document", "register"]


def register(app: Flask) -> None:
    """Hangs every door for machines onto the application."""
    gate.prepare(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
