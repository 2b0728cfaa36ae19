"""An import as a program follows it: how far it is, and what would happen with each row."""

from marshmallow import fields

from kb.domain.imports import Outcome, Stage
from kb.language.imports import error_text, remark_text
from kb.schemas.resources.base import Moment, Resource, count, one_of, words


class ImportResource(Resource):
    called = "Import"

    key = fields.String(attribute="run.key", data_key="sleutel")
    file_name = fields.String(attribute="run.file_name", data_key="bestand")
    stage = one_of(Stage, attribute="run.stage", data_key="stadium")
    done = count("gedaan", attribute="run.done")
    total = count("totaal", attribute="run.total")
    made_at = Moment(attribute="run.made_at", data_key="ontvangen")
    finished_at = Moment(attribute="run.finished_at", data_key="afgerond", allow_none=True)
    refusal = fields.Function(
        lambda found: remark_text(*found.run.refusal) if found.run.refusal else None,
        data_key="melding",
        metadata={"type": ["string", "null"]},
    )
    counts = fields.Function(
        lambda found: {outcome.value: found.counts.get(outcome, 0) for outcome in Outcome},
        data_key="uitkomsten",
        metadata={"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
    )
    drafts = count("concepten")


class RowErrorResource(Resource):
    called = "Rijfout"

    sheet = words(data_key="blad")
    row = fields.Integer(data_key="rij")
    column = words(data_key="kolom")
    heading = words(data_key="kop")
    value = words(data_key="waarde")
    field = words(data_key="veld")
    text = fields.Function(error_text, data_key="melding", metadata={"type": "string"})


class ImportRowResource(Resource):
    called = "Importrij"

    sheet = words(data_key="blad")
    row = fields.Integer(data_key="rij")
    title = words(data_key="titel")
    outcome = one_of(Outcome, data_key="uitkomst")
    slug = words(data_key="initiatief")
    is_written = fields.Boolean(data_key="concept")
    changed = fields.Function(
        lambda row: [each.name for each in row.differences],
        data_key="gewijzigd",
        metadata={"type": "array", "items": {"type": "string"}},
    )
    alike = fields.Function(
        lambda row: row.alike[0] if row.alike else None,
        data_key="lijktOp",
        metadata={"type": ["string", "null"]},
    )
    errors = fields.List(fields.Nested(RowErrorResource), data_key="fouten")
