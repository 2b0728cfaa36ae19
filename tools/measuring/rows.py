"""Rows of one made-up initiative, as publishing would write them."""

from collections.abc import Iterable, Iterator
from typing import Any

from generated import Made

from kb.domain.catalogue import NATIONAL, card_of
from kb.domain.content import Measurement
from kb.domain.verdict import Verdict
from kb.domain.workflow import Status
from kb.storage import public_tables as public
from kb.storage.documents import hash_of, to_document
from kb.storage.lists import HERE
from kb.storage.projection import WeighedStudy
from kb.storage.verdicts import NOT_MEASURED

FIGURE = ("indicator", "value", "words", "unit", "year", "independent", "source_url")
STUDY = ("key", "title", "independent", "report_public", "start_year", "end_year", "region", "level")
EFFECT = ("yi", "vi", "ci_low", "ci_high")

Values = dict[str, Any]


def initiative_row(made: Made) -> Values:
    """Without the revision that it points at."""
    moments = dict.fromkeys(("created_at", "first_published_at", "published_at"), made.published)
    return {
        "id": made.number,
        "slug": made.slug,
        "source_key": made.source_key,
        "status": Status.PUBLISHED.value,
        **moments,
    }


def revision_row(made: Made) -> Values:
    """The only one of its initiative, with the same number."""
    document = to_document(made.content)
    return {
        "id": made.number,
        "initiative_id": made.number,
        "number": 1,
        "content": document,
        "content_hash": hash_of(document),
        "created_at": made.published,
    }


def published_row(made: Made, verdict: Verdict) -> Values:
    content = made.content
    return {
        "initiative_id": made.number,
        "revision_id": made.number,
        "title": content.title,
        "summary": content.summary,
        "card": to_document(card_of(made.slug, content)),
        "is_national": NATIONAL in content.regions,
        "has_promise": bool(content.promises),
        "trede": int(verdict.level),
        "direction": _direction(verdict),
    }


def verdict_row(key: int, verdict: Verdict) -> Values:
    """Without the moment when it was computed."""
    return {
        "initiative_id": key,
        "axis": HERE,
        "trede": int(verdict.level),
        "direction": _direction(verdict),
        "attributable": verdict.attributable,
        "flags": [flag.value for flag in verdict.flags],
        "grades": [grade.value for grade in verdict.grades],
        "trace": [to_document(step) for step in verdict.trace],
        "rule_version": verdict.rule_version,
        "input_hash": verdict.input_hash,
    }


def figure_rows(
    key: int, measurements: Iterable[Measurement], studies: Iterable[WeighedStudy]
) -> Iterator[tuple[Any, Values]]:
    for position, figure in enumerate(measurements):
        kinds = {"kind": figure.kind.value, "method": figure.method.value}
        row = {"initiative_id": key, "position": position, **kinds, **_named(figure, FIGURE)}
        yield public.PublishedMeasurement, row
    for position, weighed in enumerate(studies):
        grading = {"design": weighed.study.design.value, "grade": weighed.grade}
        row = {"initiative_id": key, "position": position, **grading, **_named(weighed.study, STUDY)}
        yield public.PublishedStudy, row
        yield from _effect_rows({"initiative_id": key, "study_position": position}, weighed)


def _effect_rows(keys: Values, weighed: WeighedStudy) -> Iterator[tuple[Any, Values]]:
    for position, computed in enumerate(weighed.effects):
        effect = computed.effect
        row = {
            "position": position,
            "indicator": effect.indicator,
            "metric": effect.metric.value,
            "follow_up_months": effect.follow_up_months,
            "is_primary": effect.primary,
        }
        yield public.PublishedEffect, {**keys, **row, **_named(computed, EFFECT)}


def _direction(verdict: Verdict) -> str:
    return verdict.direction.value if verdict.direction else NOT_MEASURED


def _named(value: object, names: Iterable[str]) -> Values:
    return {name: getattr(value, name) for name in names}
