"""`/api/v1/bewijs`: the evidence rules on one document, the same as on the command line.

They reckon with what is sent and keep nothing, so everyone may ask.
"""

from flask import Blueprint, Response

from kb.api.answers import as_json
from kb.api.parsing import json_body
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

evidence = Blueprint("api_evidence", __name__, url_prefix="/api/v1/bewijs")


@evidence.post("/oordeel")
@policy(EVERYONE)
def assess() -> Response:
    return as_json(write_verdict(verdict_of(read_answers(json_body()))))


@evidence.post("/effect")
@policy(EVERYONE)
def effect() -> Response:
    return as_json(write_effect(effect_of(read_comparison(json_body()))))


@evidence.post("/samenvoegen")
@policy(EVERYONE)
def pool() -> Response:
    return as_json(write_pooled(pool_estimates(read_estimates(json_body()))))
