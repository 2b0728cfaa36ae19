"""Figures and studies of one record: what was measured, how surely it is said, and by whom."""

import re
from dataclasses import replace
from typing import Any

from kb.domain.content import MeasureKind, Measurement, Method, Qualifier, Study
from kb.domain.evidence import Design

METHODS = {
    "monitoring": Method.MONITORING,
    "self_reported": Method.SELF_REPORTED,
    "survey": Method.SURVEY,
    "qualitative": Method.QUALITATIVE,
    "before_after": Method.BEFORE_AFTER,
    "benchmark": Method.BENCHMARK,
    "comparison_group": Method.COMPARISON_GROUP,
    "expert_review": Method.EXPERT_REVIEW,
    "cost_benefit": Method.COST_BENEFIT,
    "unknown": Method.UNKNOWN,
}
# Nothing is pushed up: a comparison of which only "a comparison group" is known is one at one moment.
DESIGNS = {
    Method.BEFORE_AFTER: Design.PREPOST,
    Method.BENCHMARK: Design.BENCHMARK,
    Method.COMPARISON_GROUP: Design.CROSSSECTION,
    Method.SURVEY: Design.POSTONLY,
}
ALWAYS_A_STUDY = (Method.BEFORE_AFTER, Method.BENCHMARK, Method.COMPARISON_GROUP)
WORDS_OF = {
    Qualifier.AT_LEAST: ("ruim", "meer dan", "minstens", "ten minste"),
    Qualifier.ABOUT: ("ongeveer", "circa", "bijna", "schatting", "enkele"),
}
OUTCOME_NOT_SEEN = re.compile(r"beschikbaar|uitgevoerd|rapport met|niet gezien")
# Addresses that are the page of the report itself, at the institute that made it.
REPORT_PAGE = re.compile(r"(seo|dialogic|kohnstamminstituut|ecbo|ecorys|rekenkamer)\.nl/|/publicaties?/")
NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?")

Record = dict[str, Any]


def figures_of(record: Record, about: list[Record]) -> tuple[tuple[Measurement, ...], tuple[Study, ...]]:
    """The figures in the order of the record, and the studies behind them."""
    titles = {source["url"]: source["title"] for source in record["sources"]}
    studies: dict[tuple[str, str], Study] = {}
    measurements = []
    for item, what in zip(record["evidence"], about, strict=True):
        if what["wat"] != item["indicator"]:
            raise SystemExit(f"{record['slug']}: figures.yaml does not follow the record")
        measured = _measurement(item, what)
        study = _study(item, measured, titles, studies) if _is_study(measured) else None
        measurements.append(_belonging(measured, study))
    return tuple(measurements), tuple(studies.values())


def _measurement(item: Record, what: Record) -> Measurement:
    words = _written(item["value"])
    value, qualifier = _value(item["value"], item["unit"])
    return Measurement(
        label=item["indicator"],
        words=words,
        indicator=what.get("indicator", ""),
        kind=MeasureKind(what["soort"]),
        value=value,
        qualifier=qualifier,
        unit=item["unit"],
        baseline_words=str(item.get("baseline", "")),
        period=str(item.get("period", "")),
        year=_years(item)[-1] if _years(item) else None,
        n=item.get("population_n"),
        method=METHODS[item["design"]],
        evaluator=item["evaluator"],
        independent=_known(item["independent"]),
        source_url=item["source"],
    )


def _written(value: object) -> str:
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _value(value: object, unit: str) -> tuple[float | None, Qualifier]:
    """The number where there is exactly one, and how surely it is said in the figure or its unit."""
    if isinstance(value, int | float):
        return float(value), _qualifier(unit)
    numbers = NUMBER.findall(str(value))
    rest = NUMBER.sub("", str(value)).strip()
    said = _qualifier(f"{value} {unit}")
    if len(numbers) != 1 or rest not in ("", *(word for words in WORDS_OF.values() for word in words)):
        return None, said
    return float(numbers[0].replace(".", "").replace(",", ".")), said


def _qualifier(words: str) -> Qualifier:
    found = (kind for kind, signs in WORDS_OF.items() if any(sign in words for sign in signs))
    return next(found, Qualifier.EXACT)


def _known(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _years(item: Record) -> list[int]:
    return sorted(int(year) for year in re.findall(r"(?:19|20)\d\d", str(item.get("period", ""))))


def _is_study(measured: Measurement) -> bool:
    """A comparison is a study whoever made it; other work is one when an outsider did it."""
    if measured.method in ALWAYS_A_STUDY:
        return True
    return measured.independent is True and measured.method is not Method.MONITORING


def _study(
    item: Record, measured: Measurement, titles: dict[str, str], studies: dict[tuple[str, str], Study]
) -> Study:
    """Figures of one method from one source belong to one study."""
    name = (measured.method.value, item["source"])
    if name not in studies:
        studies[name] = _new_study(item, measured, titles, f"studie-{len(studies) + 1}")
    return studies[name]


def _new_study(item: Record, measured: Measurement, titles: dict[str, str], key: str) -> Study:
    years = _years(item)
    is_report = bool(REPORT_PAGE.search(item["source"]))
    seen = not OUTCOME_NOT_SEEN.search(f"{item['value']} {item['unit']}")
    return Study(
        key=key,
        title=titles[item["source"]],
        design=DESIGNS.get(measured.method, Design.OUTPUT),
        comparison=str(item.get("baseline", "")) if measured.method in ALWAYS_A_STUDY else "",
        evaluator=item["evaluator"],
        independent=measured.independent,
        report_url=item["source"],
        report_public=True if is_report else None,
        outcome_seen=seen,
        start_year=years[0] if len(years) > 1 else None,
        end_year=years[-1] if years else None,
    )


def _belonging(measured: Measurement, study: Study | None) -> Measurement:
    return replace(measured, study=study.key) if study else measured
