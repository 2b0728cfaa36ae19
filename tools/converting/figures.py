"""Figures and studies of one record: what was measured, how surely it is said, and by whom."""

import re

from kb.domain.content import MeasureKind, Measurement, Method, Qualifier, Study
from kb.domain.terms import Vocabulary
from kb.schemas.choices import checking_against
from kb.schemas.studies import StudySchema
from tools.converting.rules import Record

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
WORDS_OF = {
    Qualifier.AT_LEAST: ("ruim", "meer dan", "minstens", "ten minste"),
    Qualifier.ABOUT: ("ongeveer", "circa", "bijna", "schatting", "enkele"),
}
# A period that tells a beginning, or when something was published, gives no year of measuring.
NO_YEAR = re.compile(r"sinds|vanaf|gepubliceerd")
NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?")

# Each study with the places of its figures in the record.
Studies = list[tuple[Study, list[int]]]

_schema = StudySchema()


def figures_of(record: Record, about: list[Record], studies: Studies) -> tuple[Measurement, ...]:
    """The figures in the order of the record, each with its study where there is one."""
    study_of = {place: study.key for study, places in studies for place in places}
    measurements = []
    for place, (item, what) in enumerate(zip(record["evidence"], about, strict=True)):
        if what["wat"] != item["indicator"]:
            raise SystemExit(f"{record['slug']}: figures.yaml does not follow the record")
        measurements.append(_measurement(item, what, study_of.get(place, "")))
    return tuple(measurements)


def studies_of(documents: list[Record], vocabulary: Vocabulary) -> Studies:
    """The studies of a record as they were reviewed, each with the places of its figures."""
    with checking_against(vocabulary):
        return [(_study(document), document["metingen"]) for document in documents]


def _study(document: Record) -> Study:
    study: Study = _schema.load({key: value for key, value in document.items() if key != "metingen"})
    return study


def _measurement(item: Record, what: Record, study: str) -> Measurement:
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
        numerator=what.get("teller"),
        denominator=what.get("noemer"),
        year=what.get("jaar", _year(str(item.get("period", "")))),
        n=item.get("population_n"),
        method=METHODS[item["design"]],
        evaluator=item["evaluator"],
        independent=_known(item["independent"]),
        source_url=item["source"],
        study=study,
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


def _year(period: str) -> int | None:
    """The last year of the period: that is when the figure was known."""
    years = [] if NO_YEAR.search(period) else re.findall(r"(?:19|20)\d\d", period)
    return max(map(int, years), default=None)
