"""Answers for machines that watch over the site."""

from flask import Blueprint, Response

from kb.runtime import running

operations = Blueprint("operations", __name__)


@operations.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@operations.get("/readyz")
def ready() -> Response:
    """The database answers too."""
    if running().answers():
        return Response("ok\n", mimetype="text/plain")
    return Response("database\n", status=503, mimetype="text/plain")
