"""Programmes, learning routes and approaches: only where the record itself says so in its own words."""

import re

from tools.converting.rules import Record


def said(record: Record, rules: Record) -> tuple[str, ...]:
    """Programmes or routes whose words stand in the record."""
    words = (
        record["title"],
        record["summary_nl"],
        record["instrument"],
        record.get("organisation", ""),
        *map(str, record.get("partners", ())),
    )
    text = " § ".join(words)
    return tuple(
        code
        for code, rule in rules.items()
        if record["slug"] not in rule.get("niet", ()) and re.search(rule["woorden"], text)
    )


def approaches(record: Record, rules: Record) -> tuple[str, ...]:
    """Approaches by the source's own word for what it is, or by the title."""
    return tuple(slug for slug, rule in rules.items() if _is(record, rule))


def _is(record: Record, rule: Record) -> bool:
    if record["slug"] in rule.get("niet", ()):
        return False
    by_title = "titel" in rule and re.search(rule["titel"], record["title"])
    return bool(by_title) or record["instrument"] in rule.get("instrument", ())
