"""`/api/v1/bewijs`: the evidence rules on one document, the same as on the command line.

They reckon with what is sent and keep nothing, so everyone may ask.
"""

from typing import Any

from flask import Blueprint, Response, json, request

from kb.api.problems import register_problems
from kb.domain.policies import EVERYONE, policy
from kb.domain.statistics.effects import effect_of
from kb.domain.statistics.pooling import pool_estimates
from kb.domain.verdict import assess as verdict_of
from kb.schemas.evidence import (
    read_answers,
    read_comparison,
    read_estimates,
    write_effect,
    write_pooled,
    write_verdict,
)
from kb.schemas.exact import read_json

evidence = Blueprint("api_evidence", __name__, url_prefix="/api/v1/bewijs")
register_problems(evidence)


@evidence.post("/oordeel")
@policy(EVERYONE)
def assess() -> Response:
    return _json(write_verdict(verdict_of(read_answers(_document()))))


@evidence.post("/effect")
@policy(EVERYONE)
def effect() -> Response:
    return _json(write_effect(effect_of(read_comparison(_document()))))


@evidence.post("/samenvoegen")
@policy(EVERYONE)
def pool() -> Response:
    return _json(write_pooled(pool_estimates(read_estimates(_document()))))


def _document() -> object:
    """The body is read as JSON whatever its header says."""
    return read_json(request.get_data(cache=False))


def _json(document: dict[str, Any]) -> Response:
    return Response(json.dumps(document, sort_keys=False) + "\n", mimetype="application/json")
