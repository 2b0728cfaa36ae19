"""The documents of the evidence rules: those have readers of their own, so their shapes stand here."""

from kb.domain.content import Metric
from kb.domain.evidence import Baseline, Design, Direction, Flag, Grade, Level
from kb.domain.statistics.pooling import Method
from kb.schemas.evidence import LONGEST_MONTHS, MOST_STUDIES
from kb.schemas.exact import LARGEST_COUNT, LARGEST_NUMBER, LONGEST_NAME
from kb.schemas.openapi.kinds import Shape, reference


def _object(needed: Shape, optional: Shape | None = None) -> Shape:
    known = {**needed, **{name: _or_null(shape) for name, shape in (optional or {}).items()}}
    return {
        "type": "object",
        "required": sorted(needed),
        "properties": known,
        "additionalProperties": False,
    }


def _or_null(shape: Shape) -> Shape:
    return {"anyOf": [shape, {"type": "null"}]}


def _whole(low: int = 0, high: int = LARGEST_COUNT) -> Shape:
    return {"type": "integer", "minimum": low, "maximum": high}


def _number(low: float = -LARGEST_NUMBER, high: float = LARGEST_NUMBER) -> Shape:
    return {"type": "number", "minimum": low, "maximum": high}


FLAG: Shape = {"type": "boolean"}
NAME: Shape = {"type": "string", "maxLength": LONGEST_NAME}
YEAR = _whole(1900, 2100)
INTERVAL: Shape = {"type": "array", "items": _number(), "minItems": 2, "maxItems": 2}
TOLD_INTERVAL: Shape = {"type": ["array", "null"], "items": {"type": "number"}}

STUDY = _object(
    {"design": {"type": "string", "enum": list(Design)}},
    {
        "n_t": _whole(),
        "n_c": _whole(),
        "events_min": _whole(),
        "baseline": {"type": "string", "enum": list(Baseline)},
        "multi_cluster": FLAG,
        "attrition_low": FLAG,
        "validity_tests": FLAG,
        "points_before": _whole(),
        "same_instrument": FLAG,
        "response": _number(0, 1),
        "independent": FLAG,
        "report_public": FLAG,
        "followup_months": _whole(high=LONGEST_MONTHS),
        "implementer": NAME,
        "region": NAME,
        "end_year": YEAR,
        "ci": INTERVAL,
        "sesoi": _number(0),
    },
)
ASSESS = _object(
    {
        "described": FLAG,
        "theory": FLAG,
        "today_year": YEAR,
        "studies": {"type": "array", "items": reference("StudieAntwoorden"), "maxItems": MOST_STUDIES},
    },
    {
        "overdue_promise_months": _whole(high=LONGEST_MONTHS),
        "pool": _object({"ci": INTERVAL, "sesoi": _number(0)}, {"pi": INTERVAL}),
    },
)
COUNTS = _object(
    {
        "measure": {"type": "string", "enum": [Metric.RD, Metric.RR, Metric.OR]},
        "a": _whole(),
        "n1": _whole(1),
        "c": _whole(),
        "n2": _whole(1),
    }
)
MEANS = _object(
    {
        "measure": {"type": "string", "enum": [Metric.MD, Metric.SMD]},
        "m1": _number(),
        "sd1": _number(0),
        "n1": _whole(2),
        "m2": _number(),
        "sd2": _number(0),
        "n2": _whole(2),
    }
)
POOL = _object(
    {
        "yi": {"type": "array", "items": _number(-1e9, 1e9), "minItems": 2, "maxItems": MOST_STUDIES},
        "vi": {"type": "array", "items": _number(1e-15, 1e18), "minItems": 2, "maxItems": MOST_STUDIES},
        "method": {"type": "string", "enum": list(Method)},
    }
)
VERDICT: Shape = {
    "type": "object",
    "properties": {
        "trede": {"type": "integer", "enum": [int(level) for level in Level]},
        "richting": {"type": ["string", "null"], "enum": [*Direction, None]},
        "toe_te_schrijven": {"type": ["boolean", "null"]},
        "grades": {"type": "array", "items": {"type": "string", "enum": list(Grade)}},
        "vlaggen": {"type": "array", "items": {"type": "string", "enum": list(Flag)}},
        "trace": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "rule": {"type": "string"},
                    "held": {"type": "boolean"},
                    "because": {"type": "object", "additionalProperties": True},
                },
            },
        },
        "rule_version": {"type": "string"},
        "input_hash": {"type": "string"},
    },
}
EFFECT: Shape = {
    "type": "object",
    "properties": {
        "yi": {"type": "number"},
        "vi": {"type": "number"},
        "ci": {"type": "array", "items": {"type": "number"}},
        "metric": {"type": "string", "enum": list(Metric)},
    },
}
POOLED: Shape = {
    "type": "object",
    "properties": {
        "k": {"type": "integer"},
        **{name: {"type": "number"} for name in ("estimate", "se", "tau2", "i2", "q", "q_p")},
        "ci": {"type": "array", "items": {"type": "number"}},
        "tau2_ci": TOLD_INTERVAL,
        "q_df": {"type": "integer"},
        "pi": TOLD_INTERVAL,
    },
}
SHAPES: Shape = {
    "StudieAntwoorden": STUDY,
    "Antwoorden": ASSESS,
    "Vergelijking": {"oneOf": [COUNTS, MEANS]},
    "Schattingen": POOL,
    "Uitspraak": VERDICT,
    "EffectGrootte": EFFECT,
    "SamengevoegdeSchatting": POOLED,
}
EXAMPLES: Shape = {
    "Antwoorden": {
        "described": True,
        "theory": True,
        "today_year": 2026,
        "studies": [{"design": "rct", "n_t": 90, "n_c": 80, "ci": [0.01, 0.2], "sesoi": 0.03}],
    },
    "Vergelijking": {"measure": "rd", "a": 24, "n1": 100, "c": 16, "n2": 90},
    "Schattingen": {"yi": [0.1, 0.3, 0.2], "vi": [0.01, 0.02, 0.01], "method": "REML"},
}
