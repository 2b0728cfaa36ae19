"""Initiatives as schema.org says it, in JSON-LD: each is a Project, with a page about it."""

import json
from collections.abc import Iterable
from typing import Any

from kb.domain.catalogue import PublicRecord
from kb.domain.content import Content, PartnerRole
from kb.domain.terms import Scheme, Vocabulary
from kb.exchange.edition import LICENCE, Edition, Records, Text

CONTEXT = "https://schema.org"
# The part an organisation plays, as schema.org calls it; the others are simply a member.
ROLES = {PartnerRole.FUNDER: "funder", PartnerRole.COMMISSIONER: "sponsor"}
KEYWORDS = (
    (Scheme.RECOMMENDATION, "recommendations"),
    (Scheme.LEVEL, "levels"),
    (Scheme.INSTRUMENT, "instruments"),
    (Scheme.SECTOR, "sectors"),
    (Scheme.TARGET_GROUP, "target_groups"),
    (Scheme.PROGRAMME, "programmes"),
)


def json_ld_text(records: Records, edition: Edition) -> Text:
    """One graph, a project on each line."""
    yield f'{{"@context": {json.dumps(CONTEXT)}, "@graph": ['
    comma = ""
    for record in records:
        yield f"{comma}\n{json.dumps(project_of(record, edition), ensure_ascii=False)}"
        comma = ","
    yield "\n]}\n"


def project_of(record: PublicRecord, edition: Edition) -> dict[str, Any]:
    """The initiative without context; what is not known is not there."""
    content, page = record.content, edition.page_of(record.slug)
    project = {
        "@type": "Project",
        "@id": f"{page}#initiatief",
        "name": _in_languages(content.title, content.title_en),
        "description": _in_languages(content.summary, content.summary_en),
        "url": content.url or page,
        "foundingDate": str(content.start_year or ""),
        "dissolutionDate": str(content.end_year or ""),
        "areaServed": [_region(code, edition.vocabulary) for code in content.regions],
        "keywords": _keywords(content, edition.vocabulary),
        **_organisations(content),
        "subjectOf": _page(record, page),
    }
    return {key: value for key, value in project.items() if value not in ("", [], None)}


def _in_languages(dutch: str, english: str) -> object:
    found = [{"@language": "nl", "@value": dutch}]
    return [*found, {"@language": "en", "@value": english}] if english else found[0]


def _region(code: str, vocabulary: Vocabulary) -> dict[str, str]:
    name = vocabulary.label(Scheme.REGION, code)
    return {"@type": "AdministrativeArea", "name": name, "identifier": code}


def _keywords(content: Content, vocabulary: Vocabulary) -> list[str]:
    return [vocabulary.label(scheme, code) for scheme, name in KEYWORDS for code in getattr(content, name)]


def _organisations(content: Content) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for each in content.organisations:
        part = ROLES.get(each.role, "member")
        found.setdefault(part, []).append({"@type": "Organization", "name": each.name})
    return found


def _page(record: PublicRecord, page: str) -> dict[str, Any]:
    citations: Iterable[dict[str, str]] = (
        {"@type": "CreativeWork", "name": source.title, "url": source.url}
        for source in record.content.sources
    )
    return {
        "@type": "WebPage",
        "@id": page,
        "url": page,
        "inLanguage": "nl",
        "datePublished": record.first_published_at.isoformat(),
        "dateModified": record.published_at.isoformat(),
        "license": LICENCE,
        "citation": list(citations),
    }
