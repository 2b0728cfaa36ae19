"""The import format, as JSON and YAML: what goes out comes back the same."""

import json
from typing import Any

from kb.domain.catalogue import Badge, PublicRecord
from kb.exchange.edition import Edition, Records, Text
from kb.schemas.content import write_content
from kb.schemas.documents import write_yaml

# Keys that the portal adds; an import looks past them.
COMPUTED = ("oordelen", "versie", "gepubliceerd", "laatstBevestigd", "pagina", "score", "_links")
HERE, APPROACH = "hier", "aanpak"


def document_of(record: PublicRecord) -> dict[str, Any]:
    """The initiative in the import format."""
    key = {"bronsleutel": record.source_key} if record.source_key else {}
    return {"slug": record.slug, **key, **write_content(record.content)}


def full_document(record: PublicRecord, edition: Edition) -> dict[str, Any]:
    """The same with the verdicts and what else the portal knows of it."""
    return {
        **document_of(record),
        "oordelen": verdicts_of(record),
        "versie": record.revision,
        "gepubliceerd": record.published_at.isoformat(),
        "laatstBevestigd": record.confirmed_at.isoformat() if record.confirmed_at else None,
        "pagina": edition.page_of(record.slug),
    }


def verdicts_of(record: PublicRecord) -> dict[str, Any]:
    found = {HERE: verdict_of(record.here)}
    return found | ({APPROACH: verdict_of(record.approach)} if record.approach else {})


def verdict_of(badge: Badge) -> dict[str, Any]:
    return {
        "trede": badge.trede,
        "richting": badge.direction,
        "toeTeSchrijven": badge.attributable,
        "plekken": badge.places,
    }


def json_text(records: Records, edition: Edition) -> Text:
    """One list, an initiative on each line."""
    yield "["
    comma = ""
    for record in records:
        line = json.dumps(full_document(record, edition), ensure_ascii=False)
        yield f"{comma}\n{line}"
        comma = ","
    yield "\n]\n"


def yaml_text(records: Records, edition: Edition) -> Text:  # noqa: ARG001
    is_empty = True
    for record in records:
        yield write_yaml([document_of(record)])
        is_empty = False
    if is_empty:
        yield "[]\n"
